import { describe, expect, it } from 'vitest';
import {
  CALL_COUNT_KEY,
  countTurn,
  loadCallCount,
  storedCount,
} from '../../../main/hosts/calls/call-count.ts';
import { addDays } from '../../../main/kernel/store-time.ts';

/** A day's minutes from half past ten to half past eight in the evening. */
const minutes = Array.from({ length: 600 }, (_, minute) => 630 + minute);

/** The turns of a day, with whose they are, as each till sees them by itself. */
const turnsOf = (day: string, tillCount: number) =>
  Array.from({ length: tillCount }, (_, index) => index + 1).flatMap((tillNumber) => {
    const turns = minutes.map((minute) => countTurn({ day, minute }, { tillNumber, tillCount }));
    return [...new Set(turns)].flatMap((turn) => (turn === null ? [] : [{ turn, tillNumber }]));
  });

describe('whose turn it is to ask', () => {
  it.each([1, 3, 12, 80])('of %i tills: three a day for the account, and each in turn', (tillCount) => {
    const cycle = Math.ceil(tillCount / 3) + 1;
    const asked = new Map<number, number>();
    for (let day = 0; day < cycle; day += 1) {
      const turns = turnsOf(addDays('2026-11-28', day), tillCount);
      expect(turns).toHaveLength(3);
      expect(new Set(turns.map(({ turn }) => turn)).size).toBe(3);
      for (const { tillNumber } of turns) asked.set(tillNumber, (asked.get(tillNumber) ?? 0) + 1);
    }
    const times = Array.from({ length: tillCount }, (_, index) => asked.get(index + 1) ?? 0);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(tillCount === 1 ? 0 : 3);
  });

  it('goes on from day to day with the next till, by the days since 1970', () => {
    const owners = (day: string) =>
      turnsOf(day, 12)
        .sort((one, other) => one.turn - other.turn)
        .map(({ tillNumber }) => tillNumber);
    expect([owners('1970-01-01'), owners('1970-01-02'), owners('1970-01-04'), owners('1970-01-05')]).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [10, 11, 12],
      [1, 2, 3],
    ]);
  });

  it.each([
    [10 * 60 + 59, null],
    [11 * 60, null],
    [11 * 60 + 1, 0],
    [11 * 60 + 59, 0],
    [12 * 60, null],
    [15 * 60 + 1, 1],
    [16 * 60, null],
    [19 * 60 + 59, 2],
    [20 * 60, null],
    [0, null],
  ])('begins at its hour and is over after it: minute %i', (minute, turn) => {
    expect(countTurn({ day: '1970-01-01', minute }, { tillNumber: 1, tillCount: 1 })).toBe(turn);
  });

  it('is half an hour at least, wherever in it a till begins', () => {
    for (let tillNumber = 1; tillNumber <= 80; tillNumber += 1) {
      const day = addDays('1970-01-01', Math.floor((tillNumber - 1) / 3));
      const mine = { tillNumber, tillCount: 80 };
      const turn = minutes.filter((minute) => countTurn({ day, minute }, mine) !== null);
      expect(turn.length).toBeGreaterThan(30);
      expect(turn.length).toBeLessThanOrEqual(60);
    }
  });

  it('is no turn of a number that there is not', () => {
    expect(countTurn({ day: '1970-01-01', minute: 700 }, { tillNumber: 4, tillCount: 3 })).toBeNull();
  });
});

describe('what is kept of the account’s count', () => {
  const told = [
    { day: '2026-11-28', limit: 300, used: 300 },
    { day: '2026-11-29', limit: 300, used: 41 },
    { day: '2026-11-30', limit: null, used: 7 },
  ];
  const of = (today: string) => storedCount(told, { today, mine: 3, atMs: 5 });
  const load = (text: string | null) =>
    loadCallCount({ get: (key) => (key === CALL_COUNT_KEY ? text : null) });

  it('is today’s, with the days before it, and is read as it was kept', () => {
    const kept = of('2026-11-30');
    expect(kept).toEqual({ ...told[2], mine: 3, atMs: 5, before: told.slice(0, 2) });
    expect(load(JSON.stringify(kept))).toEqual(kept);
    expect(of('2026-11-29')?.before).toEqual(told.slice(0, 1));
  });

  it('is nothing where the host tells nothing of today', () => {
    expect(of('2026-12-01')).toBeNull();
  });

  const good = { day: '2026-11-30', limit: 300, used: 7, mine: 3, atMs: 5, before: [] };
  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['no object', '[]'],
    ['a day that is none', JSON.stringify({ ...good, day: 'today' })],
    ['less than nothing', JSON.stringify({ ...good, used: -1 })],
    ['a part of a call', JSON.stringify({ ...good, mine: 0.5 })],
    ['more than there can be', JSON.stringify({ ...good, limit: 1_000_000_001 })],
    ['no limit at all', JSON.stringify({ ...good, limit: undefined })],
    ['too many days', JSON.stringify({ ...good, before: Array.from({ length: 8 }, () => told[0]) })],
  ])('is nothing in %s', (_name, text) => {
    expect(load(text)).toBeNull();
  });
});
