import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  afterTime,
  lockAfterFailuresMs,
  unlocked,
} from '../../../main/people/credentials/lockout.ts';

test('four mistakes are free, the fifth costs a minute, then double, to an hour', () => {
  expect([0, 1, 2, 3, 4].map(lockAfterFailuresMs)).toEqual([0, 0, 0, 0, 0]);
  expect([5, 6, 7, 8, 9, 10, 11, 12, 1000].map((n) => lockAfterFailuresMs(n) / 60_000)).toEqual([
    1, 2, 4, 8, 16, 32, 60, 60, 60,
  ]);
});

test('a clock that goes back gives no time, one that goes on gives exactly that', () => {
  const locked = { failures: 5, remainingMs: 60_000, lately: 5 };
  expect(afterTime(locked, -1_000_000)).toEqual(locked);
  expect(afterTime(locked, 59_999)).toMatchObject({ failures: 5, remainingMs: 1 });
  expect(afterTime(locked, 1e9)).toEqual({ failures: 5, remainingMs: 0, lately: 0 });
});

test('waiting never forgets a mistake, and each mistake from the fifth on locks', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4_000_000), { maxLength: 40 }), (waitsMs) => {
      let state = unlocked;
      for (const [index, waitMs] of waitsMs.entries()) {
        state = afterFailure(afterTime(state, waitMs));
        expect(state.failures).toBe(index + 1);
        expect(state.remainingMs > 0).toBe(index + 1 >= 5);
      }
    }),
  );
});

test('a right PIN in between forgives no more than an hour forgives one', () => {
  let state = unlocked;
  let locks = 0;
  for (let round = 0; round < 20; round += 1) {
    for (let wrong = 0; wrong < 4; wrong += 1) {
      if (state.remainingMs > 0) locks += 1;
      state = afterFailure(afterTime(state, state.remainingMs + 1_000));
    }
    state = afterSuccess(afterTime(state, state.remainingMs));
  }
  expect(locks).toBeGreaterThan(40);
  // Five mistakes a day, as honest people make them, lock nobody.
  let honest = unlocked;
  for (let day = 0; day < 30; day += 1) {
    for (let wrong = 0; wrong < 4; wrong += 1) honest = afterFailure(honest);
    expect(honest.remainingMs).toBe(0);
    honest = afterTime(afterSuccess(honest), 10 * 3_600_000);
  }
});
