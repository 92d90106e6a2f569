import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkDays, MARGIN_MS, rangesOf, wallMs, wallTime } from '../../../main/day/matching/question.ts';
import { addDays } from '../../../main/kernel/store-time.ts';

const today = '2026-11-27';
const days = (from: string, to: string) => checkDays({ of: 'days', from, to }, today);

it('takes a day, and up to 31 of them, and not one more', () => {
  expect(days(today, today)).toEqual({ ok: true, value: 1 });
  expect(days('2026-10-28', today)).toEqual({ ok: true, value: 31 });
  expect(days('2026-10-27', today)).toEqual({
    ok: false,
    error: { code: 'match-too-long', details: { most: '31', days: '32' } },
  });
});

it.each([
  ['2026-11-31', '2026-11-31', 'match-days-invalid'],
  ['2026-02-30', '2026-03-01', 'match-days-invalid'],
  ['2026-11-27', '2026-11-26', 'match-days-invalid'],
  ['2026-11-27', '2026-11-28', 'match-in-future'],
])('refuses %s to %s: %s', (from, to, code) => {
  expect(days(from, to)).toMatchObject({ ok: false, error: { code } });
});

it('asks for parts of at most 31 days that leave no second out and have none twice', () => {
  const day = fc.integer({ min: 0, max: 700 }).map((after) => addDays('2025-01-01', after));
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 30 }), (from, more) => {
      const ranges = rangesOf({ of: 'days', from, to: addDays(from, more) });
      const at = (time: string) => wallMs(time) ?? Number.NaN;
      // The first second of the day is asked for, since KYBIO leaves out the one at which a part begins.
      expect(at(ranges[0]?.since ?? '')).toBe(at(`${from} 00:00:00`) - 1_000 - MARGIN_MS);
      expect(at(ranges.at(-1)?.until ?? '')).toBe(at(`${addDays(from, more)} 23:59:59`) + MARGIN_MS);
      for (const [index, { since, until }] of ranges.entries()) {
        expect(at(until) - at(since)).toBeLessThanOrEqual(31 * 86_400_000);
        if (index > 0) expect(since).toBe(ranges[index - 1]?.until);
      }
    }),
  );
});

it('reads a time of the wall and writes it as it was, and nothing else', () => {
  expect(wallTime(wallMs('2026-11-26 23:59:59') ?? 0)).toBe('2026-11-26 23:59:59');
  for (const text of ['2026-11-26', '2026-11-26 24:00:00', '2026-02-30 10:00:00', '26.11.2026 10:00:00', ''])
    expect(wallMs(text)).toBeNull();
});
