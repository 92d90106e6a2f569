/**
 * What a call is for, in the order in which a low budget serves them: increments and credits of the check-up; look-ups of
 * unknown cards; questions whether KYBIO is there (`probe`); readings of known members (`refresh`) and matching; pages of
 * the directory. The readings that decide an entry count as probes, and wait for no budget.
 */
export type CallPurpose =
  | 'increment'
  | 'test'
  | 'probe'
  | 'count'
  | 'look-up'
  | 'refresh'
  | 'matching'
  | 'directory';

/** The account's calls at a moment, and this till's part; all are counts of calls. */
export interface CallFacts {
  /** Calls that the account has a day, shared equally by its tills. */
  readonly limit: number;
  readonly tillCount: number;
  /** Made by this till since the day began, or since KYBIO took calls again in the middle of it. */
  readonly used: number;
  /** Increments and directory pages of this till's day. */
  readonly increments: number;
  readonly pages: number;
  /** Entries that wait to be sent. */
  readonly waiting: number;
  /** KYBIO says that the quota is spent. */
  readonly isSpent: boolean;
}

/** Pospal's free tier, as reported by two users. */
export const DEFAULT_CALLS_A_DAY = 300;

/** The part of a till's share that is kept for increments. */
const KEPT_PART = 0.4;

/** The directory's part of a till's share; each till may read one page a day. */
const DIRECTORY_PART = 20;

const equalPart = ({ limit, tillCount }: CallFacts): number => Math.floor(limit / tillCount);

/** Calls left to the account, as far as this till knows: others use the same calls. */
export const leftOfAccount = ({ limit, used, isSpent }: CallFacts): number =>
  isSpent ? 0 : Math.max(0, limit - used);

/** Calls kept for increments here: what waits, or what the day's part has left. */
export const keptNow = (facts: CallFacts): number =>
  Math.max(facts.waiting, Math.ceil(equalPart(facts) * KEPT_PART) - facts.increments);

const leftOfShare = (facts: CallFacts): number =>
  Math.max(0, Math.min(leftOfAccount(facts), equalPart(facts) - facts.used));

const leftBesideKept = (facts: CallFacts): number => Math.max(0, leftOfShare(facts) - keptNow(facts));

/**
 * Calls left for a purpose. Increments are never limited: KYBIO's answer about its quota pauses the queue, a count of ours
 * must not. A look-up of an unknown card, without which there is no increment, may use the account's
 * calls but for half of what is kept: what is scanned may be no card.
 */
export function callsFor(purpose: CallPurpose, facts: CallFacts): number {
  switch (purpose) {
    case 'increment':
    case 'test':
    case 'count':
      return Number.POSITIVE_INFINITY;
    case 'look-up':
      return Math.max(0, leftOfAccount(facts) - Math.ceil(keptNow(facts) / 2));
    case 'probe':
      return leftOfShare(facts);
    case 'refresh':
    case 'matching':
      return leftBesideKept(facts);
    case 'directory': {
      const pages = Math.max(1, Math.floor(equalPart(facts) / DIRECTORY_PART)) - facts.pages;
      return facts.waiting > 0 ? 0 : Math.max(0, Math.min(pages, leftBesideKept(facts)));
    }
  }
}
