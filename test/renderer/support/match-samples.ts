import type { ShiftDay } from '../../../preload/contract/index.ts';

const atMs = Date.parse('2026-11-26T14:10:00Z');

const none = { entries: 0, rows: 0 };

/** Two days of a shift: one with something to look at, one that nobody matched yet. */
export const shiftDays: ShiftDay[] = [
  {
    day: '2026-11-26',
    match: {
      ...{ askedAtMs: atMs, by: 'Boss', isWhole: false },
      piles: {
        ...{ matched: { entries: 38, rows: 38 }, 'only-ours': { entries: 2, rows: 0 } },
        ...{ 'only-kybio': none, unclear: { entries: 1, rows: 2 } },
      },
    },
  },
  { day: '2026-11-25', match: null },
];
