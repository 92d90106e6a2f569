import { anAnswerHelps, isWaiting, type LinkState } from '../hosts/link/index.ts';
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

/** An attempt costs two writes: after so many failed connections probes go first, which write nothing. */
const MOST_TRIES_OFFLINE = 6;

/** Whether a change of the link can change the plan; most answers do not. */
export const mayChangePlan = (before: LinkState, after: LinkState): boolean =>
  before.reach !== after.reach || before.pauses !== after.pauses || before.backoff !== after.backoff;

/** Whether a due entry may still begin after a wait. */
export const mayBegin = ({ backoff, pauses }: LinkState, monotonicMs: number): boolean =>
  !isWaiting(backoff, monotonicMs) && pauses.length === 0;

/** What to do next. Pure. */
export function plan(input: PlanInput): Plan {
  const { link, monotonicMs } = input;
  const { untilMonotonicMs, failures } = link.backoff;
  if (isWaiting(link.backoff, monotonicMs))
    return { send: [], probe: false, wakeInMs: untilMonotonicMs - monotonicMs };
  const mayProbe = !input.probing && !input.isSending;
  if (link.pauses.length > 0) return { send: [], probe: anAnswerHelps(link) && mayProbe, wakeInMs: null };
  // The oldest queued entry whose member nothing blocks (protocol rule 3): a member's first is the oldest.
  const due = input.candidates.find(({ customerUid }) => !input.busyMembers.has(customerUid));
  const isOffline = link.reach === 'offline';
  const isLongOffline = isOffline && failures >= MOST_TRIES_OFFLINE;
  const send = due === undefined || input.isSending || (isLongOffline && input.mayAsk) ? [] : [due];
  return { send, probe: isOffline && send.length === 0 && mayProbe, wakeInMs: null };
}
