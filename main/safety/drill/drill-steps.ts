import type { Amount, DrillHint, DrillStep, EntryState } from '../../../preload/contract/index.ts';

export interface DrillEntry {
  readonly id: string;
  readonly isTopUp: boolean;
  readonly customerUid: string;
  readonly amount: Amount;
  readonly createdAtMs: number;
  readonly state: EntryState;
}

/** As of now, however it came about. */
export interface DrillFacts {
  readonly plugIn: boolean;
  /** Oldest first. */
  readonly entries: readonly DrillEntry[];
}

/** What cannot be seen in the facts afterwards. */
export interface DrillProgress {
  /** The entry whose reply will be lost; null until two wait and the plug goes in. */
  readonly targetId: string | null;
  readonly lostId: string | null;
  readonly lostAtMs: number | null;
  readonly missed: Extract<DrillHint, 'early' | 'notLost'> | null;
}

export const beginDrill: DrillProgress = { targetId: null, lostId: null, lostAtMs: null, missed: null };

const ended: ReadonlySet<EntryState> = new Set(['confirmed', 'rejected', 'cancelled']);

/** Unknown to KYBIO: with the plug out a running send fails. */
const waitingOf = ({ entries }: DrillFacts): readonly DrillEntry[] =>
  entries.filter(({ isTopUp, state }) => isTopUp && (state === 'queued' || state === 'sending'));

/**
 * Called before the plug moves, so that no send is faster. The second waiting entry is the target: the first shows that
 * an outage alone loses nothing, and is sent before it.
 */
export function plugMoves(progress: DrillProgress, facts: DrillFacts, plugIn: boolean): DrillProgress {
  if (progress.lostId !== null) return progress;
  if (!plugIn) return { ...progress, missed: null };
  const second = waitingOf(facts)[1];
  if (second !== undefined) return { ...progress, targetId: second.id, missed: null };
  return { ...progress, targetId: null, missed: facts.plugIn ? progress.missed : 'early' };
}

/** KYBIO has applied it. */
export const replyWasLost = (progress: DrillProgress, atMs: number): DrillProgress => ({
  ...progress,
  lostId: progress.targetId,
  lostAtMs: atMs,
});

/** Starts over where the target ended without a lost reply. */
export function drillAfter(progress: DrillProgress, facts: DrillFacts): DrillProgress {
  if (progress.targetId === null || progress.lostId !== null) return progress;
  const target = facts.entries.find(({ id }) => id === progress.targetId);
  const isOver = target === undefined || ended.has(target.state);
  return isOver ? { ...progress, targetId: null, missed: 'notLost' } : progress;
}

export interface DrillNow {
  readonly step: DrillStep;
  readonly hint: DrillHint | null;
}

/** Derived from the facts, so that a cashier who does something else is led on from there. */
export function drillNow(progress: DrillProgress, facts: DrillFacts): DrillNow {
  if (progress.lostId !== null) return afterLoss(progress.lostId, facts);
  const { targetId, missed } = progress;
  if (facts.plugIn) {
    return targetId === null ? { step: 'unplug', hint: missed } : { step: 'checking', hint: null };
  }
  const waiting = waitingOf(facts).length;
  if (waiting >= 2) return { step: 'plug', hint: null };
  return { step: waiting === 0 ? 'first' : 'second', hint: null };
}

function afterLoss(lostId: string, { plugIn, entries }: DrillFacts): DrillNow {
  if (entries.some(({ state }) => state === 'review')) return { step: 'review', hint: null };
  const open = entries.filter(({ state }) => !ended.has(state));
  if (open.length === 0) return { step: 'end', hint: null };
  if (!plugIn) return { step: 'checking', hint: 'unplugged' };
  return { step: 'checking', hint: open.some(({ id }) => id === lostId) ? null : 'others' };
}
