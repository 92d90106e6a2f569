import type { Link as LinkView } from '../../preload/contract/index.ts';
import type { Clock } from '../ports.ts';
import type { Room } from '../room.ts';
import { heldBackForMs } from './brake.ts';
import type { Link } from './link.ts';
import { afterUndecidedAtStart, withPause } from './link-state.ts';
import { gravestPause } from './pauses.ts';
import type { ReachWatch } from './reach-watch.ts';

/** A wait that is over before it is read is not told. */
const TOLD_FROM_MS = 30_000;

export interface LinkRoomParts {
  readonly link: Link;
  readonly reach: ReachWatch;
  readonly clock: Clock;
  readonly hasKey: () => boolean;
  /** An entry's answer was lost before this start. */
  readonly isUndecided: () => boolean;
}

/** The way to the host: whether it is open, and what holds the queue. */
export function createLinkRoom({ link, reach, clock, hasKey, isUndecided }: LinkRoomParts): Room {
  return {
    name: 'link',
    start: () => {
      // Whether KYBIO answers again is not known after a start: an unknown entry asks first (protocol rule 7).
      if (isUndecided()) link.update(afterUndecidedAtStart);
      if (!hasKey()) link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
    },
    stop: reach.stop,
    view: () => ({ link: linkView(link, reach, clock) }),
    networkChanged: reach.networkChanged,
    wokeUp: reach.wokeUp,
  };
}

function linkView({ state: link }: Link, reach: ReachWatch, clock: Clock): LinkView {
  const [nowMs, monotonicMs] = [clock.nowMs(), clock.monotonicMs()];
  const pause = gravestPause(link);
  const waitMs = link.retryAtMonotonicMs - monotonicMs;
  const heldBackMs = heldBackForMs(link.brake, monotonicMs);
  return {
    state: pause !== null ? 'paused' : link.reach,
    pause,
    retryAtMs: waitMs > 0 ? Math.round(nowMs + waitMs) : null,
    lastAnswerAtMs: link.lastAnswerAtMs,
    heldBackUntilMs: heldBackMs > TOLD_FROM_MS ? Math.round(nowMs + heldBackMs) : null,
    // Offline or paused is no doubt.
    doubt: pause !== null || link.reach === 'offline' ? null : reach.doubt(),
    clockSkewMs: link.clockSkewMs,
  };
}
