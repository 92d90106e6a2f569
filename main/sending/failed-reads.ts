import type { Link } from '../hosts/link/index.ts';
import type { ReadFailure } from '../hosts/port/index.ts';
import type { Clock } from '../kernel/ports.ts';

/** Members whose read before a send failed: others go first, and the second failure lets their entries go without. */
export interface FailedReads {
  note(customerUid: string, failure: ReadFailure): void;
  forget(customerUid: string): void;
  /** It failed twice, and it is this member alone. */
  isHopeless(customerUid: string): boolean;
  /** Members whose entries let others go first, until KYBIO has answered something. */
  waiting(): readonly string[];
}

/** How long at most: there may be nothing else to ask. */
const OTHERS_FIRST_MS = 60_000;

/** Then the member is read again. */
const HOPELESS_FOR_MS = 900_000;

interface Failed {
  readonly isHopeless: boolean;
  readonly atMs: number;
  /** When KYBIO last answered anything. */
  readonly lastAnswerAtMs: number | null;
}

export function createFailedReads(link: Pick<Link, 'state'>, clock: Clock): FailedReads {
  const failed = new Map<string, Failed>();
  const ageMs = ({ atMs }: Failed): number => clock.monotonicMs() - atMs;
  const isAnsweredSince = ({ lastAnswerAtMs }: Failed): boolean =>
    link.state.lastAnswerAtMs !== lastAnswerAtMs;
  return {
    note: (customerUid, { kind, cause }) => {
      const isRefused = kind === 'refused' && cause === 'unknown-words';
      if (!isRefused && kind !== 'no-answer') return;
      const before = failed.get(customerUid);
      // After silence KYBIO must have answered something else meanwhile.
      const isHopeless = before !== undefined && (before.isHopeless || isRefused || isAnsweredSince(before));
      const { lastAnswerAtMs } = link.state;
      failed.set(customerUid, { isHopeless, atMs: clock.monotonicMs(), lastAnswerAtMs });
    },
    forget: (customerUid) => void failed.delete(customerUid),
    isHopeless: (customerUid) => {
      const known = failed.get(customerUid);
      return known?.isHopeless === true && ageMs(known) <= HOPELESS_FOR_MS;
    },
    waiting: () =>
      [...failed]
        .filter(([, of]) => !of.isHopeless && !isAnsweredSince(of) && ageMs(of) < OTHERS_FIRST_MS)
        .map(([customerUid]) => customerUid),
  };
}
