import { ok } from '../../preload/contract/index.ts';
import type { Link } from '../hosts/link/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Room } from '../kernel/room.ts';
import type { OutboxRepository } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import type { ForgottenSends } from '../members/index.ts';
import type { SyncLoop } from './loop-parts.ts';
import { type WhyNothingWasSent, whyNothingWasSent } from './why-nothing-was-sent.ts';

/** After a start the directory or the first look-up usually shows whether KYBIO is reachable. */
const ASK_AFTER_MS = 3_000;

export interface SyncRoomParts {
  readonly loop: SyncLoop;
  readonly forgottenSends: ForgottenSends;
  readonly link: Link;
  readonly outbox: OutboxRepository;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Null while its key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly hasKey: () => boolean;
  /** A manager ends the pauses that only a manager ends. */
  readonly resume: (who: Actor) => void;
}

export function createSyncRoom(parts: SyncRoomParts): Room {
  const { loop, forgottenSends, clock, logger } = parts;
  let cancelAsk = (): void => undefined;
  /** A disk failure here blocks no entry. */
  const note = (who: Actor, content: object) => {
    try {
      parts.journal?.append({ event: 'noted', actor: actorText(who), reason: 'send now', content });
    } catch (thrown) {
      logger.warn('journal.send-now-not-noted', { error: String(thrown) });
    }
  };
  return {
    name: 'sync',
    handlers: {
      'sync:sendNow': (_, who) => {
        const why = whyNothing(parts);
        if (why !== 'nothing-waiting') note(who, { held: why });
        loop.hurry();
        return ok({ why });
      },
    },
    managersHandlers: {
      'sync:resume': (_, who) => {
        logger.warn('queue.resumed-by-manager');
        parts.resume(who);
        // Resuming means sending at least one.
        loop.hurry();
        return ok({});
      },
    },
    start: () => {
      if (parts.hasKey()) forgottenSends.start();
      loop.start();
      // An idle till would not know whether it is online.
      cancelAsk = clock.schedule(ASK_AFTER_MS, loop.ask);
    },
    stop: (graceMs) => {
      cancelAsk();
      forgottenSends.stop();
      return loop.stop(graceMs);
    },
    networkBack: loop.networkChanged,
    wokeUp: loop.wokeUp,
  };
}

function whyNothing({ outbox, link }: SyncRoomParts): WhyNothingWasSent | null {
  const { sending, unknown } = outbox.counts();
  return whyNothingWasSent({
    link: link.state,
    sending,
    unknown,
    candidates: outbox.candidates(),
    entriesAhead: outbox.entriesAhead(),
  });
}
