import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterLook, isOverdue, type OfflineWindow } from '../../main/counter/offline-window.ts';
import { createOfflineWindowService } from '../../main/counter/offline-window-service.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createTestClock } from '../kit/clock.ts';
import { openOutbox } from '../kit/outbox.ts';
import { silentLogger } from '../kit/till.ts';

const DAY_MS = 86_400_000;

describe('the window in which nothing could be sent', () => {
  it('counts every step by the clock that says more, so that no jump takes time away', () => {
    const steps = fc.array(
      fc.record({ wallMs: fc.integer({ min: -DAY_MS, max: DAY_MS }), monotonicMs: fc.nat(DAY_MS) }),
    );
    fc.assert(
      fc.property(steps, (all) => {
        let [nowMs, monotonicMs, atLeastMs] = [1_000_000 * DAY_MS, 0, 0];
        let window: OfflineWindow | null = afterLook(null, true, { nowMs, monotonicMs });
        for (const step of all) {
          nowMs += step.wallMs;
          monotonicMs += step.monotonicMs;
          atLeastMs += Math.max(step.wallMs, step.monotonicMs);
          window = afterLook(window, true, { nowMs, monotonicMs });
          expect(window?.elapsedMs).toBe(atLeastMs);
        }
      }),
    );
  });

  it('ends when something can be sent', () => {
    const at = { nowMs: 5, monotonicMs: 5 };
    expect(afterLook({ sinceMs: 0, elapsedMs: DAY_MS, atMs: 0, atMonotonicMs: 0 }, false, at)).toBeNull();
    expect(isOverdue(null, 0)).toBe(false);
  });
});

function openWindow() {
  const till = openOutbox();
  const settings = createSettings(till.db);
  const clock = createTestClock();
  const world = { blocked: true, journalFails: false };

  const journaled: unknown[] = [];
  const open = () =>
    createOfflineWindowService({
      ...{ settings, clock, logger: silentLogger },
      isBlocked: () => world.blocked,
      longestMs: () => DAY_MS,
      journaled: till.db.transaction((write, manager, content) => {
        write();
        if (world.journalFails) throw new Error('the journal takes no row');
        journaled.push({ manager, content });
      }),
    });
  return { db: till.db, clock, world, journaled, open };
}

describe('the watch over it', () => {
  it('stops new entries after the window, until a manager goes on, who is journaled', () => {
    const { clock, journaled, open } = openWindow();
    const window = open();
    expect(window.look()).toEqual({ sinceMs: clock.nowMs(), stopped: false });
    clock.jump(DAY_MS - 1, DAY_MS - 1);
    expect(window.look().stopped).toBe(false);
    clock.jump(1, 1);
    expect(window.look().stopped).toBe(true);
    window.goOn(theManager);
    expect(window.look().stopped).toBe(false);
    expect(journaled).toMatchObject([{ manager: theManager, content: { elapsedMs: DAY_MS } }]);
    clock.jump(DAY_MS, DAY_MS);
    expect(window.look().stopped).toBe(true);
  });

  it('goes on as it was where the word of a manager cannot be committed', () => {
    const { clock, world, journaled, open } = openWindow();
    const window = open();
    window.look();
    clock.jump(DAY_MS, DAY_MS);
    world.journalFails = true;
    expect(() => window.goOn(theManager)).toThrow('the journal takes no row');
    expect(window.look().stopped).toBe(true);
    expect(open().look().stopped).toBe(true);
    world.journalFails = false;
    window.goOn(theManager);
    expect(window.look().stopped).toBe(false);
    expect(journaled).toHaveLength(1);
  });

  it('is not lengthened by setting the clock back, by sleep or by a restart', () => {
    const { clock, open } = openWindow();
    const before = open();
    before.look();
    clock.jump(DAY_MS / 2, DAY_MS / 2);
    before.look();
    // Somebody sets the clock back by a week, and it goes on.
    clock.jump(-7 * DAY_MS, 0);
    const after = open();
    expect(after.look().stopped).toBe(false);
    // Asleep: the monotonic clock stands still.
    clock.jump(DAY_MS / 2, 0);
    expect(after.look().stopped).toBe(true);
    expect(open().look().stopped).toBe(true);
  });

  it('is not lengthened by starts within a minute of each other and a clock set back', () => {
    const { clock, open } = openWindow();
    for (let passedMs = 0; passedMs < DAY_MS; passedMs += 59_000) {
      const window = open();
      window.start();
      clock.jump(59_000, 59_000);
      window.stop();
      clock.jump(-59_000, 0);
    }
    expect(open().look().stopped).toBe(true);
  });

  it('counts the time between two processes also where they are killed and the clock is set back', () => {
    const { clock, open } = openWindow();
    for (let passedMs = 0; passedMs < DAY_MS; passedMs += 59_000) {
      open().look();
      clock.jump(59_000, 0);
      open().look();
      clock.jump(-59_000, 0);
    }
    expect(open().look().stopped).toBe(true);
  });

  it('ends in order where the disk takes nothing any more', () => {
    const { db, clock, open } = openWindow();
    const window = open();
    window.start();
    clock.jump(30_000, 30_000);
    db.pragma('query_only = ON');
    expect(() => window.stop()).not.toThrow();
  });

  it('begins anew once the way was open', () => {
    const { clock, world, open } = openWindow();
    const window = open();
    window.look();
    clock.jump(DAY_MS, DAY_MS);
    world.blocked = false;
    expect(window.look()).toEqual({ sinceMs: null, stopped: false });
    world.blocked = true;
    expect(window.look().stopped).toBe(false);
  });
});

it('a network that flaps every few seconds is written once a minute', () => {
  const { clock, world, open, db } = openWindow();
  const service = open();
  const kept = () => db.prepare("SELECT value FROM setting WHERE key = 'offline.window'").all();
  const written = db.prepare('SELECT total_changes() AS n');
  const changes = () => (written.get() as { n: number }).n;
  const before = changes();
  for (let flap = 0; flap < 200; flap += 1) {
    world.blocked = flap % 2 === 0;
    service.notice();
    clock.jump(2_000, 2_000);
  }
  expect(changes() - before).toBeLessThanOrEqual(8);
  world.blocked = true;
  service.notice();
  clock.jump(61_000, 61_000);
  service.notice();
  expect(kept()).toHaveLength(1);
});
