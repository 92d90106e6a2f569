import type { EvidencePolicy, HostProfile } from '../hosts/index.ts';
import { decide, type Verdict } from './decide.ts';
import { provenDelayMs, unchangedForMs, unchangedSinceMs } from './unchanged-balance.ts';
import type { Evidence, UndecidedEntry } from './undecided.ts';

/** After the settling time an entry waits this long for evidence, then for a manager. */
export const UNDECIDED_MS = 900_000;

/** Time for a failed reading to be retried, every half minute. */
const SECOND_READING_WAIT_MS = 120_000;

/** What is known of an entry whose answer was lost. Times are monotonic. */
export interface Investigation {
  readonly entry: UndecidedEntry;
  readonly evidence: Evidence;
  readonly quiescentAtMs: number;
  /** When the log was last queried, answered or not; null if never. */
  readonly logAskedAtMs: number | null;
  /** No member read before this, after one without an answer; infinite if there will be none. */
  readonly memberNotBeforeMs: number;
  readonly logNotBeforeMs: number;
  /**
   * Time since the first attempt, by the longer of wall and monotonic time: compared with the host's memory of
   * duplicates.
   */
  readonly ageMs: number;
  /** The first attempt was itself refused as a duplicate: another increment has the send key. */
  readonly firstWasDuplicate: boolean;
  /** A resend was rejected or called a duplicate: that would be repeated. */
  readonly refusedAgain: boolean;
}

export type Step =
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'send-again' }
  | { readonly do: 'read-member' }
  | { readonly do: 'read-log' }
  | { readonly do: 'settle'; readonly verdict: Verdict }
  | { readonly do: 'review'; readonly verdict: Verdict };

/** What the call budget and the pauses allow. */
export interface May {
  readonly mayCall: boolean;
  readonly maySend: boolean;
  /** A resend waits for this monotonic time. */
  readonly sendsFromMs?: number;
  /** Since when KYBIO takes calls again; null while it takes none. */
  readonly callsSinceMs?: number | null;
}

/**
 * Whether the same bytes may be resent (protocol, "Where the host is proven to refuse duplicates"): within half the
 * greatest age at which the check-up saw a refusal.
 */
export function maySendAgain(of: Investigation, profile: HostProfile, policy: EvidencePolicy): boolean {
  const { duplicates } = profile;
  if (duplicates === null || !policy.tillNumbersDeclared) return false;
  return (
    !of.firstWasDuplicate && !of.refusedAgain && of.ageMs >= 0 && of.ageMs <= duplicates.greatestAgeMs / 2
  );
}

/** The next step. Pure: no evidence before the settling time, no call that the decision does not need. */
export function nextStep(
  of: Investigation,
  profile: HostProfile,
  policy: EvidencePolicy,
  monotonicMs: number,
  { mayCall, maySend, sendsFromMs = 0, callsSinceMs = 0 }: May,
): Step {
  if (monotonicMs < of.quiescentAtMs) return { do: 'wait', untilMs: of.quiescentAtMs };
  const deadlineMs = Math.max(of.quiescentAtMs, callsSinceMs ?? 0) + UNDECIDED_MS;
  const again = maySendAgain(of, profile, policy);
  if (again && maySend)
    return monotonicMs >= sendsFromMs ? { do: 'send-again' } : { do: 'wait', untilMs: sendsFromMs };
  // Within the proven age the answer to the same bytes decides, however long KYBIO is away. If it answers but sends
  // are paused, evidence is read meanwhile.
  if (again && !mayCall) return { do: 'wait', untilMs: monotonicMs + UNDECIDED_MS };
  const verdict = decide(of.entry, of.evidence, profile, policy);
  if (verdict.decision !== 'ask') return { do: 'settle', verdict };
  // A manager could not read anything either.
  if (callsSinceMs === null) return { do: 'wait', untilMs: monotonicMs + UNDECIDED_MS };
  const lastMs = again
    ? deadlineMs
    : Math.max(deadlineMs, secondReadingUntilMs(of, profile, policy, verdict));
  if (monotonicMs >= lastMs) return { do: 'review', verdict: again ? withPaused(verdict) : verdict };
  if (!mayCall) return { do: 'wait', untilMs: lastMs };
  const reads = [nextMemberRead(of, profile, policy, verdict), nextLogRead(of, profile, policy, verdict)];
  const [next] = reads.filter((one) => one !== null).sort((one, other) => one.atMs - other.atMs);
  // The pause may still end in time for a resend.
  if (next === undefined) return again ? { do: 'wait', untilMs: deadlineMs } : { do: 'review', verdict };
  return monotonicMs >= next.atMs ? { do: next.do } : { do: 'wait', untilMs: Math.min(next.atMs, lastMs) };
}

/** An unchanged balance gets its second reading, with time for a retry, before a manager is asked. */
function secondReadingUntilMs(
  of: Investigation,
  profile: HostProfile,
  policy: EvidencePolicy,
  verdict: Verdict,
): number {
  const sinceMs = unchangedSinceMs(of.evidence);
  if (sinceMs === null || !verdict.reasons.includes('one-reading')) return 0;
  return sinceMs + unchangedForMs(of.entry, of.evidence, profile, policy) + SECOND_READING_WAIT_MS;
}

/** Tells the manager why the till did not find out itself. */
const withPaused = (verdict: Verdict): Verdict => ({
  ...verdict,
  reasons: [...verdict.reasons, 'sending-paused'],
});

/** A read that may settle it, and its earliest time. */
interface NextRead {
  readonly do: 'read-member' | 'read-log';
  readonly atMs: number;
}

function nextMemberRead(
  of: Investigation,
  profile: HostProfile,
  policy: EvidencePolicy,
  verdict: Verdict,
): NextRead | null {
  const sinceMs = unchangedSinceMs(of.evidence);
  if (sinceMs === null) return { do: 'read-member', atMs: of.memberNotBeforeMs };
  if (!verdict.reasons.includes('one-reading')) return null;
  const secondAtMs = sinceMs + unchangedForMs(of.entry, of.evidence, profile, policy);
  return { do: 'read-member', atMs: Math.max(secondAtMs, of.memberNotBeforeMs) };
}

function nextLogRead(
  of: Investigation,
  { log: proven }: HostProfile,
  policy: EvidencePolicy,
  verdict: Verdict,
): NextRead | null {
  const { log, readings } = of.evidence;
  if (proven?.carriesOurTime !== true || !policy.tillNumbersDeclared) {
    // An unproven log only adds to the sums: read once, and not without them.
    const isAsked = of.logAskedAtMs !== null || readings.length === 0;
    return isAsked ? null : { do: 'read-log', atMs: of.logNotBeforeMs };
  }
  // A proven log decides without the sums; a refusal may be a gateway's, and passes.
  if (log === null) return { do: 'read-log', atMs: of.logNotBeforeMs };
  // Its row is there, and stays there.
  const logSaysSo = verdict.reasons.includes('log-row-of-our-time');
  const delayMs = provenDelayMs(of.entry, proven);
  if (logSaysSo || delayMs === null || log.timesAsked >= 2) return null;
  const secondAtMs = Math.max((of.logAskedAtMs ?? 0) + 1_000, of.quiescentAtMs + 2 * delayMs);
  return { do: 'read-log', atMs: Math.max(secondAtMs, of.logNotBeforeMs) };
}
