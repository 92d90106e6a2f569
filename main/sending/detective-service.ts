import type { Result } from '../../preload/contract/index.ts';
import {
  type EvidencePolicy,
  type HostProfile,
  loadEvidencePolicy,
  loadHostProfile,
} from '../hosts/index.ts';
import { isCallRefused } from '../hosts/link/index.ts';
import { theProgram } from '../kernel/actor.ts';
import type { Increment } from '../ledger/index.ts';
import { readMemberOf } from '../members/index.ts';
import { type Gathered, investigationOf, noneGathered } from './gathered.ts';
import {
  type DetectiveParts,
  explained,
  investigateAgain,
  type NewInvestigation,
} from './investigate-again.ts';
import { type May, nextStep, type Step } from './investigation.ts';

/** Investigates entries whose answer was lost, step by step, and settles those it can. */
export interface Detective {
  /**
   * An attempt of this entry just ended. Called before its commit, so that older evidence is gone when the entry
   * shows as `unknown`. A duplicate answer moved nothing: the settling time of the attempt before is enough.
   */
  ended(entryId: string, isDuplicate?: boolean): void;
  /** The entry is no longer undecided. */
  forget(entryId: string): void;
  /** The PC woke up: earlier evidence does not count. */
  wokeUp(): void;
  /**
   * The first step that is due, or when one will be. Without `canAsk` only steps without a call; a resend from the
   * monotonic time `sendsFromMs`, null for none. If KYBIO takes no calls (`takesCalls`), what evidence has not settled waits.
   */
  next(
    canAsk: boolean,
    sendsFromMs: number | null,
    takesCalls?: boolean,
  ): {
    readonly due: { readonly increment: Increment; readonly step: Step } | null;
    readonly wakeInMs: number | null;
  };
  /** Performs a step; `send-again` is the loop's. */
  perform(increment: Increment, step: Step): Promise<void>;
  /** How long the entry may still arrive at KYBIO, ms; 0 after the settling time. */
  quiescentInMs(entryId: string): number;
  /**
   * For a manager about to answer: a new reading and its verdict. Errors: entry-changed, reading-needed (another
   * entry of the member was sent meanwhile), and those of a read.
   */
  investigateAgain(increment: Increment): Promise<Result<NewInvestigation>>;
}

/** When an entry's latest attempt ended, and when its first one in this process did, on the monotonic clock. */
type Times = Pick<Gathered, 'endedAtMs' | 'leftAtMs'>;

const RETRY_MS = 30_000;
/** After a refusal: usually permanent, a gateway's is over by then. */
const RETRY_REFUSED_MS = 120_000;
const MOST_REFUSALS = 2;

export function createDetectiveService(parts: DetectiveParts): Detective {
  const { outbox, clock, settings } = parts;
  const startedAtMs = clock.monotonicMs();
  let wokeAtMs = startedAtMs;
  let noCallsUntilMs = 0;
  const investigations = new Map<string, Gathered>();
  // Kept even without an investigation: a manager's decision waits for the settling time too.
  const times = new Map<string, Times>();

  const timesOf = (entryId: string): Times =>
    times.get(entryId) ?? { endedAtMs: startedAtMs, leftAtMs: startedAtMs };
  const noneYet = (entryId: string): Gathered => ({ ...noneGathered, ...timesOf(entryId) });
  const gathered = (entryId: string): Gathered => {
    const known = investigations.get(entryId) ?? noneYet(entryId);
    investigations.set(entryId, known);
    return known;
  };

  const quiescentAtMs = (entryId: string, quiescenceMs: number): number =>
    Math.max(timesOf(entryId).endedAtMs, wokeAtMs, startedAtMs) + quiescenceMs;

  const forget = (entryId: string) => {
    investigations.delete(entryId);
    times.delete(entryId);
  };

  /** The evidence is stored now. A resent entry starts a new investigation when its attempt ends. */
  const letGo = (entryId: string) => {
    const state = outbox.byId(entryId)?.state;
    if (state === 'review') investigations.delete(entryId);
    else if (state !== 'unknown' && state !== 'queued') forget(entryId);
  };

  const stepOf = (increment: Increment, policy: EvidencePolicy, profile: HostProfile, may: May): Step => {
    const known = gathered(increment.id);
    const untilMs = quiescentAtMs(increment.id, policy.quiescenceMs);
    // No query before it can matter: many may wait.
    if (clock.monotonicMs() < untilMs) return { do: 'wait', untilMs };
    const of = investigationOf(parts, increment, known, untilMs);
    return nextStep(of, profile, policy, clock.monotonicMs(), may);
  };

  return {
    ended: (entryId, isDuplicate = false) => {
      const nowMs = clock.monotonicMs();
      const known = investigations.get(entryId) ?? times.get(entryId);
      const endedAtMs = isDuplicate ? (known?.endedAtMs ?? nowMs) : nowMs;
      const leftAtMs = known?.leftAtMs ?? nowMs;
      times.set(entryId, { endedAtMs, leftAtMs });
      investigations.set(entryId, noneYet(entryId));
    },
    forget,
    wokeUp: () => {
      wokeAtMs = clock.monotonicMs();
      for (const entryId of investigations.keys()) investigations.set(entryId, noneYet(entryId));
    },
    next: (canAsk, sendsFromMs, takesCalls = true) => {
      let wakeInMs: number | null = null;
      if (!takesCalls) noCallsUntilMs = clock.monotonicMs();
      const undecided = outbox.unknown();
      if (undecided.length === 0) return { due: null, wakeInMs };
      const policy = loadEvidencePolicy(settings);
      const profile = loadHostProfile(settings);
      const callsSinceMs = takesCalls ? noCallsUntilMs : null;
      const maySend = canAsk && sendsFromMs !== null;
      const may = { mayCall: canAsk, maySend, sendsFromMs: sendsFromMs ?? 0, callsSinceMs };
      for (const increment of undecided) {
        const step = stepOf(increment, policy, profile, may);
        if (step.do !== 'wait') return { due: { increment, step }, wakeInMs: null };
        const inMs = Math.max(0, step.untilMs - clock.monotonicMs());
        wakeInMs = Math.min(wakeInMs ?? inMs, inMs);
      }
      return { due: null, wakeInMs };
    },
    quiescentInMs: (entryId) =>
      Math.max(0, quiescentAtMs(entryId, loadEvidencePolicy(settings).quiescenceMs) - clock.monotonicMs()),
    investigateAgain: (increment) => investigateAgain(parts, increment),
    perform: async (increment, step) => {
      const known = gathered(increment.id);
      if (step.do === 'read-member') return readMember(parts, increment, known);
      if (step.do === 'read-log') return readLog(parts, increment, known, startedAtMs);
      if (step.do !== 'settle' && step.do !== 'review') return;
      settleInvestigation(parts, increment, step, known);
      letGo(increment.id);
    },
  };
}

