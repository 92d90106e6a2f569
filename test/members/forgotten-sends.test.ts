import { expect, it } from 'vitest';
import { createForgottenSends } from '../../main/members/forgotten-sends.ts';
import { createTestClock } from '../kit/clock.ts';
import { silentLogger } from '../kit/till.ts';

const QUIESCENCE_MS = 150_000;
const LONGEST_ANSWER_MS = 60_000;

/** What is kept outlives the process; the clock, the timers and what the disk does are the test's. */
function openForgotten(kept = new Map<string, string>()) {
  const clock = createTestClock();
  const timers: (() => void)[] = [];
  const disk = { refuses: false };
  let forgotten = 0;
  const sends = createForgottenSends({
    settings: {
      get: (key) => kept.get(key) ?? null,
      set: (key, value) => void kept.set(key, value),
      remove: (key) => void kept.delete(key),
    },
    directory: {
      forgetBaselines: () => {
        if (disk.refuses) throw new Error('SQLITE_FULL');
        forgotten += 1;
      },
    },
    runInTransaction: (work) => work(),
    clock: {
      ...clock,
      schedule: (_delayMs, action) => {
        timers.push(action);
        return () => void timers.splice(timers.indexOf(action), 1);
      },
    },
    logger: silentLogger,
  });
  /** Whatever is scheduled goes off, at the right moment or not. */
  const ring = () => {
    for (const action of timers.splice(0)) action();
  };
  return { sends, clock, disk, kept, ring, timers, timesForgotten: () => forgotten };
}

it('nothing is forgotten where nothing was put back', () => {
  const { sends, timers } = openForgotten();
  sends.start();
  expect(sends.mayArrive()).toBe(false);
  expect(timers).toEqual([]);
});

it('it ends after quiescence and the longest answer, however early its timer goes off', () => {
  const { sends, clock, ring, timers, timesForgotten } = openForgotten();
  sends.begin();
  sends.start();
  clock.pass(QUIESCENCE_MS + LONGEST_ANSWER_MS - 1);
  ring();
  expect(sends.mayArrive()).toBe(true);
  expect(timesForgotten()).toBe(1);
  clock.pass(1);
  ring();
  expect(sends.mayArrive()).toBe(false);
  expect(timesForgotten()).toBe(2);
  expect(timers).toEqual([]);
});

it('it begins anew with a start, and with a wake-up', () => {
  const before = openForgotten();
  before.sends.begin();
  before.sends.start();
  before.clock.pass(200_000);
  before.sends.stop();
  expect(before.timers).toEqual([]);
  const { sends, clock, ring } = openForgotten(before.kept);
  sends.start();
  clock.pass(200_000);
  sends.wokeUp();
  clock.pass(200_000);
  ring();
  expect(sends.mayArrive()).toBe(true);
  clock.pass(10_000);
  ring();
  expect(sends.mayArrive()).toBe(false);
});

it('a disk that refuses is tried again, and nothing is relied on until then', () => {
  const { sends, clock, disk, ring } = openForgotten();
  sends.begin();
  sends.start();
  clock.pass(QUIESCENCE_MS + LONGEST_ANSWER_MS);
  disk.refuses = true;
  ring();
  expect(sends.mayArrive()).toBe(true);
  disk.refuses = false;
  ring();
  expect(sends.mayArrive()).toBe(false);
});
