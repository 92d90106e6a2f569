import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendCandidate } from '../../main/ledger/types.ts';
import { allThrough, part } from '../../main/sending/backlog.ts';

const FREE_SINCE_MS = 1_000;
const HOUR_MS = 3_600_000;

const candidate = (sequence: number, customerUid: string, createdAtMs: number): SendCandidate => ({
  ...{ id: String(sequence), version: 1, sequence, customerUid, touched: false, createdAtMs },
  notBeforeMs: 0,
});
const sequences = (list: readonly SendCandidate[]) => list.map(({ sequence }) => sequence);

describe('what is made at the counter goes before what waited when KYBIO had no more calls', () => {
  it('and takes along what its member has waiting, in its order', () => {
    const of = [
      candidate(1, 'ann', 1),
      candidate(2, 'bob', 2),
      candidate(3, 'ann', 2_000),
      candidate(4, 'eve', 3_000),
    ];
    const { first, backlog } = part(of, FREE_SINCE_MS, 4_000);
    expect([sequences(first), sequences(backlog)]).toEqual([[1, 3, 4], [2]]);
  });

  it('whatever waits: none is lost, none of a member overtakes an older one of theirs', () => {
    const entries = fc.array(fc.record({ member: fc.constantFrom('a', 'b', 'c'), atMs: fc.nat(2_000) }));
    fc.assert(
      fc.property(entries, (drawn) => {
        const all = drawn.map(({ member, atMs }, at) => candidate(at, member, atMs));
        const { first, backlog } = part(all, FREE_SINCE_MS, 2_000);
        const order = [...first, ...backlog];
        expect(sequences(order).toSorted((a, b) => a - b)).toEqual(sequences(all));
        for (const member of ['a', 'b', 'c']) {
          const theirs = sequences(order.filter(({ customerUid }) => customerUid === member));
          expect(theirs).toEqual(theirs.toSorted((a, b) => a - b));
        }
        expect(backlog.every(({ createdAtMs }) => createdAtMs < FREE_SINCE_MS)).toBe(true);
      }),
    );
  });
});

describe('when all will be through', () => {
  const nowMs = 0;
  const freeAtMs = 10 * HOUR_MS;
  const day = { isPaused: false, aDay: 180, nowMs, freeAtMs };

  it.each([
    ['nothing waits', { ...day, waiting: 0 }, null],
    ['a few go today, one every quarter of an hour', { ...day, waiting: 4 }, { atMs: HOUR_MS, inDays: 0 }],
    ['the rest goes tomorrow', { ...day, waiting: 60 }, { atMs: freeAtMs, inDays: 1 }],
    [
      'none goes today where KYBIO has no more calls',
      { ...day, waiting: 4, isPaused: true },
      { atMs: freeAtMs, inDays: 1 },
    ],
    [
      'many take days',
      { ...day, waiting: 400, isPaused: true },
      { atMs: freeAtMs + 48 * HOUR_MS, inDays: 3 },
    ],
    [
      'also where nothing is spared of a day',
      { ...day, aDay: 0, waiting: 97, isPaused: true },
      { atMs: freeAtMs + 24 * HOUR_MS, inDays: 2 },
    ],
  ])('%s', (_, question, expected) => {
    expect(allThrough(question)).toEqual(expected);
  });
});
