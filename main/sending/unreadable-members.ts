import type { Link, LinkState } from '../hosts/link/index.ts';
import type { ReadFailure } from '../hosts/port/index.ts';
import type { Clock } from '../kernel/ports.ts';

/** Members whose read before a send failed: their entries let others go ahead. */
export interface UnreadableMembers {
  /** A read of this member failed. */
  note(customerUid: string): void;
  forget(customerUid: string): void;
  /** KYBIO fails for this member and answers others: it is this member's record. */
  isItsRecord(customerUid: string): boolean;
  /** Members whose entries wait until KYBIO has answered something else. */
  waiting(): readonly string[];
  /** Whether an entry waited for an answer in this link state, even if the wait has expired since. */
  hasWaited(asOf: LinkState): boolean;
}

/** A failing record is not read again for this long. */
const KNOWN_FOR_MS = 900_000;

/** Longest wait for another answer: there may be nothing else to ask. */
const LONGEST_WAIT_MS = 60_000;

/** Failures, with other answers in between, until it counts as the record. */
const TIMES_UNANSWERED = 2;

/** No answer, or unknown words: it may be this member alone. */
export const mayBeItsRecord = ({ kind, cause }: ReadFailure): boolean =>
  kind === 'no-answer' || (kind === 'refused' && cause === 'unknown-words');

interface Asked {
  readonly times: number;
  readonly atMonotonicMs: number;
  /** When KYBIO last answered anything. */
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
