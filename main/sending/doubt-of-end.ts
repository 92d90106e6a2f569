import { loadHostProfile } from '../hosts/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Baseline, Increment, OutboxRepository } from '../ledger/index.ts';
import type { DoubtRepository } from './doubts.ts';
import { type Oddity, oddityInReply, type SumsInReply } from './next-reply.ts';
import type { OddSumsRepository } from './odd-sums.ts';

interface DoubtParts {
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly doubts: DoubtRepository;
  readonly oddSums: Pick<OddSumsRepository, 'note'>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** An uncertain entry arrives within this time, or the surplus is another's. */
const SUSPECTED_MS = 7 * 86_400_000;
/** A second delivery of a confirmed entry comes soon, if ever. */
const RECENT_MS = 900_000;

/**
 * Compares KYBIO's sums before this increment with what was known (protocol, "The next reply"): asks about an entry
 * with a second way in, and notes anything else. Runs inside the commit of the attempt's end.
 */
export function compareWithBaseline(
  parts: DoubtParts,
  increment: Increment,
  baseline: Baseline | null,
): void {
  const { outbox, doubts, oddSums, logger, clock } = parts;
  const read = { balance: increment.balanceBefore, point: increment.pointBefore };
  const odd = oddityIn(parts, increment, read, baseline);
  const entry = odd === null ? null : outbox.byId(odd.entryId);
  if (odd === null || entry === null) return;
  const { kind, known, isAsked } = odd;
  logger.warn('entry.odd-sums', { entry: entry.id, kind, asked: isAsked });
  if (isAsked)
    doubts.open({ entryId: entry.id, kind: 'possible-double' }, increment.id, clock.nowMs(), { known, read });
  else oddSums.note({ entry, seenBy: increment, kind, known, read });
}

function oddityIn(
  { doubts, settings, clock, logger }: DoubtParts,
  increment: Increment,
  read: SumsInReply,
  baseline: Baseline | null,
): Oddity | null {
  if (increment.state !== 'confirmed' || (read.balance === null && read.point === null)) return null;
  try {
    const nowMs = clock.nowMs();
    const since = { uncertainMs: nowMs - SUSPECTED_MS, repliedMs: nowMs - RECENT_MS };
    const suspects = doubts.suspects(increment, since, loadHostProfile(settings));
    if (suspects.length === 0) return null;
    const known = {
      baseline,
      afterLastReply: suspects.some(({ how }) => how !== 'replied') ? doubts.afterLastReply(increment) : null,
      beforeFirstSending: doubts.beforeFirstSending(increment.id),
    };
    return oddityInReply(increment.id, read, known, { suspects, undecided: doubts.undecided(increment) });
  } catch (thrown) {
    // No error here may undo a confirmation.
    logger.warn('doubt.not-kept', { error: String(thrown) });
    return null;
  }
}
