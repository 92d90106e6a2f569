import { addAmounts, compareAmounts } from '../../preload/contract/index.ts';
import type { HostLogRow } from '../hosts/port/index.ts';
import type { Clock } from '../kernel/ports.ts';
import { storeTime } from '../kernel/store-time.ts';
import type { Increment } from '../ledger/index.ts';
import { mostInformative } from './earlier-baselines.ts';
import type { AttemptRecord, EvidenceRepository, OwnIncrement } from './evidence-repository.ts';
import type { Investigation } from './investigation.ts';
import { mayHaveArrived } from './may-have-arrived.ts';
import { type Evidence, type LogRow, noSums, type Sums, saysItArrived } from './undecided.ts';

export interface GatheredParts {
  readonly evidence: EvidenceRepository;
  readonly clock: Clock;
  readonly storeTimeZone: string;
}

/** What the outbox knows of an undecided entry; constant for a version of the entry. */
export interface Facts {
  readonly version: number;
  readonly attempts: readonly AttemptRecord[];
  readonly othersUndecided: boolean;
  readonly wasRestored: boolean;
  /** The baselines before its pre-send check, oldest first, plus ours since; empty without one. */
  readonly before: readonly Sums[];
  readonly ownBefore: readonly Sums[];
  /** Time since the first attempt by the journal, as of `askedAtMs`. */
  readonly journaled: { readonly passedMs: number; readonly toMs: number; readonly askedAtMs: number } | null;
}

export interface Gathered {
  endedAtMs: number;
  /** When the first attempt of this process had surely left. */
  leftAtMs: number;
  facts: Facts | null;
  readings: Evidence['readings'];
  log: Evidence['log'];
  logAskedAtMs: number | null;
  /** No member read before this, after one without an answer; infinite if there will be none. */
  memberNotBeforeMs: number;
  /** How often the host refused this read. */
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

/** The member's other entries wait for this one, so none of this changes meanwhile. */
function factsOf({ evidence, clock }: GatheredParts, increment: Increment, known: Gathered): Facts {
  if (known.facts?.version === increment.version) return known.facts;
  const attempts = evidence.attempts(increment.id).filter(({ phase }) => phase !== 'connecting');
  const othersUndecided = evidence.othersUndecided(increment);
  const wasRestored = evidence.wasRestored(increment.id);
  const [first] = attempts;
  // Read now: from here on the monotonic clock measures, whatever the wall clock does.
  const passed = first === undefined ? null : evidence.passedSince(increment.id, first.number);
  const journaled = passed === null ? null : { ...passed, askedAtMs: clock.monotonicMs() };
  const before = evidence.earlierBaselines(increment);
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

/** The entry's facts together with the evidence gathered so far. */
export function investigationOf(
  parts: GatheredParts,
  increment: Increment,
  known: Gathered,
  quiescentAtMs: number,
): Investigation {
  const facts = factsOf(parts, increment, known);
  const { attempts, othersUndecided, wasRestored, before, ownBefore } = facts;
  // The age counts from any send, to resend less; the baseline from an attempt that may have been applied.
  const [first] = attempts;
  const came = attempts.find(mayHaveArrived);
  // Attempts not decided since.
  const firstWasDuplicate = attempts.find(({ outcome }) => outcome !== 'not-applied')?.cause === 'duplicate';
  const last = known.readings.at(-1) ?? null;
  const paper = came === undefined && before.length === 0 ? parts.evidence.papersBaseline(increment) : null;
  const onPaper = paper !== null && saysItArrived(paper, increment, last) ? paper : null;
  // A clone's send moved the sums before ours.
  const older =
    came === undefined
      ? (mostInformative(before, increment, last) ?? onPaper)
      : firstWasDuplicate
        ? (before[0] ?? null)
        : null;
  return {
    entry: { ...increment, baseline: older ?? came?.baseline ?? null },
    evidence: {
      readings: known.readings,
      // Every increment of ours updates the baseline as it is confirmed.
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
    refusedAgain: attempts.length > 1 && isRefusal(attempts.at(-1)),
  };
}

/** In words that nobody gets over by sending again. */
const isRefusal = (attempt: AttemptRecord | undefined): boolean =>
  attempt?.outcome === 'rejected' || attempt?.cause === 'duplicate';

/**
 * The largest of them, as a wall clock set back makes nothing younger. A negative one wins, so that nothing is
 * resent: the monotonic clock may have stopped while the PC slept.
 */
const ageOf = (wallMs: number, monotonicMs: number, journaledMs: number): number =>
  wallMs < 0 ? wallMs : Math.max(wallMs, monotonicMs, journaledMs);

/** The monotonic clock restarts with the process; the journal covers the time before. */
function journaledAge(clock: Clock, { journaled }: Facts): number {
  if (journaled === null) return 0;
  const { passedMs, toMs, askedAtMs } = journaled;
  return passedMs + Math.max(0, clock.nowMs() - toMs, clock.monotonicMs() - askedAtMs);
}

/**
 * Log rows from shortly before the entry on, each matched to at most one other increment of ours. A host not proven
 * to store our time may store its own, as late as the send.
 */
export function explain(
  parts: GatheredParts,
  increment: Increment,
  rows: readonly HostLogRow[],
  carriesOurTime: boolean,
): readonly LogRow[] {
  const shortlyBefore = storeTime(increment.createdAtMs - 900_000, parts.storeTimeZone);
  // A clock set back, or the end of summer time, gives an entry an earlier second.
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
      // A host's own time may equal this second too, when a waiting entry was sent.
      const isThis = carriesOurTime && row.datetime === increment.dataChangeTime;
      if (row.explained || isThis) return row;
      return { ...row, explained: explains((one) => compareAmounts(one.amount, row.amount) === 0) };
    });
}
