import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowAct } from '../../main/app/electron/window-keys.ts';
import { windowTitle } from '../../main/app/electron/window-title.ts';
import { obeyWindowKeys } from '../../main/app/electron/window-zoom.ts';
import { isZoom, nextZoom, type ZoomWay } from '../../main/app/electron/zoom.ts';

test('zoom goes in steps from half to double, and back', () => {
  const walk = (from: number, way: ZoomWay, times: number) =>
    Array.from({ length: times }).reduce<number>((percent) => nextZoom(percent, way), from);
  expect([1, 2, 3, 4, 5, 6].map((times) => walk(100, 'in', times))).toEqual([110, 125, 150, 175, 200, 200]);
  expect([1, 2, 3, 4, 5, 6].map((times) => walk(100, 'out', times))).toEqual([90, 80, 75, 67, 50, 50]);
  expect(nextZoom(175, 'back')).toBe(100);
});

test('from any percentage the next is a step, on the right side', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (percent) => {
      expect(isZoom(nextZoom(percent, 'in'))).toBe(true);
      expect(isZoom(nextZoom(percent, 'out'))).toBe(true);
      expect(nextZoom(percent, 'in')).toBeGreaterThanOrEqual(Math.min(percent, 200));
      expect(nextZoom(percent, 'out')).toBeLessThanOrEqual(Math.max(percent, 50));
    }),
  );
});

const key = (change: Partial<Parameters<typeof windowAct>[0]>) => ({
  type: 'keyDown' as const,
  ...{ key: '', code: '', control: false, meta: false, alt: false, isAutoRepeat: false },
  ...change,
});
const zoom = (way: ZoomWay) => ({ kind: 'zoom', way });

test('Ctrl with +, − and 0 zooms, on every keyboard and the number pad', () => {
  const keys: [string, string, ZoomWay][] = [
    ['+', 'BracketRight', 'in'],
    ['=', 'Equal', 'in'],
    ['+', 'NumpadAdd', 'in'],
    ['-', 'Minus', 'out'],
    ['_', 'Minus', 'out'],
    ['Subtract', 'NumpadSubtract', 'out'],
    ['0', 'Digit0', 'back'],
    ['Insert', 'Numpad0', 'back'],
  ];
  for (const [written, code, way] of keys) {
    const held = key({ key: written, code, control: true });
    expect(windowAct(held, 'win32')).toEqual(zoom(way));
    expect(windowAct({ ...held, isAutoRepeat: true }, 'linux')).toEqual(zoom(way));
    expect(windowAct({ ...held, type: 'keyUp' as const }, 'linux')).toBeNull();
    expect(windowAct({ ...held, control: false }, 'linux')).toBeNull();
    // AltGr is Ctrl and Alt on Windows: it writes a character.
    expect(windowAct({ ...held, alt: true }, 'win32')).toBeNull();
    expect(windowAct(held, 'darwin')).toBeNull();
    expect(windowAct({ ...held, control: false, meta: true }, 'darwin')).toEqual(zoom(way));
  }
  expect(windowAct(key({ key: 'a', code: 'KeyA', control: true }), 'linux')).toBeNull();
});

test('F11 is full screen, once a press and by itself', () => {
  expect(windowAct(key({ key: 'F11', code: 'F11' }), 'win32')).toEqual({ kind: 'full-screen' });
  expect(windowAct(key({ key: 'F11', isAutoRepeat: true }), 'win32')).toBeNull();
  expect(windowAct(key({ key: 'F11', control: true }), 'win32')).toBeNull();
  expect(windowAct(key({ key: 'F10' }), 'win32')).toBeNull();
});

test('the keys of the menu on macOS leave the window, and no key elsewhere does', () => {
  for (const letter of ['q', 'w', 'h', 'm', 'Q']) {
    expect(windowAct(key({ key: letter, meta: true }), 'darwin')).toEqual({ kind: 'leave' });
    expect(windowAct(key({ key: letter }), 'darwin')).toBeNull();
    for (const platform of ['win32', 'linux'] as const) {
      expect(windowAct(key({ key: letter, control: true }), platform)).toBeNull();
      expect(windowAct(key({ key: letter, meta: true }), platform)).toBeNull();
    }
  }
});

test('a window that is held keeps them from the menu, one that is not does nothing', () => {
  const contents = new EventEmitter();
  const memory = { zoomPercent: () => 100, zoomed: () => undefined };
  let held = true;
  let fullScreen = 0;
  const window = { webContents: contents, isFullScreen: () => false, setFullScreen: () => (fullScreen += 1) };
  obeyWindowKeys(window as unknown as BrowserWindow, memory, 'darwin', () => held);
  const press = (change: Parameters<typeof key>[0]): boolean => {
    let prevented = false;
    const event = { preventDefault: () => (prevented = true) };
    contents.emit('before-input-event', event, key(change));
    return prevented;
  };
  expect(press({ key: 'q', meta: true })).toBe(true);
  expect(press({ key: 'F11' })).toBe(true);
  expect(press({ key: 'c', meta: true })).toBe(false);
  expect(fullScreen).toBe(0);
  held = false;
  expect(press({ key: 'q', meta: true })).toBe(false);
  expect(press({ key: 'F11' })).toBe(true);
  expect(fullScreen).toBe(1);
});

test("the title carries the till's name and always the program's", () => {
  const titles: [string, string][] = [
    ['Counter 1 — Counterfoil', 'Counter 1 — Counterfoil'],
    ['Counter 1 (practice) — Counterfoil', 'Counter 1 (practice) — Counterfoil'],
    ['Counterfoil', 'Counterfoil'],
    ['', 'Counterfoil'],
    ['Windows Security', 'Windows Security — Counterfoil'],
    ['柜台 1 — Counterfoil', '柜台 1 — Counterfoil'],
    ['A\u0000\u0007\nB\u202eC — Counterfoil', 'A B C — Counterfoil'],
    [`${'x'.repeat(5000)} — Counterfoil`, `${'x'.repeat(120)} — Counterfoil`],
  ];
  for (const [page, title] of titles) expect(windowTitle(page, 'Counterfoil')).toBe(title);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (page) => {
      const title = windowTitle(page, 'Counterfoil');
      expect(title.endsWith('Counterfoil')).toBe(true);
      expect(title).not.toMatch(/\p{Cc}|\p{Cf}/u);
      expect(Array.from(title).length).toBeLessThanOrEqual(140);
    }),
  );
});
