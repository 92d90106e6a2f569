import { type Cell, without } from '../../../preload/contract/index.ts';
import type { Steps } from '../../kernel/steps.ts';
import type { ListedCell, ZFacts } from './z-facts.ts';

/** Cells that correct a report's sums, so that an entry's end counts once whichever reports are known. */
export type Adjustment = (z: ZFacts) => readonly Cell[];

interface End {
  readonly z: ZFacts;
  readonly cell: ListedCell;
}

/** As the reports of one till follow each other; a restored one may give a number again. */
const byClose = ({ z: one }: End, { z: other }: End): number =>
  one.number - other.number || one.closedAtMs - other.closedAtMs;

/** Sent is sent, though a restored till may say otherwise; else the first end counts. */
const endOf = (told: readonly ListedCell[]): readonly Cell[] =>
  [told.find(({ state }) => state === 'confirmed') ?? told[0]].filter((cell) => cell !== undefined);

const takenOff = (cell: Cell): Cell => ({ ...cell, ...without(cell) });

/** A till that was put back from a backup settles again what a report settled already (ADR 63). Pure. */
export function* settledAgain(zs: readonly ZFacts[]): Steps<Adjustment> {
  const ends = new Map<string, End[]>();
  for (const z of zs)
    for (const cell of z.late) ends.set(cell.id, [...(ends.get(cell.id) ?? []), { z, cell }]);
  yield;
  const adjustments = new Map<ZFacts, Cell[]>();
  for (const all of ends.values()) {
    if (all.length === 1) continue;
    const told: ListedCell[] = [];
    for (const { z, cell } of [...all].sort(byClose)) {
      const before = endOf(told);
      told.push(cell);
      const cells = [...endOf(told), ...[...before, cell].map(takenOff)];
      adjustments.set(z, [...(adjustments.get(z) ?? []), ...cells]);
    }
  }
  return (z) => adjustments.get(z) ?? [];
}
