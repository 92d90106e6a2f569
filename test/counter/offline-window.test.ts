import { describe, expect, it } from 'vitest';
import { createOfflineWindow } from '../../main/counter/offline-window.ts';
import { createWaitingRepository } from '../../main/counter/waiting-repository.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { openOutbox } from '../kit/outbox.ts';

const DAY_MS = 86_400_000;

function openWindow() {
  const till = openOutbox();
  const world = { online: false };
  const { db, clock, journal } = till;
  const open = () =>
    createOfflineWindow({
      db,
      settings: createSettings(db),
      journal,
      clock,
      waiting: createWaitingRepository(db),
      isOnline: () => world.online,
      longestMs: () => DAY_MS,
    });
  return { ...till, world, open };
}

describe('how long a till may go on offline', () => {
  it('is the age of the oldest waiting entry, also after a start', () => {
    const { clock, add, open } = openWindow();
    expect(open().look()).toEqual({ sinceMs: null, stopped: false });
    clock.pass(DAY_MS);
    const sinceMs = clock.nowMs();
    add({ customerUid: '1' });
    clock.pass(DAY_MS - 1);
    add({ customerUid: '2' });
    expect(open().look()).toEqual({ sinceMs, stopped: false });
    clock.pass(1);
    expect(open().look()).toEqual({ sinceMs, stopped: true });
  });

  it('counts what is left once the oldest was sent or cancelled', () => {
    const { clock, add, attempt, transitions, open } = openWindow();
    const [sent, cancelled] = [add({ customerUid: '1' }), add({ customerUid: '2' })];
    clock.pass(DAY_MS);
    const sinceMs = clock.nowMs();
    add({ customerUid: '3' });
    attempt(sent.id, 'applied');
    expect(open().look().stopped).toBe(true);
    transitions.cancel(cancelled.id, theManager);
    expect(open().look()).toEqual({ sinceMs, stopped: false });
  });

  it('counts nothing while entries are sent', () => {
    const { clock, add, world, open } = openWindow();
    add();
    clock.pass(DAY_MS);
    world.online = true;
    expect(open().look()).toEqual({ sinceMs: null, stopped: false });
    world.online = false;
    expect(open().look().stopped).toBe(true);
  });

  it('counts no entry that waits for a lost answer of its member', () => {
    const { clock, add, attempt, open } = openWindow();
    attempt(add({ customerUid: '1' }).id, 'unknown');
    add({ customerUid: '1' });
    clock.pass(DAY_MS);
    const sinceMs = clock.nowMs();
    add({ customerUid: '2' });
    expect(open().look()).toEqual({ sinceMs, stopped: false });
  });
});

describe('a manager who continues', () => {
  it('gives as long again, once, and is journaled', () => {
    const { clock, add, journal, open } = openWindow();
    const sinceMs = clock.nowMs();
    add();
    clock.pass(DAY_MS);
    const before = journal.head().count;
    open().goOn(theManager);
    expect(journal.head().count).toBe(before + 1);
    expect(open().look()).toEqual({ sinceMs, stopped: false });
    clock.pass(DAY_MS - 1);
    expect(open().look().stopped).toBe(false);
    clock.pass(1);
    expect(open().look().stopped).toBe(true);
  });

  it('changes nothing where the journal takes no row', () => {
    const { db, clock, add, open } = openWindow();
    add();
    clock.pass(DAY_MS);
    db.exec("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END");
    expect(() => open().goOn(theManager)).toThrow('full');
    expect(open().look().stopped).toBe(true);
  });

  it('gives nothing more once the clock, which was ahead, is set right', () => {
    const { clock, add, open } = openWindow();
    add();
    clock.jump(30 * DAY_MS, 0);
    open().goOn(theManager);
    clock.jump(-29 * DAY_MS, 0);
    expect(open().look().stopped).toBe(true);
  });
});