async function readMember(
  { reader, clock }: DetectiveParts,
  increment: Increment,
  known: Gathered,
): Promise<void> {
  const result = await readMemberOf(reader, increment, 'probe');
  if (!result.ok || !result.overlapsNoSend) {
    // A host that lacks the read by id never answers it.
    const isByUid = increment.customerNumber === '' || (!result.ok && result.isAnswered);
    const isLacking = isByUid && !result.ok && isCallRefused(result.error);
    // One refusal may be a gateway's.
    if (isLacking) known.memberRefusals += 1;
    const isFinal = known.memberRefusals >= MOST_REFUSALS;
    const againInMs = isLacking ? RETRY_REFUSED_MS : RETRY_MS;
    known.memberNotBeforeMs = isFinal ? Number.POSITIVE_INFINITY : clock.monotonicMs() + againInMs;
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
  const result = await parts.reader.log(increment.customerUid, 'probe');
  known.logAskedAtMs = askedAtMs;
  if (!result.ok) {
    const isRefused = result.error.kind === 'refused' || isCallRefused(result.error);
    known.logNotBeforeMs = parts.clock.monotonicMs() + (isRefused ? RETRY_REFUSED_MS : RETRY_MS);
    return;
  }
  known.log = {
    rows: explained(parts, increment, result.value),
    timesAsked: (known.log?.timesAsked ?? 0) + 1,
    askedAfterMs: askedAtMs - Math.max(known.endedAtMs, startedAtMs),
  };
}

function settleInvestigation(
  parts: DetectiveParts,
  increment: Increment,
  step: Extract<Step, { do: 'settle' | 'review' }>,
  known: Gathered,
): void {
  const { transitions, evidence, directory, clock, logger } = parts;
  const state = step.verdict.decision === 'applied' ? 'confirmed' : 'review';
  const content = { verdict: step.verdict, readings: known.readings, log: known.log };
  const last = known.readings.at(-1);
  // As old as its newest reading, which whoever acts on it must know.
  const ageMs = last === undefined ? 0 : clock.monotonicMs() - last.atMonotonicMs;
  evidence.keep(increment.id, Math.round(clock.nowMs() - ageMs), content);
  const unclear = step.verdict.decision === 'double' ? 'possible-double' : 'evidence-unclear';
  const cause = state === 'review' ? unclear : null;
  // The baseline lacks this increment, and must be gone before the entry is confirmed.
  if (state === 'confirmed') directory.forgetBaseline(increment.customerUid);
  const decision = { who: theProgram, reason: step.verdict.reasons.join(', '), evidence: content };
  if (transitions.decide(increment, { ...decision, state, cause }) === null) return;
  if (state === 'confirmed' && last !== undefined && step.verdict.reasons.includes('exact-movement')) {
    // The deciding reading includes it, and nothing was sent for the member since.
    directory.keepSums(increment.customerUid, last.balance, last.point, clock.nowMs());
  }
  logger.info('entry.decided', {
    sequence: increment.sequence,
    state,
    reasons: step.verdict.reasons.join(' '),
  });
}
