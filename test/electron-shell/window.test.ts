import { EventEmitter } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { ANSWER_TIMEOUT_MS, createClosing } from '../../main/app/electron/closing.ts';
import { createKiosk } from '../../main/app/electron/kiosk.ts';
import { createWindowMemory } from '../../main/app/electron/window-memory.ts';
import { obeyWindowKeys } from '../../main/app/electron/window-zoom.ts';
import { logLines } from '../app/ipc/support.ts';
import { realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';

/** Delays are named and run by hand. */
function handTimers() {
  const due = new Map<number, () => void>();
  return {
    due,
    schedule: (delayMs: number, action: () => void) => {
      due.set(delayMs, action);
      return () => void due.delete(delayMs);
    },
    run: (delayMs: number) => {
      const action = due.get(delayMs);
      due.delete(delayMs);
      action?.();
    },
  };
}

/** A window in which nothing is painted. */
function fakeWindow() {
  const page = Object.assign(new EventEmitter(), {
    crashed: false,
    zoomed: [] as number[],
    limits: [] as number[][],
    isCrashed: () => page.crashed,
    setZoomFactor: (factor: number) => void page.zoomed.push(factor),
    setVisualZoomLevelLimits: async (least: number, most: number) => void page.limits.push([least, most]),
  });
  const window = Object.assign(new EventEmitter(), {
    webContents: page,
    ...{ bounds: { x: 5, y: 6, width: 900, height: 700 }, maximised: false, full: false, closed: 0 },
    getNormalBounds: () => window.bounds,
    isMaximized: () => window.maximised,
    isFullScreen: () => window.full,
    setFullScreen: (full: boolean) => {
      window.full = full;
    },
    isDestroyed: () => window.closed > 0,
    destroy: () => {
      window.closed += 1;
    },
    /** True where nothing stood in the way. */
    close: () => {
      let prevented = false;
      window.emit('close', { preventDefault: () => (prevented = true) });
      if (!prevented) window.closed += 1;
      return !prevented;
    },
  });
  return { window, page, real: window as unknown as BrowserWindow };
}

const memoryOf = (folder: string) => {
  const timers = handTimers();
  const { logger, lines } = logLines();
  const parts = { file: join(folder, 'window.json'), clock: timers, random: realRandom, logger };
  return { timers, lines, memory: createWindowMemory(parts) };
};

test('size, place and zoom are there again after a restart', async () => {
  const folder = temporaryFolder();
  const { memory, timers } = memoryOf(folder);
  const { window, real } = fakeWindow();
  expect([memory.remembered, memory.zoomPercent()]).toEqual([null, 100]);
  memory.watch(real);
  for (const moment of ['resize', 'move', 'move']) window.emit(moment);
  expect(timers.due.size).toBe(1);
  timers.run(500);
  await memory.flush();
  expect(memoryOf(folder).memory.remembered).toEqual({
    ...{ bounds: window.bounds, maximised: false, zoomPercent: 100 },
  });
  memory.zoomed(125);
  window.maximised = true;
  window.emit('maximize');
  // Closed before the delay is over.
  window.close();
  window.emit('closed');
  await memory.flush();
  const after = memoryOf(folder).memory;
  expect([after.remembered?.maximised, after.zoomPercent()]).toEqual([true, 125]);
  expect(readdirSync(folder)).toEqual(['window.json']);
});

test('a file that is spoilt, or cannot be written, costs nothing but the memory', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'window.json'), '{"bounds":');
  const { memory } = memoryOf(folder);
  expect([memory.remembered, memory.zoomPercent()]).toEqual([null, 100]);
  memory.watch(fakeWindow().real);
  memory.zoomed(110);
  await memory.flush();
  expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toMatchObject({ zoomPercent: 110 });

  const blocked = temporaryFolder();
  mkdirSync(join(blocked, 'window.json'));
  const other = memoryOf(blocked);
  other.memory.watch(fakeWindow().real);
  other.memory.zoomed(110);
  await other.memory.flush();
  expect(other.lines.map(({ event }) => event)).toEqual(['window.place-not-kept']);
});

