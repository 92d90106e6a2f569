import { addAmounts, compareAmounts } from '../../preload/contract/index.ts';
import type { HostLogRow } from '../hosts/port/index.ts';
import type { Clock } from '../kernel/ports.ts';
import { storeTime } from '../kernel/store-time.ts';
import type { Increment } from '../ledger/index.ts';
import {
  type AttemptRecord,
  type EvidenceRepository,
  noSums,
  type OwnIncrement,
} from './evidence-repository.ts';
import type { Investigation } from './investigation.ts';
import { mostTelling } from './known-before.ts';
import { mayHaveCome } from './may-have-come.ts';
import { saysItArrived } from './papers-beside.ts';
import type { Evidence, LogRow, Sums } from './undecided.ts';

export interface GatheredParts {
  readonly evidence: Omit<EvidenceRepository, 'keepBeside' | 'besides'>;
  readonly clock: Clock;
  readonly storeTimeZone: string;
}

/** What the outbox says of an undecided entry; it changes with the entry's version only. */
export interface Facts {
  readonly version: number;
  readonly attempts: readonly AttemptRecord[];
  readonly othersUndecided: boolean;
  readonly wasRestored: boolean;
  /** The baselines before it was looked at, oldest first, with ours since; none where it was not looked at. */
  readonly before: readonly Sums[];
  readonly ownBefore: readonly Sums[];
  /** Since the first attempt, by the journal alone, when this was asked. */
  readonly journaled: { readonly passedMs: number; readonly toMs: number; readonly askedAtMs: number } | null;
}

export interface Gathered {
  endedAtMs: number;
  /** When the first attempt that this process knows of had surely left. */
  leftAtMs: number;
  facts: Facts | null;
  readings: Evidence['readings'];
  log: Evidence['log'];
  logAskedAtMs: number | null;
  /** Neither is asked for before this, after an answer that did not come; infinite where none will. */
  memberNotBeforeMs: number;
  /** How often the host has refused the call by which the member would be read. */
  memberRefusals: number;
  logNotBeforeMs: number;
}

export const noneGathered: Gathered = {
  endedAtMs: 0,
  leftAtMs: 0,
  facts: null,
  readings: [],
  log: null,
  logAskedAtMs: null,
  memberNotBeforeMs: 0,
  memberRefusals: 0,
  logNotBeforeMs: 0,
};

/** While an entry is undecided its member's other entries are held back, so nothing of this changes meanwhile. */
function factsOf({ evidence, clock }: GatheredParts, increment: Increment, known: Gathered): Facts {
  if (known.facts?.version === increment.version) return known.facts;
  const attempts = evidence.attempts(increment.id).filter(({ phase }) => phase !== 'connecting');
  const othersUndecided = evidence.othersUndecided(increment);
  const wasRestored = evidence.wasRestored(increment.id);
  const [first] = attempts;
  // At once, though it may never count: from here on the monotonic clock adds what passes, whatever the other does.
  const passed = first === undefined ? null : evidence.passedSince(increment.id, first.number);
  const journaled = passed === null ? null : { ...passed, askedAtMs: clock.monotonicMs() };
  const before = evidence.knownBefore(increment);
  const ownBefore = evidence.ownBefore(increment);
  known.facts = {
    version: increment.version,
    attempts,
    othersUndecided,
    wasRestored,
    before,
    ownBefore,
    journaled,
  };
  return known.facts;
}

