import { describe, expect, it } from 'vitest';
import type { ShiftDay } from '../../../../preload/contract/index.ts';
import { daysToMatch, resultOf, verdictOf } from '../../../../renderer/day/shifts/match-words.ts';

type Match = NonNullable<ShiftDay['match']>;

const none = { entries: 0, rows: 0 };
const nothing: Match['piles'] = { matched: none, 'only-ours': none, 'only-kybio': none, unclear: none };
const of = (piles: Partial<Match['piles']>, isWhole = true, day = '2026-11-26'): ShiftDay => ({
  day,
  match: { askedAtMs: 1, by: 'Boss', isWhole, piles: { ...nothing, ...piles } },
});
const matched = { matched: { entries: 38, rows: 38 } };
const not = (day: string): ShiftDay => ({ day, match: null });

describe('how a day stands', () => {
  it.each([
    ['not', not('2026-11-26')],
    ['empty', of({})],
    ['good', of(matched)],
    ['part', of(matched, false)],
    ['look', of({ ...matched, 'only-ours': { entries: 2, rows: 0 } })],
    ['look', of({ 'only-kybio': { entries: 0, rows: 1 } }, false)],
    ['look', of({ ...matched, unclear: { entries: 1, rows: 2 } })],
  ] as const)('is %s', (verdict, day) => {
    expect(verdictOf(day)).toBe(verdict);
  });
});

it('what came of it is told by this till’s entries, and by rows where there are none of these', () => {
  const piles = {
    ...nothing,
    ...matched,
    ...{ 'only-ours': { entries: 1, rows: 0 }, 'only-kybio': { entries: 0, rows: 3 } },
    unclear: { entries: 1, rows: 2 },
  };
  expect(resultOf(piles)).toEqual({
    ...{ matched: 38, all: 40 },
    called: [
      { pile: 'only-ours', count: 1 },
      { pile: 'only-kybio', count: 3 },
      { pile: 'unclear', count: 1 },
    ],
  });
});

it('the days that are still to be matched are asked for first, and then all of them again', () => {
  expect(daysToMatch([])).toBeNull();
  expect(daysToMatch([of(matched, false, '2026-11-27'), of(matched)])).toEqual({
    ...{ from: '2026-11-27', to: '2026-11-27' },
  });
  expect(daysToMatch([not('2026-11-27'), not('2026-11-26')])).toEqual({
    ...{ from: '2026-11-26', to: '2026-11-27' },
  });
  expect(daysToMatch([of(matched, true, '2026-11-27'), of(matched)])).toEqual({
    ...{ from: '2026-11-26', to: '2026-11-27' },
  });
});