test('the window obeys its own keys, keeps the zoom over a reload and lets no pinch zoom', () => {
  const { window, page, real } = fakeWindow();
  const kept = [100];
  const memory = {
    zoomPercent: () => kept.at(-1) ?? 0,
    zoomed: (percent: number) => void kept.push(percent),
  };
  let held = false;
  obeyWindowKeys(real, memory, 'linux', () => held);
  const press = (key: string, control: boolean) => {
    let prevented = false;
    const input = { type: 'keyDown', key, code: '', control, meta: false, alt: false, isAutoRepeat: false };
    page.emit('before-input-event', { preventDefault: () => (prevented = true) }, input);
    return prevented;
  };
  expect([press('+', true), press('=', true), press('-', true), press('a', false)]).toEqual([
    ...[true, true, true, false],
  ]);
  expect(page.zoomed).toEqual([1.1, 1.25, 1.1]);
  expect([press('F11', false), window.full]).toEqual([true, true]);
  expect([press('F11', false), window.full]).toEqual([true, false]);
  held = true;
  expect([press('F11', false), window.full]).toEqual([true, false]);
  page.emit('dom-ready');
  expect([page.zoomed.at(-1), page.limits]).toEqual([1.1, [[1, 1]]]);
});

function closingOf() {
  const timers = handTimers();
  const asked: number[] = [];
  const world = { unsettled: true, held: false };
  const closing = createClosing({
    clock: timers,
    isUnsettled: () => world.unsettled,
    isHeld: () => world.held,
    ask: (times) => void asked.push(times),
  });
  const fake = fakeWindow();
  closing.guard(fake.real);
  return { timers, asked, world, closing, ...fake };
}

test('the close button does nothing while the window is held, until a manager or the program ends that', () => {
  const { window, asked, closing, world } = closingOf();
  world.held = true;
  expect([window.close(), asked]).toEqual([false, []]);
  world.held = false;
  expect([window.close(), asked]).toEqual([false, [1]]);
  world.held = true;
  closing.leaving();
  expect(window.close()).toBe(true);
});

test('a kiosk holds only whom a manager can let out', () => {
  const kiosks: boolean[] = [];
  const shown = { setKiosk: (isOn: boolean) => void kiosks.push(isOn) };
  let hasManager = false;
  const kiosk = createKiosk({ isWanted: true, window: () => shown, hasManager: () => hasManager });
  kiosk.begin(shown);
  expect([kiosk.isOn(), kiosk.holds(), kiosks]).toEqual([true, false, [true]]);
  hasManager = true;
  expect(kiosk.holds()).toBe(true);
  kiosk.set(false);
  kiosk.set(false);
  expect([kiosk.isOn(), kiosk.holds(), kiosks]).toEqual([false, false, [true, false]]);
});

test('the close button asks while entries are unsettled, and does as is answered', () => {
  const { window, asked, closing, timers } = closingOf();
  expect([window.close(), asked]).toEqual([false, [1]]);
  closing.answer('asked');
  expect(timers.due.size).toBe(0);
  closing.answer('stay');
  expect([window.closed, asked]).toEqual([0, [1, 0]]);
  window.close();
  closing.answer('asked');
  closing.answer('close');
  expect([window.closed, asked]).toEqual([1, [1, 0, 1]]);
});

test('nobody is asked where everything is settled, the program ends or the session does', () => {
  const settled = closingOf();
  settled.world.unsettled = false;
  expect([settled.window.close(), settled.asked]).toEqual([true, []]);
  const quitting = closingOf();
  quitting.closing.leaving();
  expect([quitting.window.close(), quitting.asked]).toEqual([true, []]);
  const loggedOff = closingOf();
  loggedOff.window.emit('session-end');
  expect([loggedOff.window.close(), loggedOff.asked]).toEqual([true, []]);
});

test('a page that does not show the question cannot keep the window open', () => {
  const hung = closingOf();
  hung.window.close();
  hung.timers.run(ANSWER_TIMEOUT_MS);
  expect(hung.window.closed).toBe(1);

  const hangsLater = closingOf();
  hangsLater.window.close();
  hangsLater.closing.answer('asked');
  hangsLater.window.close();
  expect(hangsLater.asked).toEqual([1, 2]);
  hangsLater.timers.run(ANSWER_TIMEOUT_MS);
  expect(hangsLater.window.closed).toBe(1);

  const frozen = closingOf();
  frozen.window.emit('unresponsive');
  expect(frozen.window.closed).toBe(0);
  frozen.window.close();
  frozen.closing.answer('asked');
  frozen.window.emit('unresponsive');
  expect(frozen.window.closed).toBe(1);

  const crashes = closingOf();
  crashes.window.close();
  crashes.closing.answer('asked');
  crashes.page.emit('render-process-gone');
  expect(crashes.window.closed).toBe(1);

  const crashed = closingOf();
  crashed.page.crashed = true;
  expect([crashed.window.close(), crashed.asked]).toEqual([true, []]);
});

test('an answer that nobody asked for does nothing', () => {
  const { window, asked, closing } = closingOf();
  for (const answer of ['asked', 'stay', 'close'] as const) closing.answer(answer);
  expect([window.closed, asked]).toEqual([0, []]);
});
