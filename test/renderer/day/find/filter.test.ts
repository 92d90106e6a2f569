import { describe, expect, it } from 'vitest';
import { amount, type EntryFilter, everyEntry, separators } from '../../../../preload/contract/index.ts';
import {
  cashiersOf,
  daysOf,
  isNarrowed,
  narrowings,
  readSums,
  spanOf,
  spans,
  widened,
} from '../../../../renderer/day/find/filter.ts';
import { countedOf } from '../../../../renderer/day/find/sums.ts';

const rules = { ...separators('en-SG'), decimals: 2, cap: amount('99999999999') };

describe('a sum as it is typed', () => {
  it.each([
    ['', null, null],
    ['50', '50', '50'],
    [' 1,200.50 ', '1200.50', '1200.50'],
    ['20-100', '20', '100'],
    ['20 – 100', '20', '100'],
    ['20..100', '20', '100'],
    ['20-', '20', null],
    ['-100', null, '100'],
    ['５０', '50', '50'],
  ])('%j is from %j to %j', (typed, least, most) => {
    expect(readSums(typed, rules)).toEqual({ least, most });
  });

  it.each(['fifty', '50.005', '100-20', '1-2-3', '-', '0', '20-x'])('%j is none', (typed) => {
    expect(readSums(typed, rules)).toBeUndefined();
  });
});

describe('days by a press', () => {
  it('are those of the store, over the ends of months and years', () => {
    expect(daysOf('yesterday', '2026-01-01')).toEqual({ fromDay: '2025-12-31', toDay: '2025-12-31' });
    expect(daysOf('week', '2026-03-03')).toEqual({ fromDay: '2026-02-25', toDay: '2026-03-03' });
    expect(daysOf('month', '2026-11-27')).toEqual({ fromDay: '2026-11-01', toDay: '2026-11-27' });
  });

  it('are known again', () => {
    const today = '2026-11-27';
    for (const span of spans) expect(spanOf({ ...everyEntry, ...daysOf(span, today) }, today)).toBe(span);
    expect(spanOf({ ...everyEntry, fromDay: '2026-11-03' }, today)).toBeNull();
  });
});

it('each part of a filter narrows it, and is taken away again', () => {
  const full: EntryFilter = {
    ...{ text: 'Mei', customerUid: '1', fromDay: '2026-11-26', toDay: null, sumOf: 'whole' },
    ...{
      least: amount('1'),
      most: null,
      cashier: 'x',
      tender: '',
      state: 'waiting',
      kind: 'award',
      shift: 0,
    },
  };
  expect(narrowings.filter((by) => isNarrowed(everyEntry, by))).toEqual([]);
  for (const by of narrowings) {
    expect(isNarrowed(full, by)).toBe(true);
    expect(isNarrowed({ ...full, ...widened(by) }, by)).toBe(false);
  }
});

it('what is found is counted as the drawer counts it: refused is not in it, a reversal is taken off apart', () => {
  const of = (state: string, isReversal: boolean, balance: string, bonus = '0') => ({
    ...{ line: 'sale', state, isReversal, entries: 2, balance, bonus, point: '1' },
  });
  const sums = [
    of('confirmed', false, '500', '20'),
    of('queued', false, '120'),
    of('confirmed', true, '-15'),
    of('queued', true, '-5'),
    of('rejected', false, '30'),
    of('cancelled', true, '-7'),
    { ...of('review', false, '110', '10'), line: 'taken-up' },
  ] as never;
  expect(countedOf(sums)).toEqual({
    ...{
      entries: 14,
      in: '600',
      bonus: '20',
      points: '2',
      takenBack: '20',
      open: '225',
      without: 4,
    },
    takenUp: '110',
  });
  expect(countedOf([])).toEqual({
    ...{ entries: 0, in: '0', bonus: '0', points: '0', takenBack: '0', open: '0', without: 0 },
    takenUp: '0',
  });
});

it('offers as cashiers who works here and who has entries, each once', () => {
  const found = [{ actor: 'Siti' }, { actor: 'Ahmad' }, { actor: 'Siti' }, { actor: '' }];
  expect(cashiersOf(['Mei', 'Siti'], found)).toEqual(['Ahmad', 'Mei', 'Siti']);
});
