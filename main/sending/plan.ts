import { anAnswerHelps, heldBackForMs, isEased, isOneAtATime, type LinkState } from '../hosts/link/index.ts';
import type { SendCandidate } from '../ledger/index.ts';

export interface PlanInput {
  readonly link: LinkState;
  /** Queued entries, oldest first. */
  readonly candidates: readonly SendCandidate[];
  /** Members with an entry that is `sending` or `unknown`. */
  readonly busyMembers: ReadonlySet<string>;
  readonly inFlight: number;
  readonly parallel: number;
  readonly probing: boolean;
  /** Whether KYBIO may be asked instead of trying an entry. */
  readonly mayAsk: boolean;
  readonly nowMs: number;
  readonly monotonicMs: number;
}

export interface Plan {
  readonly send: readonly SendCandidate[];
  /** Ask KYBIO something harmless: a read ends a pause, and tells whether the way is open. */
  readonly probe: boolean;
  /** When to plan again if nothing else happens; null = only when something happens. */
  readonly wakeInMs: number | null;
}

/** KYBIO's Retry-After is honoured up to an hour; a later moment comes from a clock that jumped. */
const LONGEST_HOLD_MS = 3_660_000;

/** Each try of an entry is written down twice: where so many running met no network, a question goes ahead, which writes nothing. */
const MOST_TRIES_OFFLINE = 6;

/** Whether what may be done has changed: most answers change only when the last one was. */
export const mayChangePlan = (before: LinkState, after: LinkState): boolean =>
  before.reach !== after.reach ||
  before.pauses !== after.pauses ||
  before.brake !== after.brake ||
  before.suspicion !== after.suspicion ||
  before.retryAtMonotonicMs !== after.retryAtMonotonicMs;

/** Whether an entry that was due may still begin, after what was waited for before it. */
export const mayBegin = (
  { retryAtMonotonicMs, pauses, suspicion, brake }: LinkState,
  monotonicMs: number,
): boolean =>
  retryAtMonotonicMs <= monotonicMs &&
  pauses.length === 0 &&
  suspicion === null &&
  heldBackForMs(brake, monotonicMs) === 0;

/** What to do next. Pure: the same world gives the same plan. */
export function plan(input: PlanInput): Plan {
  const { link, monotonicMs } = input;
  const waitMs = Math.max(0, link.retryAtMonotonicMs - monotonicMs);
  const paused = link.pauses.length > 0;
  if (waitMs > 0) return { send: [], probe: false, wakeInMs: waitMs };
  const mayProbe = !input.probing && input.inFlight === 0;
  if (paused) return { send: [], probe: anAnswerHelps(link) && mayProbe, wakeInMs: null };
  // What may be said to every call would be said to an increment too.
  if (link.suspicion !== null) return { send: [], probe: mayProbe, wakeInMs: null };
  const heldBackMs = heldBackForMs(link.brake, monotonicMs);
  // While neither the way nor the increment call is proven one entry goes ahead of the others.
  const isProven = link.reach === 'online' && !isEased(link.easing) && !isOneAtATime(link.brake, monotonicMs);
  const room = Math.max(0, (isProven ? input.parallel : Math.min(1, input.parallel)) - input.inFlight);
  const { due, wakeInMs } =
    heldBackMs > 0
      ? { due: [], wakeInMs: input.candidates.length > 0 ? heldBackMs : null }
      : dueCandidates(input, Math.max(1, room));
  const isOffline = link.reach === 'offline';
  const isLongOffline = isOffline && link.connectFailures >= MOST_TRIES_OFFLINE;
  const send = isLongOffline && input.mayAsk ? [] : due.slice(0, room);
  return { send, probe: isOffline && send.length === 0 && mayProbe, wakeInMs };
}

/**
 * The oldest queued entry of every member that nothing holds back (protocol rule 3), so many at most: thousands may
 * wait, and the end of any that go is the next moment to look.
 */
function dueCandidates(input: PlanInput, most: number): { due: SendCandidate[]; wakeInMs: number | null } {
  const seen = new Set<string>(input.busyMembers);
  const due: SendCandidate[] = [];
  let wakeInMs: number | null = null;
  for (const candidate of input.candidates) {
    if (due.length === most) break;
    if (seen.has(candidate.customerUid)) continue;
    seen.add(candidate.customerUid);
    const holdMs = candidate.notBeforeMs - input.nowMs;
    if (holdMs <= 0 || holdMs > LONGEST_HOLD_MS) due.push(candidate);
    else wakeInMs = Math.min(wakeInMs ?? holdMs, holdMs);
  }
  return { due, wakeInMs };
}
