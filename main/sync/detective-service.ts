import {
  type Amount,
  addAmounts,
  appError,
  compareAmounts,
  type EntryState,
  err,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { Settings } from '../database/settings-repository.ts';
import type { RechargeRow } from '../kybio/types.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import type { MemberReader } from '../members/member-reader.ts';
import { readError } from '../members/read-error.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import { storeTime } from '../outbox/store-time.ts';
import type { TransitionsRepository } from '../outbox/transitions-repository.ts';
import type { Increment } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import { type Budget, mayCall } from './call-budget.ts';
import type { CallMeter } from './call-meter-repository.ts';
import { decide, type Evidence, type LogRow, type Verdict } from './decide.ts';
import { loadEvidencePolicy, loadHostProfile } from './evidence-policy.ts';
import { type EvidenceRepository, noSums } from './evidence-repository.ts';
import { type Case, nextStep, type Step } from './investigation.ts';

export interface DetectiveParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly settings: Settings;
  readonly meter: CallMeter;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}

/** Looks into entries whose answer was lost, one step at a time, and settles those it can settle. */
export interface Detective {
  /**
   * An attempt of this entry has ended just now. Told before that is committed: evidence from before it
   * must be gone when anybody can see the entry as `unknown`.
   */
  ended(entryId: string): void;
  /** The entry is not undecided any more. */
  forget(entryId: string): void;
  /** The PC woke up: what was gathered before counts no more. */
  wokeUp(): void;
  /**
   * The first step that is due, or when one will be. Without `canAsk` only what needs no call, without
   * `canSend` nothing is sent again.
   */
  next(
    canAsk: boolean,
    canSend: boolean,
  ): {
    readonly due: { readonly increment: Increment; readonly step: Step } | null;
    readonly wakeInMs: number | null;
  };
  /** Carries out a step other than `send-again`, which is the loop's. */
  perform(increment: Increment, step: Step): Promise<void>;
  /** How long something of this entry may still arrive at KYBIO; 0 = quiescence is over. */
  quietInMs(entryId: string): number;
  /** For a manager who is about to answer: a fresh reading, and what it says now. */
  lookAgain(increment: Increment): Promise<Result<Verdict>>;
}

interface Gathered {
  endedAtMs: number;
  readings: Evidence['readings'];
  log: Evidence['log'];
  logAskedAtMs: number | null;
  /** Nothing is asked before this, after an answer that did not come. */
  notBeforeMs: number;
}

const noneGathered: Gathered = {
  endedAtMs: 0,
  readings: [],
  log: null,
  logAskedAtMs: null,
  notBeforeMs: 0,
};

const RETRY_MS = 30_000;

export function createDetectiveService(parts: DetectiveParts): Detective {
  const { outbox, clock, meter, budget, settings } = parts;
  const startedAtMs = clock.monotonicMs();
  let wokeAtMs = startedAtMs;
  const cases = new Map<string, Gathered>();

  const fresh = (endedAtMs: number): Gathered => ({ ...noneGathered, endedAtMs });
  const gathered = (entryId: string): Gathered => {
    const known = cases.get(entryId) ?? fresh(startedAtMs);
    cases.set(entryId, known);
    return known;
  };

  const quietAtMs = (entryId: string, quiescenceMs: number): number =>
    Math.max(cases.get(entryId)?.endedAtMs ?? startedAtMs, wokeAtMs, startedAtMs) + quiescenceMs;

  const stepOf = (increment: Increment, canAsk: boolean, canSend: boolean): Step => {
    const policy = loadEvidencePolicy(settings);
    const known = gathered(increment.id);
    const quietMs = quietAtMs(increment.id, policy.quiescenceMs);
    // What is asked of SQL is asked only when it can count: there may be many that wait.
    if (clock.monotonicMs() < quietMs) return { do: 'wait', untilMs: quietMs };
    const of = caseOf(parts, increment, known, quietMs);
    const inBudget = canAsk && mayCall('probe', meter.usedToday(), budget);
    const may = { mayCall: inBudget, maySend: inBudget && canSend };
    const step = nextStep(of, loadHostProfile(settings), policy, clock.monotonicMs(), may);
    const asks = step.do === 'read-member' || step.do === 'read-log';
    return asks && known.notBeforeMs > clock.monotonicMs()
      ? { do: 'wait', untilMs: known.notBeforeMs }
      : step;
  };

  return {
    ended: (entryId) => void cases.set(entryId, fresh(clock.monotonicMs())),
    forget: (entryId) => void cases.delete(entryId),
    wokeUp: () => {
      wokeAtMs = clock.monotonicMs();
      for (const [entryId, known] of cases) cases.set(entryId, fresh(known.endedAtMs));
    },
    next: (canAsk, canSend) => {
      let wakeInMs: number | null = null;
      for (const increment of outbox.unknown()) {
        const step = stepOf(increment, canAsk, canSend);
        if (step.do !== 'wait') return { due: { increment, step }, wakeInMs: null };
        const inMs = Math.max(0, step.untilMs - clock.monotonicMs());
        wakeInMs = Math.min(wakeInMs ?? inMs, inMs);
      }
      return { due: null, wakeInMs };
    },
    quietInMs: (entryId) =>
      Math.max(0, quietAtMs(entryId, loadEvidencePolicy(settings).quiescenceMs) - clock.monotonicMs()),
    lookAgain: (increment) => lookAgain(parts, increment),
    perform: async (increment, step) => {
      const known = gathered(increment.id);
      if (step.do === 'read-member') return readMember(parts, increment, known);
      if (step.do === 'read-log') return readLog(parts, increment, known, startedAtMs);
      if (step.do === 'settle' || step.do === 'review') return settleCase(parts, increment, step, known);
    },
  };
}

