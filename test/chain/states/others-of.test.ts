import { expect, it } from 'vitest';
import { createOthers } from '../../../main/chain/states/others-of.ts';
import type { ReadState } from '../../../main/chain/states/state-reader.ts';

const day = { day: '2026-12-01', entries: 3, calls: 5 };
const stateOf = (tillId: string, number: number, purse?: ReadState['state']['purse']) =>
  ({
    seenAtMs: number * 1_000,
    aheadMs: 0,
    state: { tillId, number, days: [day], purse },
  }) as unknown as ReadState;

it('tells the call budget of the other tills, by when this one heard of them, and makes it once a reading', () => {
  const counted = [{ day: '2026-11-30', used: 280 }];
  let latest = [stateOf('own', 1), stateOf('b', 2, { needed: 7, counted }), stateOf('c', 3)];
  const others = createOthers(
    () => latest,
    () => 'own',
  );
  expect(others()).toEqual([
    { number: 2, heardAtMs: 2_000, needed: 7, days: [day], counted },
    { number: 3, heardAtMs: 3_000, needed: 0, days: [day], counted: [] },
  ]);
  expect(others()).toBe(others());
  latest = [];
  expect(others()).toEqual([]);
});
