import { expect, it } from 'vitest';
import { matchedOf } from '../../../main/day/matching/matched.ts';
import { pilesOf } from '../../../main/day/matching/summary.ts';
import { unknownHost } from '../../../main/hosts/index.ts';

const nothing = pilesOf([]);
/** Asked at eight on the third, in Singapore. */
const askedAtMs = Date.UTC(2026, 11, 3);
const match = { askedAtMs, by: null, piles: nothing };
const one = { ...nothing.matched, entries: 1 };

const of = (days: readonly string[], found = match, profile = unknownHost) =>
  matchedOf(days, (day) => (day === '2026-12-01' ? null : found), profile, 'Asia/Singapore');

it('a Z is matched where KYBIO was asked about each of its days once the day was over', () => {
  expect(of(['2026-12-02'])).toEqual({ is: 'matched', toCheck: 0 });
  expect(of(['2026-12-03'])).toEqual({ is: 'not-yet' });
  expect(of(['2026-12-02', '2026-12-01'])).toEqual({ is: 'not-yet' });
});

it('says what a matching left open, an entry with its rows once', () => {
  const piles = { ...nothing, unclear: { ...one, rows: 2 }, 'only-kybio': { ...nothing.matched, rows: 3 } };
  expect(of(['2026-12-02'], { ...match, piles })).toEqual({ is: 'matched', toCheck: 4 });
});

it('cannot be matched where the check-up did not see this till’s top-ups in the log', () => {
  const checked = { ...unknownHost, checkedAtMs: 1 };
  expect(of(['2026-12-01'], match, checked)).toEqual({ is: 'impossible' });
  expect(of(['2026-12-02'], match, checked)).toEqual({ is: 'matched', toCheck: 0 });
});
