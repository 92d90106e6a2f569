import { expect, it } from 'vitest';
import { createScreen } from '../../main/app/screen.ts';
import type { Session } from '../../main/app/session.ts';
import type { Shows } from '../../main/kernel/room.ts';
import type { Changes } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';
import { silentLogger } from '../kit/till.ts';

const PUSH_MS = 30;
/** Takes its time to read. */
const SLOW = 9;
const SLOW_MS = 8;

/** A till that shows two topics, each as high as it was set, and how often each was read. */
function openScreen() {
  const clock = createTestClock();
  const shown = { backupPercent: 0, refusals: 0 };
  const reads = { backupPercent: 0, refusals: 0 };
  const reading = (topic: keyof typeof shown) => () => {
    reads[topic] += 1;
    if (shown[topic] === SLOW) clock.pass(SLOW_MS);
    if (shown[topic] < 0) throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
    return shown[topic];
  };
  const shows: Shows = { backupPercent: reading('backupPercent'), refusals: reading('refusals') };
  let session = { mode: 'live', rooms: [{ name: 'shown', shows }] } as unknown as Session;
  const pushed: Changes[] = [];
  const screen = createScreen({
    ...{ clock, logger: silentLogger, session: () => session },
    onChanges: (changes) => pushed.push(changes) > 0,
  });
  screen.snapshot();
  reads.backupPercent = 0;
  reads.refusals = 0;
  return {
    ...{ clock, shown, reads, screen, pushed },
    last: () => pushed.at(-1)?.topics,
    openAnother: () => {
      session = { ...session };
    },
  };
}

it('pushes nothing beside the answer to whoever asks first, and then what is new', () => {
  const { shown, screen, pushed, last } = openScreen();
  expect(pushed).toEqual([]);
  shown.backupPercent = 2;
  expect(screen.snapshot()).toMatchObject({ backupPercent: 2, revision: 2 });
  expect(last()).toEqual({ backupPercent: 2 });
});

it.each<[string, (opened: ReturnType<typeof openScreen>) => void]>([
  ['it is known that a till is open, or why none is', ({ screen }) => screen.release()],
  ['an opening that tells nothing has taken a second', ({ clock }) => clock.advance(1_000)],
])('has something to show once %s', async (_what, pass) => {
  const opened = openScreen();
  const { screen } = opened;
  let isKnown = false;
  const known = screen.hasSomething.then(() => {
    isKnown = true;
  });
  await Promise.resolve();
  expect(isKnown).toBe(false);
  pass(opened);
  await known;
});

it('reads the topic that was told, once for many times, and no other', () => {
  const { clock, shown, reads, screen, last } = openScreen();
  shown.backupPercent = 3;
  shown.refusals = 3;
  screen.changed('backupPercent');
  screen.changed('backupPercent');
  clock.advance(PUSH_MS);
  expect(reads).toEqual({ backupPercent: 1, refusals: 0 });
  expect(last()).toEqual({ backupPercent: 3 });
});

it('rests longer than a slow reading took, and not after that', () => {
  const { clock, shown, reads, screen } = openScreen();
  const changeAfter = (passedMs: number) => {
    clock.pass(passedMs);
    const before = reads.backupPercent;
    screen.changed('backupPercent');
    clock.advance(PUSH_MS);
    return reads.backupPercent - before;
  };
  shown.backupPercent = SLOW;
  expect(changeAfter(0)).toBe(1);
  expect(changeAfter(0)).toBe(0);
  clock.advance(10 * SLOW_MS - PUSH_MS);
  expect(reads.backupPercent).toBe(2);
  expect(changeAfter(10 * SLOW_MS)).toBe(1);
});

it('shows within a minute what nobody told of', () => {
  const { clock, shown, last } = openScreen();
  shown.refusals = 2;
  clock.advance(60_000);
  clock.advance(PUSH_MS);
  expect(last()).toEqual({ refusals: 2 });
});

it('reads everything of another till, though one topic alone was told', () => {
  const { clock, shown, screen, last, openAnother } = openScreen();
  shown.backupPercent = 1;
  shown.refusals = 1;
  openAnother();
  screen.changed('backupPercent');
  clock.advance(PUSH_MS);
  expect(last()).toEqual({ backupPercent: 1, refusals: 1 });
});

it('reads everything again after a reading that failed', () => {
  const { clock, shown, screen, last } = openScreen();
  shown.backupPercent = -1;
  shown.refusals = 5;
  screen.changed('backupPercent');
  clock.advance(PUSH_MS);
  expect(last()).toMatchObject({ mode: 'broken' });
  shown.backupPercent = 4;
  clock.advance(2_000);
  clock.advance(PUSH_MS);
  expect(last()).toMatchObject({ mode: 'live', backupPercent: 4, refusals: 5 });
});
