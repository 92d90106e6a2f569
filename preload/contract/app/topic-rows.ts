import type { Entry } from '../ledger/entries.ts';
import type { Changes, Snapshot, Topics } from './topics.ts';

const named: Readonly<Record<keyof Topics, true>> = {
  mode: true,
  problem: true,
  journalProblem: true,
  closing: true,
  till: true,
  firstDay: true,
  link: true,
  budget: true,
  offline: true,
  counts: true,
  waiting: true,
  today: true,
  refusals: true,
  directory: true,
  practice: true,
  managerPinSet: true,
  managerUnlockedUntilMs: true,
  checkUp: true,
  disk: true,
  damage: true,
  backupProblem: true,
  backupPercent: true,
  restored: true,
  update: true,
  dataPlace: true,
  rules: true,
  people: true,
  receipts: true,
  shift: true,
  exportPercent: true,
  matching: true,
  chain: true,
};

/** Repeated here, since the page does not load the schema. */
export const topicNames = Object.keys(named) as readonly (keyof Topics)[];

/** The list after a change; unchanged rows, or an unchanged list, stay the same objects. */
export function applyRows(activity: readonly Entry[], { put, gone }: Changes['rows']): readonly Entry[] {
  if (put.length + gone.length === 0) return activity;
  const replaced = new Set([...gone, ...put.map(({ id }) => id)]);
  // References are numbers in order of entering.
  return [...activity.filter(({ id }) => !replaced.has(id)), ...put].sort(
    (a, b) => Number(b.reference) - Number(a.reference),
  );
}

export const applyChanges = (before: Snapshot, { number, topics, rows }: Changes): Snapshot => ({
  ...before,
  ...topics,
  revision: number,
  activity: [...applyRows(before.activity, rows)],
});
