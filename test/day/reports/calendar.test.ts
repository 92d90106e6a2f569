import fc from 'fast-check';
import { expect, it } from 'vitest';
import { comparedWith, dayRangeOf, daysOf, periodsTo } from '../../../main/day/reports/calendar.ts';
import { addDays } from '../../../main/kernel/store-time.ts';
import { spans } from '../../../preload/contract/index.ts';

const day = fc.integer({ min: 0, max: 36_500 }).map((by) => addDays('2000-01-01', by));

it('a week begins on Monday, and a month ends where it ends', () => {
  expect(dayRangeOf('2026-11-27', 'week')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
  expect(dayRangeOf('2026-11-23', 'week').from).toBe('2026-11-23');
  expect(dayRangeOf('2026-11-29', 'week').from).toBe('2026-11-23');
  expect(dayRangeOf('2028-02-29', 'month')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(dayRangeOf('2026-12-31', 'month')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
});

it('every day belongs to one period of a span, and the periods follow each other without a gap', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...spans), (today, span) => {
      const periods = periodsTo(today, span, 14);
      const days = periods.flatMap(daysOf);
      expect(days).toEqual(daysOf({ from: days[0] ?? '', to: days.at(-1) ?? '' }));
      expect(days).toContain(today);
      for (const one of days) expect(periods).toContainEqual(dayRangeOf(one, span));
    }),
    { numRuns: 200, seed: 20 },
  );
});

it('what runs is compared with as many days of the one before as are gone', () => {
  const today = '2026-11-25';
  const week = dayRangeOf(today, 'week');
  expect(comparedWith(week, 'week', today)).toEqual({ from: '2026-11-16', to: '2026-11-18' });
  expect(comparedWith(dayRangeOf('2026-11-16', 'week'), 'week', today)).toEqual({
    from: '2026-11-09',
    to: '2026-11-15',
  });
  // February has no 30th day.
  expect(comparedWith(dayRangeOf('2026-03-30', 'month'), 'month', '2026-03-30')).toEqual({
    from: '2026-02-01',
    to: '2026-02-28',
  });
  expect(comparedWith({ from: today, to: today }, 'day', today)).toEqual({
    from: '2026-11-24',
    to: '2026-11-24',
  });
});
