import type { FiguresRepository } from './figures-repository.ts';
import type { ShiftRecord } from './shift-record.ts';
import type { ShiftRepository } from './shift-repository.ts';
import { openOf } from './shift-steps.ts';

/** Each entry belongs to exactly one shift. */
export interface ShiftRanges {
  /** An open shift's up to now; null where there is no such shift. */
  shiftRange(number: number): { readonly from: number; readonly to: number } | null;
  /** Null for an entry before the first shift, or while the next is not open. */
  shiftOf(sequence: number): number | null;
}

interface RangesParts {
  readonly repository: Pick<ShiftRepository, 'rangeOf'>;
  readonly figures: Pick<FiguresRepository, 'lastSequence'>;
}

export function createRanges({ repository, figures }: RangesParts, record: () => ShiftRecord): ShiftRanges {
  const shiftRange: ShiftRanges['shiftRange'] = (number) => {
    const shift = openOf(record());
    if (!shift.ok || shift.value.number !== number) return repository.rangeOf(number);
    return { from: shift.value.fromSequence, to: figures.lastSequence() };
  };
  return {
    shiftRange,
    shiftOf: (sequence) => {
      const { lastClosed, lastTo } = record();
      const shift = openOf(record());
      if (sequence > lastTo) return shift.ok ? shift.value.number : null;
      let [low, high] = [1, lastClosed];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if ((repository.rangeOf(middle)?.to ?? 0) >= sequence) high = middle;
        else low = middle + 1;
      }
      const range = repository.rangeOf(low);
      return range !== null && sequence >= range.from && sequence <= range.to ? low : null;
    },
  };
}
