import type { Link as ShownLink } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Changed, Room } from '../../kernel/room.ts';
import type { Link } from './link.ts';
import { afterUndecidedAtStart, type LinkState, withPause } from './link-state.ts';
import { mostSeverePause } from './pauses.ts';

/** A shorter wait is not shown: it would be over before it is read. */
const REPORTED_FROM_MS = 30_000;

export interface LinkRoomParts {
  readonly link: Link;
  readonly clock: Clock;
  readonly hasKey: () => boolean;
  /** Whether an entry's answer was lost before this start. */
  readonly isUndecided: () => boolean;
  readonly changed: Changed<'link'>;
}

/** The state of the connection to the host, and what pauses the queue. */
export function createLinkRoom(parts: LinkRoomParts): Room {
  const { link, clock, hasKey, isUndecided, changed } = parts;
  let cancel = (): void => undefined;
  let stopped = false;
  /** Publishes the end of a wait, which changes nothing in the link itself. */
  const awaitEnd = () => {
    cancel();
    const inMs = waitEndsInMs(link.state, clock.monotonicMs());
    if (inMs === null || stopped) return;
    cancel = clock.schedule(inMs, () => {
      changed('link');
      awaitEnd();
    });
  };
  return {
    name: 'link',
    start: () => {
      // After a start it is unknown whether KYBIO answers: with an unknown entry, a read goes first (protocol rule
      // 7).
      if (isUndecided()) link.update(afterUndecidedAtStart);
      link.onChange(awaitEnd);
      awaitEnd();
      if (!hasKey()) link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
    },
    stop: () => {
      stopped = true;
      cancel();
    },
    shows: { link: () => shownLink(parts) },
  };
}

/** When the shown wait ends; null where none is shown. */
function waitEndsInMs({ backoff }: LinkState, monotonicMs: number): number | null {
  const waitMs = backoff.untilMonotonicMs - monotonicMs;
  const left = [waitMs, waitMs - REPORTED_FROM_MS];
  const coming = left.filter((inMs) => inMs > 0);
  return coming.length === 0 ? null : Math.min(...coming);
}

function shownLink({ link: { state: link }, clock }: LinkRoomParts): ShownLink {
  const [nowMs, monotonicMs] = [clock.nowMs(), clock.monotonicMs()];
  const pause = mostSeverePause(link);
  const { untilMonotonicMs, isOfIncrement } = link.backoff;
  const waitMs = untilMonotonicMs - monotonicMs;
  return {
    state: pause !== null ? 'paused' : link.reach,
    pause,
    retryAtMs: waitMs > 0 ? Math.round(nowMs + waitMs) : null,
    heldBackUntilMs: isOfIncrement && waitMs > REPORTED_FROM_MS ? Math.round(nowMs + waitMs) : null,
    clockSkewMs: link.clockSkewMs,
  };
}
