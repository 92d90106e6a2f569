import type { EvidencePolicy, HostProfile } from '../hosts/index.ts';
import { decide, type Verdict } from './decide.ts';
import { provenDelayMs, stillnessMs, stillSinceMs } from './stillness.ts';
import type { Evidence, UndecidedEntry } from './undecided.ts';

/** After quiescence an entry that evidence does not settle waits this long for it, then a person is asked. */
export const UNDECIDED_MS = 900_000;

/** A reading that does not come is asked for again every half minute. */
const SECOND_READING_PATIENCE_MS = 120_000;

/** What is known of one entry whose answer was lost, as far as it has been looked into. Times are monotonic. */
export interface Investigation {
  readonly entry: UndecidedEntry;
  readonly evidence: Evidence;
  readonly quiescentAtMs: number;
  /** When the recharge log was last asked for, answered or not; null = not yet. */
  readonly logAskedAtMs: number | null;
  /** Neither is asked for before this, after an answer that did not come; infinite where none will. */
  readonly memberNotBeforeMs: number;
  readonly logNotBeforeMs: number;
  /** Since the first attempt, by the clock that says more: what a host's memory of duplicates is measured by. */
  readonly ageMs: number;
  /** The first attempt was itself refused as a duplicate: the second belongs to another increment. */
  readonly firstWasDuplicate: boolean;
  /** Sent again, it was rejected: that speaks of the later sending only, and would be said again. */
  readonly refusedAgain: boolean;
}

export type Step =
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'send-again' }
  | { readonly do: 'read-member' }
  | { readonly do: 'read-log' }
  | { readonly do: 'settle'; readonly verdict: Verdict }
  | { readonly do: 'review'; readonly verdict: Verdict };

/** What the call budget and the pauses leave open now. */
export interface May {
  readonly mayCall: boolean;
  readonly maySend: boolean;
  /** Since when KYBIO takes calls after it took none; null while it takes none, and nothing can be looked at. */
  readonly callsSinceMs?: number | null;
}

/**
 * Whether the same bytes may be sent again (protocol, "Where the host is proven to refuse
 * duplicates"): within half the greatest age at which the check-up saw a refusal.
 */
export function maySendAgain(of: Investigation, profile: HostProfile, policy: EvidencePolicy): boolean {
  const { duplicates } = profile;
  if (duplicates === null || !duplicates.rejectedStaysRejected || !policy.tillNumbersDeclared) return false;
  return (
    !of.firstWasDuplicate && !of.refusedAgain && of.ageMs >= 0 && of.ageMs <= duplicates.greatestAgeMs / 2
  );
}

/** What to do next about one. Pure: no evidence before quiescence, no call that the decision does not need. */
export function nextStep(
  of: Investigation,
  profile: HostProfile,
  policy: EvidencePolicy,
  monotonicMs: number,
  { mayCall, maySend, callsSinceMs = 0 }: May,
): Step {
  if (monotonicMs < of.quiescentAtMs) return { do: 'wait', untilMs: of.quiescentAtMs };
  const deadlineMs = Math.max(of.quiescentAtMs, callsSinceMs ?? 0) + UNDECIDED_MS;
  const again = maySendAgain(of, profile, policy);
  if (again && maySend) return { do: 'send-again' };
  // However long KYBIO is away: inside the proven age the answer to the same bytes tells. Where it answers and a
  // manager is needed before anything is sent, what can be read is looked at meanwhile.
  if (again && !mayCall) return { do: 'wait', untilMs: monotonicMs + UNDECIDED_MS };
  const verdict = decide(of.entry, of.evidence, profile, policy);
  if (verdict.decision !== 'ask') return { do: 'settle', verdict };
  // A manager could read nothing either.
  if (callsSinceMs === null) return { do: 'wait', untilMs: monotonicMs + UNDECIDED_MS };
  const lastMs = again
    ? deadlineMs
    : Math.max(deadlineMs, secondReadingUntilMs(of, profile, policy, verdict));
  if (monotonicMs >= lastMs) return { do: 'review', verdict: again ? withPaused(verdict) : verdict };
  if (!mayCall) return { do: 'wait', untilMs: lastMs };
  const looks = [memberLook(of, profile, policy, verdict), logLook(of, profile, policy, verdict)];
  const [look] = looks.filter((one) => one !== null).sort((one, other) => one.atMs - other.atMs);
  // The pause may end before the deadline, and then the same bytes tell after all.
  if (look === undefined) return again ? { do: 'wait', untilMs: deadlineMs } : { do: 'review', verdict };
  return monotonicMs >= look.atMs ? { do: look.do } : { do: 'wait', untilMs: Math.min(look.atMs, lastMs) };
}

/** What has begun to look still is read once more before a person is asked, with time to ask again. */
function secondReadingUntilMs(
  of: Investigation,
  profile: HostProfile,
  policy: EvidencePolicy,
  verdict: Verdict,
): number {
  const sinceMs = stillSinceMs(of.evidence);
  if (sinceMs === null || !verdict.reasons.includes('one-reading')) return 0;
  return sinceMs + stillnessMs(of.entry, of.evidence, profile, policy) + SECOND_READING_PATIENCE_MS;
}

/** A manager is told as well why the till did not find out as it otherwise would. */
const withPaused = (verdict: Verdict): Verdict => ({
  ...verdict,
  reasons: [...verdict.reasons, 'sending-paused'],
});

/** What could still settle it, and from when on it may be asked for. */
interface Look {
  readonly do: 'read-member' | 'read-log';
  readonly atMs: number;
}

function memberLook(
  of: Investigation,
  profile: HostProfile,
  policy: EvidencePolicy,
  verdict: Verdict,
): Look | null {
  const sinceMs = stillSinceMs(of.evidence);
  if (sinceMs === null) return { do: 'read-member', atMs: of.memberNotBeforeMs };
  if (!verdict.reasons.includes('one-reading')) return null;
  const secondAtMs = sinceMs + stillnessMs(of.entry, of.evidence, profile, policy);
  return { do: 'read-member', atMs: Math.max(secondAtMs, of.memberNotBeforeMs) };
}

function logLook(
  of: Investigation,
  { log: proven }: HostProfile,
  policy: EvidencePolicy,
  verdict: Verdict,
): Look | null {
  const { log, readings } = of.evidence;
  if (proven?.carriesOurTime !== true || !policy.tillNumbersDeclared) {
    // It decides nothing, and only adds to what the member's sums say: once, and not without them.
    const isAsked = of.logAskedAtMs !== null || readings.length === 0;
    return isAsked ? null : { do: 'read-log', atMs: of.logNotBeforeMs };
  }
  // It tells without the member's sums, and was given at the check-up: a refusal may be a gateway's, and passes.
  if (log === null) return { do: 'read-log', atMs: of.logNotBeforeMs };
  // Its row is there: read again, the log is still not silent.
  const logSaysSo = verdict.reasons.includes('log-row-of-our-time');
  const delayMs = provenDelayMs(of.entry, proven);
  if (logSaysSo || delayMs === null || log.timesAsked >= 2) return null;
  const secondAtMs = Math.max((of.logAskedAtMs ?? 0) + 1_000, of.quiescentAtMs + 2 * delayMs);
  return { do: 'read-log', atMs: Math.max(secondAtMs, of.logNotBeforeMs) };
}
