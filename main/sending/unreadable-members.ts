import type { Link, LinkState } from '../hosts/link/index.ts';
import type { ReadFailure } from '../hosts/port/index.ts';
import type { Clock } from '../kernel/ports.ts';

/** Members of whom KYBIO was asked before a send and brought nothing: their entries let the others go ahead. */
export interface UnreadableMembers {
  /** KYBIO brought nothing of this member. */
  note(customerUid: string): void;
  forget(customerUid: string): void;
  /** KYBIO brings nothing of this member and answers others: then it is this member's record. */
  isItsRecord(customerUid: string): boolean;
  /** Members whose entries let the others go ahead, until KYBIO has answered something else. */
  waiting(): readonly string[];
  /** Whether an entry may have waited for an answer when the link was so, also where the wait has run out since. */
  hasWaited(asOf: LinkState): boolean;
}

/** A record that KYBIO cannot give is not asked for again within this time. */
const KNOWN_FOR_MS = 900_000;

/** A member waits for another answer no longer than this: there may be nothing else to ask. */
const LONGEST_WAIT_MS = 60_000;

/** As often KYBIO brings nothing of a member and answers others: then it is this member's record. */
const TIMES_UNANSWERED = 2;

/** KYBIO brought nothing, or words that nobody knows: it may have to do with this member alone. */
export const mayBeItsRecord = ({ kind, cause }: ReadFailure): boolean =>
  kind === 'no-answer' || (kind === 'refused' && cause === 'unknown-words');

interface Asked {
  readonly times: number;
  readonly atMonotonicMs: number;
  /** When KYBIO had last answered anything. */
  readonly lastAnswerAtMs: number | null;
}

export function createUnreadableMembers(link: Pick<Link, 'state'>, clock: Clock): UnreadableMembers {
  const asked = new Map<string, Asked>();
  const ageMs = ({ atMonotonicMs }: Asked): number => clock.monotonicMs() - atMonotonicMs;
  const isAnsweredSince = ({ lastAnswerAtMs }: Asked, asOf = link.state): boolean =>
    asOf.lastAnswerAtMs !== lastAnswerAtMs;
  const forgetOld = () => {
    for (const [customerUid, known] of asked) if (ageMs(known) > KNOWN_FOR_MS) asked.delete(customerUid);
  };
  return {
    note: (customerUid) => {
      const before = asked.get(customerUid);
      const times = before === undefined ? 1 : before.times + (isAnsweredSince(before) ? 1 : 0);
      const { lastAnswerAtMs } = link.state;
      asked.set(customerUid, { times, atMonotonicMs: clock.monotonicMs(), lastAnswerAtMs });
    },
    forget: (customerUid) => void asked.delete(customerUid),
    isItsRecord: (customerUid) => {
      forgetOld();
      const known = asked.get(customerUid);
      return known !== undefined && known.times >= TIMES_UNANSWERED && isAnsweredSince(known);
    },
    hasWaited: (asOf) => [...asked.values()].some((known) => !isAnsweredSince(known, asOf)),
    waiting: () =>
      [...asked]
        .filter(([, known]) => !isAnsweredSince(known) && ageMs(known) < LONGEST_WAIT_MS)
        .map(([customerUid]) => customerUid),
  };
}
