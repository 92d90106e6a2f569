import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LogLine, OurEntry } from '../../../main/day/matching/compared.ts';
import { match } from '../../../main/day/matching/match.ts';
import { wallMs, wallTime } from '../../../main/day/matching/question.ts';
import { allOf, dayOf, pilesByDay, pilesOf } from '../../../main/day/matching/summary.ts';
import { sameMember } from '../../../main/hosts/port/member-id.ts';
import {
  type Amount,
  addAmounts,
  compareAmounts,
  entryStates,
  matchPiles,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { inputOf, neighbourUid, otherUid, ours, roundedUid, row, scope, uid } from './rows.ts';

const noonMs = Date.parse('2026-11-26T12:00:00Z');

/** A day and a bit on each side, mostly in clumps, so that much of it hangs together. */
const time = fc
  .tuple(fc.integer({ min: -13, max: 13 }), fc.constantFrom(0, 0, 1, 59, 61, 299, 301, 1_800, 3_600))
  .map(([hours, seconds]) => wallTime(noonMs + hours * 3_600_000 + seconds * 1_000));
const sum = fc.constantFrom('10', '10.00', '50', '-50', '0.01');
const who = fc.constantFrom(uid, uid, otherUid, neighbourUid);

const entry = fc
  .record({ time, sum, customerUid: who, state: fc.constantFrom(...entryStates), touched: fc.boolean() })
  .map((one) => ours({ ...one, endedAt: one.state === 'confirmed' ? one.time : null }));

const line = fc
  .record({
    datetime: fc.oneof({ weight: 9, arbitrary: time }, { weight: 1, arbitrary: fc.constant('2026-11-2') }),
    rechargeMoney: sum,
    customerUid: fc.constantFrom(uid, otherUid, roundedUid, neighbourUid, null),
    uid: fc.constantFrom(null, '1', '600000000000000000'),
    page: fc.nat(2),
  })
  .map(({ page, ...one }) => ({ page, row: row(one) }));

const lines = fc
  .array(line, { maxLength: 25 })
  .map((all) => all.map((one, place): LogLine => ({ ...one, place })));

const world = fc.record({
  // No two entries of a member have one second: the outbox gives none twice.
  entries: fc.uniqueArray(entry, { maxLength: 25, selector: (one) => `${one.customerUid} ${one.time}` }),
  lines,
  carriesOurTime: fc.boolean(),
});

const holds = (at: string): boolean => at >= scope.from && at <= scope.to;
const sumOf = (of: readonly { readonly sum: Amount }[]): Amount =>
  of.reduce((all, one) => addAmounts(all, one.sum), zeroAmount);

it('each entry and each row lies in one pile, once, and all of it adds up', () => {
  fc.assert(
    fc.property(world, ({ entries, lines: all, carriesOurTime }) => {
      const { matches } = match(inputOf(entries, all, { carriesOurTime }));
      const told = matches.flatMap((one) => one.entries);
      const rows = matches.flatMap((one) => one.lines.map(({ place }) => place));
      expect(new Set(told).size).toBe(told.length);
      expect(new Set(rows).size).toBe(rows.length);
      const wanted = entries.filter(
        (one) => holds(one.time) && one.state !== 'rejected' && one.state !== 'cancelled',
      );
      const isEnded = ({ state }: OurEntry) => state === 'rejected' || state === 'cancelled';
      expect(told.filter((one) => !isEnded(one)).sort(bySequence)).toEqual([...wanted].sort(bySequence));
      // No row of the day is lost, except those explained by entries of the days around it.
      const outside = match(inputOf(entries, all, { carriesOurTime, scope: { from: '', to: '9' } }));
      const explained = outside.matches
        .filter((one) => one.entries.length > 0 && one.entries.every((of) => !holds(of.time)))
        .flatMap((one) => one.lines.map(({ place }) => place));
      const known = new Set(outside.matches.flatMap((one) => one.lines.map(({ place }) => place)));
      for (const { place, row: of } of all)
        if (known.has(place) && holds(of.datetime) && !explained.includes(place))
          expect(rows).toContain(place);

      const piles = pilesOf(matches);
      const each = matchPiles.map((pile) => piles[pile]);
      const total = allOf(matches);
      expect(each.reduce((count, { entries: of }) => count + of, 0)).toBe(total.entries);
      expect(each.reduce((count, { rows: of }) => count + of, 0)).toBe(total.rows);
      expect(compareAmounts(sumOf(each.map(({ ours: of }) => ({ sum: of }))), total.ours)).toBe(0);
      expect(compareAmounts(sumOf(each.map(({ kybio: of }) => ({ sum: of }))), total.kybio)).toBe(0);
      expect(compareAmounts(sumOf(told), total.ours)).toBe(0);
    }),
    { numRuns: 400 },
  );
});

const bySequence = (left: OurEntry, right: OurEntry): number => left.sequence - right.sequence;

it('nothing is matched but a confirmed entry with one row of its member and its sum', () => {
  fc.assert(
    fc.property(world, ({ entries, lines: all, carriesOurTime }) => {
      const { matches } = match(inputOf(entries, all, { carriesOurTime }));
      for (const { pile, entries: mine, lines: rows } of matches) {
        if (pile === 'only-ours') expect([mine.length, rows.length]).toEqual([1, 0]);
        if (pile === 'only-kybio') expect([mine.length, rows.length]).toEqual([0, 1]);
        if (pile !== 'matched') continue;
        const [one, ...moreOurs] = mine;
        const [of, ...moreRows] = rows;
        expect([...moreOurs, ...moreRows]).toEqual([]);
        expect(one?.state).toBe('confirmed');
        expect(compareAmounts(one?.sum ?? zeroAmount, of?.sum ?? zeroAmount)).toBe(0);
        expect(sameMember(one?.customerUid ?? '', of?.row.customerUid ?? '')).toBe(true);
        if (carriesOurTime) expect(of?.row.datetime).toBe(one?.time);
      }
    }),
    { numRuns: 400 },
  );
});

it('a log that has each confirmed entry once, in whatever order, matches all of them', () => {
  const honest = fc.uniqueArray(entry, {
    maxLength: 30,
    selector: (one) => `${one.customerUid} ${one.time}`,
  });
  fc.assert(
    fc.property(honest, fc.infiniteStream(fc.nat()), (entries, chance) => {
      const confirmed = entries.filter(({ state }) => state === 'confirmed');
      const rows = confirmed.map((one, index) =>
        row({ datetime: one.time, rechargeMoney: one.sum, customerUid: one.customerUid, uid: `${index}` }),
      );
      const shuffled = rows
        .map((one) => ({ one, at: chance.next().value as number }))
        .sort((left, right) => left.at - right.at)
        .map(({ one }, place): LogLine => ({ place, page: 0, row: one }));
      const { matches } = match(inputOf(entries, shuffled, { isKnown: () => true }));
      const matched = matches.filter(({ pile }) => pile === 'matched').flatMap((one) => one.entries);
      const inside = confirmed.filter((one) => holds(one.time));
      expect([...matched].sort(bySequence)).toEqual([...inside].sort(bySequence));
      expect(matches.filter(({ lines: of, pile }) => pile !== 'matched' && of.length > 0)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('the piles of the days add up to those of all', () => {
  fc.assert(
    fc.property(world, ({ entries, lines: all }) => {
      const days = ['2026-11-25', '2026-11-26', '2026-11-27'];
      const wide = { from: '2026-11-25 00:00:00', to: '2026-11-27 23:59:59' };
      const { matches } = match(inputOf(entries, all, { scope: wide }));
      const byDay = [...pilesByDay(matches, days).values()];
      const dated = pilesOf(matches.filter((one) => dayOf(one) !== ''));
      for (const pile of matchPiles) {
        expect(byDay.reduce((count, piles) => count + piles[pile].rows, 0)).toBe(dated[pile].rows);
        expect(byDay.reduce((count, piles) => count + piles[pile].entries, 0)).toBe(dated[pile].entries);
      }
    }),
    { numRuns: 100 },
  );
});

it('nothing is matched with a row that is far from it, however much of one sum there is', () => {
  const second = fc.integer({ min: 0, max: 1_800 });
  const clump = fc.record({
    mine: fc.uniqueArray(second, { maxLength: 8 }),
    theirs: fc.array(second, { maxLength: 8 }),
  });
  const timeOf = (seconds: number): string => wallTime(noonMs + seconds * 1_000);
  fc.assert(
    fc.property(clump, ({ mine, theirs }) => {
      const entries = mine.map((at) => ours({ time: timeOf(at) }));
      const all = theirs.map(
        (at, place): LogLine => ({ place, page: 0, row: row({ datetime: timeOf(at) }) }),
      );
      for (const { pile, entries: one, lines: of } of match(inputOf(entries, all, { carriesOurTime: false }))
        .matches)
        if (pile === 'matched')
          expect(Math.abs((of[0]?.atMs ?? 0) - (wallMs(one[0]?.time ?? '') ?? 0))).toBeLessThanOrEqual(
            300_000,
          );
    }),
    { numRuns: 2_000 },
  );
});
