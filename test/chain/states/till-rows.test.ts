import { describe, expect, it } from 'vitest';
import { verdict } from '../../../main/app/status/status-verdict.ts';
import type { ReadState } from '../../../main/chain/states/state-reader.ts';
import { missingNumbers, tillRows } from '../../../main/chain/states/till-rows.ts';
import type { TillState } from '../../../main/chain/states/till-state.ts';
import { stateOf, tillIdOf } from '../../kit/till-state.ts';

const MIN = 60_000;
const nowMs = 1_800_000_000_000;

const read = (state: Partial<TillState> & { number: number }, of: Partial<ReadState> = {}): ReadState => ({
  state: stateOf(state),
  seenAtMs: nowMs - MIN,
  aheadMs: 0,
  ...of,
});
const rows = (states: readonly ReadState[], unused: readonly string[] = []) =>
  tillRows(states, { verdict, nowMs, own: tillIdOf(1), unused: new Set(unused), skewLimitMs: 300_000 });
const reasons = (state: Partial<TillState>, of: Partial<ReadState> = {}) => {
  const [row] = rows([read({ number: 1, ...state }, of)]);
  return [row?.result, ...(row?.reasons ?? [])];
};
const entries = (change: object) => ({
  status: { ...stateOf().status, entries: { ...stateOf().status.entries, ...change } },
});

describe('the owner’s list', () => {
  it('has what somebody has to do something about first, then what is worth a look, then the rest by number', () => {
    const list = rows([
      read({ number: 4 }),
      read({ number: 3 }),
      read({ number: 2, version: '0.8.0' }),
      read({ number: 1, ...entries({ needsReview: 2 }) }),
    ]);
    expect(list.map(({ number, result }) => [number, result])).toEqual([
      [1, 'somebody'],
      [2, 'look'],
      [3, 'well'],
      [4, 'well'],
    ]);
    expect(list[0]).toMatchObject({ isHere: true, reasons: ['needs-review'], entries: { needsReview: 2 } });
    expect(list[1]).toMatchObject({ isHere: false, reasons: ['version-behind'] });
  });

  it('says silent after a quarter of an hour, and makes it worth a look after a night', () => {
    const at = (seenAtMs: number) => rows([read({ number: 1 }, { seenAtMs })])[0];
    expect(at(nowMs - 14 * MIN)).toMatchObject({ isSilent: false, result: 'well' });
    expect(at(nowMs - 15 * MIN)).toMatchObject({ isSilent: true, result: 'well' });
    expect(at(nowMs - 26 * 60 * MIN)).toMatchObject({ isSilent: true, result: 'look', reasons: ['silent'] });
  });

  it('judges a till’s times by its own clock, and goes on counting while it is silent', () => {
    const oldestUnsentAtMs = nowMs - 200 * MIN - 10 * MIN;
    const slow = { atMs: nowMs - 200 * MIN, ...entries({ waiting: 1, oldestUnsentAtMs }) };
    expect(reasons(slow)).toEqual(['well']);
    expect(reasons(slow, { seenAtMs: nowMs - 30 * MIN })).toEqual(['somebody', 'unsent-long']);
  });

  it('names what only somebody sees who has all tills before them', () => {
    expect(reasons({ copyAtMs: nowMs - MIN, atMs: nowMs })).toEqual(['somebody', 'id-twice']);
    expect(reasons({ copyAtMs: nowMs - 25 * 60 * MIN, atMs: nowMs })).toEqual(['well']);
    // Nor is it told of a till that was closed soon after.
    const closed = { copyAtMs: nowMs - 25 * 60 * MIN, atMs: nowMs - 24 * 60 * MIN };
    expect(reasons(closed, { seenAtMs: nowMs - 24 * 60 * MIN })).toEqual(['well']);
    expect(reasons({}, { aheadMs: 300_000 })).toEqual(['look', 'clock-off']);
    expect(rows([read({ number: 1 })], [tillIdOf(1)])[0]?.reasons).toEqual(['file-not-used']);
    const behind = rows([read({ number: 1, shopVersion: 4 }), read({ number: 2, shopVersion: null })]);
    expect(behind.map(({ number, reasons: why }) => [number, ...why])).toEqual([[2, 'shop-behind'], [1]]);
    const versions = ['0.9.0', '0.10.1', '0.10.0', 'nonsense'].map((version, at) =>
      read({ number: at + 1, version }),
    );
    expect(rows(versions).filter(({ reasons: why }) => why.includes('version-behind'))).toHaveLength(2);
  });

  it('finds a number that two tills use, and not where one of them is silent for good', () => {
    const twin = (of: Partial<ReadState> = {}) => read({ number: 1, tillId: tillIdOf(9), name: 'Bar' }, of);
    const twice = (list: readonly ReadState[]) =>
      rows(list).filter(({ reasons: why }) => why.includes('number-twice')).length;
    expect(twice([read({ number: 1 }), twin(), read({ number: 2 })])).toBe(2);
    expect(twice([read({ number: 1 }), twin({ seenAtMs: nowMs - 30 * 60 * MIN })])).toBe(0);
  });

  it('knows which numbers of the account nobody was heard of under', () => {
    expect(missingNumbers([], 300)).toEqual([]);
    expect(missingNumbers([read({ number: 1 }), read({ number: 3 })], 300)).toEqual([2, 4]);
    expect(missingNumbers([read({ number: 1, count: 1_000_000 })], 300)).toHaveLength(299);
  });
});
