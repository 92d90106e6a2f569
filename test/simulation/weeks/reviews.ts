import type { Prng } from '../prng.ts';
import type { Waiting } from './entry.ts';
import type { Events } from './events.ts';

export interface ReviewsParts {
  readonly events: Events;
  readonly prng: Prng;
  readonly isOn: () => boolean;
  readonly isCredited: (entry: number) => boolean;
  readonly readMember: (member: number, read: (cents: number | null) => void) => void;
  readonly confirmed: (of: Waiting, cents: number | null) => void;
  readonly sendAfterAll: (of: Waiting) => void;
}

const SOONEST_MS = 1_200_000;
const AGAIN_MS = 1_800_000;

/** A manager looks after some while, reads the member anew, and answers what is true: what they may be wrong in is tried elsewhere. */
export function createReviews({ events, prng, isOn, ...parts }: ReviewsParts) {
  const look = (of: Waiting) => {
    const again = () => events.after(AGAIN_MS, () => look(of));
    if (!isOn()) return void again();
    parts.readMember(of.member, (cents) => {
      if (cents === null) return void again();
      if (parts.isCredited(of.entry)) parts.confirmed(of, cents);
      else parts.sendAfterAll(of);
    });
  };
  return {
    add: (of: Waiting) => void events.after(SOONEST_MS + prng.below(2 * SOONEST_MS), () => look(of)),
  };
}