/** The investigation as far as it has come: what the outbox says of the entry, with what was gathered since. */
export function investigationOf(
  parts: GatheredParts,
  increment: Increment,
  known: Gathered,
  quiescentAtMs: number,
): Investigation {
  const facts = factsOf(parts, increment, known);
  const { attempts, othersUndecided, wasRestored, before, ownBefore } = facts;
  // The age goes by whatever was sent, so that less is sent again; what was known by what KYBIO may have taken.
  const [first] = attempts;
  const came = attempts.find(mayHaveCome);
  // Only those that nobody has decided since.
  const firstWasDuplicate = attempts.find(({ outcome }) => outcome !== 'not-applied')?.cause === 'duplicate';
  const last = known.readings.at(-1) ?? null;
  const paper = came === undefined && before.length === 0 ? parts.evidence.papersBaseline(increment) : null;
  const onPaper = paper !== null && saysItArrived(paper, increment, last) ? paper : null;
  // What was sent by another copy of this till moved the sums before this one sent it.
  const older =
    came === undefined
      ? (mostTelling(before, increment, last) ?? onPaper)
      : firstWasDuplicate
        ? (before[0] ?? null)
        : null;
  return {
    entry: { ...increment, baseline: older ?? came?.baseline ?? null },
    evidence: {
      readings: known.readings,
      // The baseline takes in every increment of ours as it is confirmed; nothing came between.
      ownSince: noSums,
      ownBefore,
      othersUndecided,
      others: othersUndecided ? parts.evidence.others(increment) : [],
      log: known.log,
      duplicateRefusals: attempts.filter(({ cause }) => cause === 'duplicate').length,
      isRefusedAfterOwn:
        came !== undefined &&
        came.cause !== 'duplicate' &&
        attempts.some(({ cause }) => cause === 'duplicate'),
      wasRestored,
      isConfirmedOnPaper: parts.evidence.papers(increment.id).confirmed !== null,
    },
    quiescentAtMs,
    logAskedAtMs: known.logAskedAtMs,
    memberNotBeforeMs: known.memberNotBeforeMs,
    logNotBeforeMs: known.logNotBeforeMs,
    ageMs: ageOf(
      parts.clock.nowMs() - (first?.startedAtMs ?? 0),
      parts.clock.monotonicMs() - known.leftAtMs,
      journaledAge(parts.clock, facts),
    ),
    firstWasDuplicate,
    refusedAgain: attempts.length > 1 && attempts.at(-1)?.outcome === 'rejected',
  };
}

/**
 * The largest of them: a wall clock that is set back makes nothing younger. One that says less than nothing is
 * taken, so that nothing is sent by it: the monotonic one may have stood still while the PC slept.
 */
const ageOf = (wallMs: number, monotonicMs: number, journaledMs: number): number =>
  wallMs < 0 ? wallMs : Math.max(wallMs, monotonicMs, journaledMs);

/** The monotonic clock begins anew with each start; over that the journal remembers what the wall clock forgot. */
function journaledAge(clock: Clock, { journaled }: Facts): number {
  if (journaled === null) return 0;
  const { passedMs, toMs, askedAtMs } = journaled;
  return passedMs + Math.max(0, clock.nowMs() - toMs, clock.monotonicMs() - askedAtMs);
}

/**
 * Rows from shortly before the entry on; each of our other increments explains one row of its amount. A host
 * that is not proven to write down our time may write its own: what waited then has a row as late as its sending.
 */
export function explain(
  parts: GatheredParts,
  increment: Increment,
  rows: readonly HostLogRow[],
  carriesOurTime: boolean,
): readonly LogRow[] {
  const shortlyBefore = storeTime(increment.createdAtMs - 900_000, parts.storeTimeZone);
  // A clock set back and summer time's end give an entry a second that lies earlier, and so do they "shortly before".
  const [since = shortlyBefore] = [shortlyBefore, increment.dataChangeTime].sort();
  const isSentSince = ({ sentAtMs }: OwnIncrement): boolean =>
    sentAtMs !== null && storeTime(sentAtMs, parts.storeTimeZone) >= since;
  const own = parts.evidence
    .ownConfirmed(increment)
    .filter((one) => one.dataChangeTime >= since || (!carriesOurTime && isSentSince(one)));
  const explains = (fits: (one: OwnIncrement) => boolean): boolean => {
    const at = own.findIndex(fits);
    if (at >= 0) own.splice(at, 1);
    return at >= 0;
  };
  const found = rows.map(({ rechargeMoney, giftMoney, datetime }) => {
    const amount = addAmounts(rechargeMoney, giftMoney);
    const isOwn = explains(
      (one) => one.dataChangeTime === datetime && compareAmounts(one.amount, amount) === 0,
    );
    return { amount, datetime, explained: isOwn };
  });
  return found
    .filter((row) => row.datetime >= since)
    .map((row) => {
      // A host's own time may be this second as well: what waited is sent when the next one is entered.
      const isThis = carriesOurTime && row.datetime === increment.dataChangeTime;
      if (row.explained || isThis) return row;
      return { ...row, explained: explains((one) => compareAmounts(one.amount, row.amount) === 0) };
    });
}
