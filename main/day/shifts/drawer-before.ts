import {
  addAmounts,
  foldCells,
  reportCells,
  type ShiftOpening,
  type ShiftReport,
  zeroAmount,
} from '../../../preload/contract/index.ts';

// The last count holds until the drawer is counted again, however many shifts have theirs elsewhere.

export const nothingBefore: ShiftOpening = { counted: null, shift: null, uncounted: zeroAmount };

/** What the next shift finds after this Z. Pure. */
export function drawerAfter(z: ShiftReport, before = z.opening ?? nothingBefore): ShiftOpening {
  const counted = z.tenders.find(({ tender }) => tender === 'cash')?.counted ?? null;
  if (counted !== null) return { counted, shift: z.number, uncounted: zeroAmount };
  const { principal } = foldCells(reportCells(z)).lines.uncounted;
  return { ...before, uncounted: addAmounts(before.uncounted, principal) };
}
