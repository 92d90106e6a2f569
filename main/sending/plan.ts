import { anAnswerHelps, heldBackForMs, type LinkState } from '../hosts/link/index.ts';
import type { SendCandidate } from '../ledger/index.ts';

export interface PlanInput {
  readonly link: LinkState;
  /** Queued entries, oldest first. */
  readonly candidates: readonly SendCandidate[];
  /** Members with an entry that is `sending` or `unknown`. */
  readonly busyMembers: ReadonlySet<string>;
  /** An entry has the lane: it is on its way, or is about to be. */
  readonly isSending: boolean;
  readonly probing: boolean;
  /** Whether a probe may be sent instead of an entry. */
  readonly mayAsk: boolean;
  readonly nowMs: number;
  readonly monotonicMs: number;
}

export interface Plan {
  /** At most one. */
  readonly send: readonly SendCandidate[];
  /** Send a probe: an answer ends a pause, and shows that KYBIO is reachable. */
  readonly probe: boolean;
  /** When to plan again without an event; null for never. */
  readonly wakeInMs: number | null;
}

/** KYBIO's Retry-After counts up to an hour; a later moment comes from a clock that jumped. */
const LONGEST_HOLD_MS = 3_660_000;

/** An attempt costs two writes: after so many failed connections probes go first, which write nothing. */
const MOST_TRIES_OFFLINE = 6;

/** Whether a change of the link can change the plan; most answers do not. */
export const mayChangePlan = (before: LinkState, after: LinkState): boolean =>
  before.reach !== after.reach ||
  before.pauses !== after.pauses ||
  before.failureBackoff !== after.failureBackoff ||
  before.retryAtMonotonicMs !== after.retryAtMonotonicMs;

/** Whether a due entry may still begin after a wait. */
export const mayBegin = (
  { retryAtMonotonicMs, pauses, failureBackoff }: LinkState,
  monotonicMs: number,
): boolean =>
  retryAtMonotonicMs <= monotonicMs &&
  pauses.length === 0 &&
  heldBackForMs(failureBackoff, monotonicMs) === 0;

/** What to do next. Pure. */
export function plan(input: PlanInput): Plan {
  const { link, monotonicMs } = input;
  const waitMs = Math.max(0, link.retryAtMonotonicMs - monotonicMs);
  const paused = link.pauses.length > 0;
  if (waitMs > 0) return { send: [], probe: false, wakeInMs: waitMs };
  const mayProbe = !input.probing && !input.isSending;
  if (paused) return { send: [], probe: anAnswerHelps(link) && mayProbe, wakeInMs: null };
  const heldBackMs = heldBackForMs(link.failureBackoff, monotonicMs);
  const { due, wakeInMs } =
    heldBackMs > 0
      ? { due: null, wakeInMs: input.candidates.length > 0 ? heldBackMs : null }
      : dueCandidate(input);
  const isOffline = link.reach === 'offline';
  const isLongOffline = isOffline && link.connectFailures >= MOST_TRIES_OFFLINE;
  const send = due === null || input.isSending || (isLongOffline && input.mayAsk) ? [] : [due];
  return { send, probe: isOffline && send.length === 0 && mayProbe, wakeInMs };
}

/** The oldest queued entry whose member nothing blocks (protocol rule 3). */
function dueCandidate(input: PlanInput): { due: SendCandidate | null; wakeInMs: number | null } {
  const seen = new Set<string>(input.busyMembers);
  let wakeInMs: number | null = null;
  for (const candidate of input.candidates) {
    if (seen.has(candidate.customerUid)) continue;
    seen.add(candidate.customerUid);
    const holdMs = candidate.notBeforeMs - input.nowMs;
    if (holdMs <= 0 || holdMs > LONGEST_HOLD_MS) return { due: candidate, wakeInMs };
    wakeInMs = Math.min(wakeInMs ?? holdMs, holdMs);
  }
  return { due: null, wakeInMs };
}