function caseOf(parts: DetectiveParts, increment: Increment, known: Gathered, quietAtMs: number): Case {
  const attempts = parts.evidence.attempts(increment.id).filter(({ phase }) => phase !== 'connecting');
  const [first] = attempts;
  const refusals = attempts.filter(({ cause }) => cause === 'duplicate').length;
  return {
    entry: { ...increment, baseline: first?.baseline ?? null },
    evidence: {
      readings: known.readings,
      // The baseline takes in every increment of ours as it is confirmed; nothing came between.
      ownSince: noSums,
      othersUndecided: parts.evidence.othersUndecided(increment),
      log: known.log,
      duplicateRefusals: refusals,
      everRefused: refusals > 0,
    },
    quietAtMs,
    logAskedAtMs: known.logAskedAtMs,
    ageMs: parts.clock.nowMs() - (first?.startedAtMs ?? 0),
    firstWasDuplicate: first?.cause === 'duplicate',
    refusedAgain: attempts.length > 1 && attempts.at(-1)?.outcome === 'rejected',
  };
}

/** One reading is enough here: the person decides, the reading only warns. */
async function lookAgain(parts: DetectiveParts, increment: Increment): Promise<Result<Verdict>> {
  const { reader, settings, clock, evidence } = parts;
  if (!parts.outbox.isOurs(increment)) return err(appError('not-set-up'));
  const reading = await reader.byNumber(increment.customerNumber, 'probe');
  if (!reading.ok) return err(readError(reading.error));
  if (reading.value.customerUid !== increment.customerUid) return err(appError('member-not-found'));
  const { balance, point } = reading.value;
  const known: Gathered = {
    ...noneGathered,
    readings: [{ balance, point, atMonotonicMs: clock.monotonicMs() }],
  };
  const log = await reader.rechargeLog(increment.customerUid, 'probe');
  if (log.ok) known.log = { rows: explain(parts, increment, log.value), timesAsked: 1, askedAfterMs: 0 };
  const of = caseOf(parts, increment, known, 0);
  const verdict = decide(of.entry, of.evidence, loadHostProfile(settings), loadEvidencePolicy(settings));
  evidence.keep(increment.id, clock.nowMs(), { verdict, readings: known.readings, log: known.log });
  return ok(verdict);
}

async function readMember(
  { reader, clock }: DetectiveParts,
  increment: Increment,
  known: Gathered,
): Promise<void> {
  const number = increment.customerNumber;
  const result = await (number === ''
    ? reader.byUid(increment.customerUid, 'probe')
    : reader.byNumber(number, 'probe'));
  if (!result.ok || !result.quiet) {
    known.notBeforeMs = clock.monotonicMs() + RETRY_MS;
    return;
  }
  if (result.value.customerUid !== increment.customerUid) {
    // The card belongs to another member now: its sums say nothing about this one.
    known.notBeforeMs = Number.POSITIVE_INFINITY;
    return;
  }
  const { balance, point } = result.value;
  known.readings = [...known.readings, { balance, point, atMonotonicMs: clock.monotonicMs() }];
}

async function readLog(
  parts: DetectiveParts,
  increment: Increment,
  known: Gathered,
  startedAtMs: number,
): Promise<void> {
  const askedAtMs = parts.clock.monotonicMs();
  const result = await parts.reader.rechargeLog(increment.customerUid, 'probe');
  known.logAskedAtMs = askedAtMs;
  if (!result.ok) return;
  known.log = {
    rows: explain(parts, increment, result.value),
    timesAsked: (known.log?.timesAsked ?? 0) + 1,
    askedAfterMs: askedAtMs - Math.max(known.endedAtMs, startedAtMs),
  };
}

/** Rows from shortly before the entry on; each of our other increments explains one row of its amount. */
function explain(
  parts: DetectiveParts,
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

const stateAfter = (increment: Increment, verdict: Verdict): EntryState => {
  if (verdict.decision === 'applied') return 'confirmed';
  if (verdict.decision !== 'not-applied') return 'review';
  // What KYBIO answered with an error and did not apply would only be answered so again.
  return increment.cause === 'unknown-words' || increment.cause === 'reused-socket-error'
    ? 'rejected'
    : 'queued';
};

function settleCase(
  { transitions, evidence, directory, clock, logger }: DetectiveParts,
  increment: Increment,
  step: Extract<Step, { do: 'settle' | 'review' }>,
  known: Gathered,
): void {
  const state = step.do === 'review' ? 'review' : stateAfter(increment, step.verdict);
  const content = { verdict: step.verdict, readings: known.readings, log: known.log };
  evidence.keep(increment.id, clock.nowMs(), content);
  const cause = step.verdict.decision === 'double' ? 'possible-double' : 'evidence-unclear';
  // What was believed of the member does not hold this increment, and must be gone before it is confirmed.
  if (state === 'confirmed') directory.forgetBaseline(increment.customerUid);
  const decided = transitions.decide(increment, {
    state,
    cause: state === 'review' ? cause : null,
    actor: 'till',
    reason: step.verdict.reasons.join(', '),
    evidence: content,
  });
  if (!decided) return;
  const last = known.readings.at(-1);
  if (state === 'confirmed' && last !== undefined && step.verdict.reasons.includes('exact-movement')) {
    // The reading that decided holds it, and nothing of this member was sent since.
    directory.keepSums(increment.customerUid, last.balance, last.point, clock.nowMs());
  }
  logger.info('entry.decided', {
    sequence: increment.sequence,
    state,
    reasons: step.verdict.reasons.join(' '),
  });
}
