import type { Amount, DrillHint, DrillStep, EntryState } from '../../../preload/contract/index.ts';

/** An entry that was made since the drill began. */
export interface DrillEntry {
  readonly id: string;
  readonly isTopUp: boolean;
  readonly customerUid: string;
  readonly amount: Amount;
  readonly createdAtMs: number;
  readonly state: EntryState;
}

/** What is so now, whoever did it and by whichever way. */
export interface DrillFacts {
  readonly plugIn: boolean;
  /** Oldest first. */
  readonly entries: readonly DrillEntry[];
}

/** What cannot be seen any more once it is over. */
export interface DrillProgress {
  /** The entry whose reply is to be lost; null until two wait and the plug goes in. */
  readonly targetId: string | null;
  readonly lostId: string | null;
  readonly lostAtMs: number | null;
  readonly missed: Extract<DrillHint, 'early' | 'notLost'> | null;
}

export const beginDrill: DrillProgress = { targetId: null, lostId: null, lostAtMs: null, missed: null };

const ended: ReadonlySet<EntryState> = new Set(['confirmed', 'rejected', 'cancelled']);

/** Not heard of by KYBIO: with the plug out one that is being sent comes to nothing. */
const waitingOf = ({ entries }: DrillFacts): readonly DrillEntry[] =>
  entries.filter(({ isTopUp, state }) => isTopUp && (state === 'queued' || state === 'sending'));

/**
 * Asked before the plug moves, so that no send is quicker. The second of those that wait is the one: the first shows that
 * an outage alone loses nothing, and goes before it also where both are of one member.
 */
export function plugMoves(progress: DrillProgress, facts: DrillFacts, plugIn: boolean): DrillProgress {
  if (progress.lostId !== null) return progress;
  if (!plugIn) return { ...progress, missed: null };
  const second = waitingOf(facts)[1];
  if (second !== undefined) return { ...progress, targetId: second.id, missed: null };
  return { ...progress, targetId: null, missed: facts.plugIn ? progress.missed : 'early' };
}

/** KYBIO has it, and its reply goes nowhere. */
export const replyWasLost = (progress: DrillProgress, atMs: number): DrillProgress => ({
  ...progress,
  lostId: progress.targetId,
  lostAtMs: atMs,
});

/** What has become of the entries: where the chosen one ended without a loss, it begins anew. */
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

/** Where it stands: a picture of the facts, so that whoever does something else is led on from there. */
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
