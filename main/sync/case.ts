import { type Amount, addAmounts, compareAmounts } from '../../preload/contract/index.ts';
import type { RechargeRow } from '../kybio/types.ts';
import { storeTime } from '../outbox/store-time.ts';
import type { Increment } from '../outbox/types.ts';
import type { Clock } from '../ports.ts';
import type { Evidence, LogRow } from './decide.ts';
import { type AttemptRecord, type EvidenceRepository, noSums } from './evidence-repository.ts';
import type { Case } from './investigation.ts';

export interface CaseParts {
  readonly evidence: EvidenceRepository;
  readonly clock: Clock;
  readonly storeTimeZone: string;
}

/** What the outbox says of an undecided entry; it changes with the entry's version only. */
export interface Facts {
  readonly version: number;
  readonly attempts: readonly AttemptRecord[];
  readonly othersUndecided: boolean;
}

export interface Gathered {
  endedAtMs: number;
  facts: Facts | null;
  readings: Evidence['readings'];
  log: Evidence['log'];
  logAskedAtMs: number | null;
  /** KYBIO refuses to show this member's log: it is decided without. */
  logRefused: boolean;
  /** Nothing is asked before this, after an answer that did not come. */
  notBeforeMs: number;
}

export const noneGathered: Gathered = {
  endedAtMs: 0,
  facts: null,
  readings: [],
  log: null,
  logAskedAtMs: null,
  logRefused: false,
  notBeforeMs: 0,
};

/** While an entry is undecided its member's other entries are held back, so nothing of this changes meanwhile. */
function factsOf({ evidence }: CaseParts, increment: Increment, known: Gathered): Facts {
  if (known.facts?.version === increment.version) return known.facts;
  const attempts = evidence.attempts(increment.id).filter(({ phase }) => phase !== 'connecting');
  const othersUndecided = evidence.othersUndecided(increment);
  known.facts = { version: increment.version, attempts, othersUndecided };
  return known.facts;
}

/** The case as far as it is known: what the outbox says of the entry, with what was gathered since. */
export function caseOf(parts: CaseParts, increment: Increment, known: Gathered, quietAtMs: number): Case {
  const { attempts, othersUndecided } = factsOf(parts, increment, known);
  const [first] = attempts;
  return {
    entry: { ...increment, baseline: first?.baseline ?? null },
    evidence: {
      readings: known.readings,
      // The baseline takes in every increment of ours as it is confirmed; nothing came between.
      ownSince: noSums,
      othersUndecided,
      others: othersUndecided ? parts.evidence.others(increment) : [],
      log: known.log,
      duplicateRefusals: attempts.filter(({ cause }) => cause === 'duplicate').length,
    },
    quietAtMs,
    logAskedAtMs: known.logAskedAtMs,
    logRefused: known.logRefused,
    ageMs: parts.clock.nowMs() - (first?.startedAtMs ?? 0),
    // Of those that KYBIO may have taken: one that it refused for load or credentials owns no second.
    firstWasDuplicate: attempts.find(({ outcome }) => outcome !== 'not-applied')?.cause === 'duplicate',
    refusedAgain: attempts.length > 1 && attempts.at(-1)?.outcome === 'rejected',
  };
}

/** Rows from shortly before the entry on; each of our other increments explains one row of its amount. */
export function explain(
  parts: CaseParts,
  increment: Increment,
  rows: readonly RechargeRow[],
): readonly LogRow[] {
  const shortlyBefore = storeTime(increment.createdAtMs - 900_000, parts.storeTimeZone);
  // A clock set back and summer time's end give an entry a second that lies earlier, and so do they "shortly before".
  const [since = shortlyBefore] = [shortlyBefore, increment.dataChangeTime].sort();
  const own: Amount[] = [...parts.evidence.ownAmountsSince(increment, since)];
  return rows
    .filter((row) => row.datetime >= since)
    .map((row) => {
      const amount = addAmounts(row.rechargeMoney, row.giftMoney);
      const mine = own.findIndex((known) => compareAmounts(known, amount) === 0);
      const isThis = row.datetime === increment.dataChangeTime;
      if (mine >= 0 && !isThis) own.splice(mine, 1);
      return { amount, datetime: row.datetime, explained: mine >= 0 && !isThis };
    });
}
