import { expect, it } from 'vitest';
import { every } from '../../main/kernel/every.ts';
import { createTestClock } from '../kit/clock.ts';

it('is done every so often, the first time after so long, until it is ended', () => {
  const clock = createTestClock();
  let done = 0;
  const end = every(clock, 60_000, () => {
    done += 1;
  });
  expect(done).toBe(0);
  for (let turn = 1; turn <= 3; turn += 1) {
    clock.advance(59_999);
    expect(done).toBe(turn - 1);
    clock.advance(1);
    expect(done).toBe(turn);
  }
  end();
  expect(clock.waiting()).toEqual([]);
});

it('has its next turn though the work failed, and none once the work has ended it', () => {
  const clock = createTestClock();
  let end = (): void => undefined;
  const turns = ['fails', 'ends'];
  end = every(clock, 1_000, () => {
    if (turns.shift() === 'fails') throw new Error('the disk is full');
    end();
  });
  expect(() => clock.advance(1_000)).toThrow('the disk is full');
  clock.advance(1_000);
  expect(clock.waiting()).toEqual([]);
});
