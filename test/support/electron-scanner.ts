import type { CDPSession, Page } from 'playwright-core';
import { keyOf } from '../renderer/support/typed-form.ts';

// A scanner at the window: its keys carry their own times, so that a slow machine makes no person of it.

const sessions = new WeakMap<Page, Promise<CDPSession>>();

export function session(page: Page): Promise<CDPSession> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, known);
  return known;
}

export interface Key {
  readonly key: string;
  readonly code: string;
  /** What it types, if anything. */
  readonly text?: string;
  readonly shift?: boolean;
  readonly isRepeat?: boolean;
  /** An input method has it: the page hears only which key it was. */
  readonly isProcess?: boolean;
}

const SHIFT = 8;
/** The code of every key that an input method keeps to itself. */
const PROCESS_KEY = 229;
const virtualKeys: Readonly<Record<string, number>> = { Enter: 13, Tab: 9, Escape: 27, F10: 121, ' ': 32 };

const virtualKey = ({ key, isProcess }: Key) =>
  isProcess === true
    ? PROCESS_KEY
    : (virtualKeys[key] ?? (key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0));

export const enter: Key = { key: 'Enter', code: 'Enter', text: '\r' };
export const tab: Key = { key: 'Tab', code: 'Tab' };
export const keysOf = (text: string): Key[] =>
  [...text].map((char) => ({ key: char, text: char, ...keyOf(char) }));

/** Presses the keys this far apart, and comes back when their time has come. */
export async function pressKeys(page: Page, keys: readonly Key[], gapMs: number): Promise<void> {
  const cdp = await session(page);
  const startMs = await page.evaluate(() => performance.timeOrigin + performance.now());
  const sent = keys.flatMap((key, index) => {
    const timestamp = (startMs + index * gapMs) / 1000;
    const isTyped = key.text !== undefined && key.isProcess !== true;
    const event = {
      key: key.isProcess === true ? 'Process' : key.key,
      code: key.code,
      modifiers: key.shift === true ? SHIFT : 0,
      windowsVirtualKeyCode: virtualKey(key),
      timestamp,
    };
    const down = { ...event, autoRepeat: key.isRepeat === true, ...(isTyped ? { text: key.text } : {}) };
    return [
      cdp.send('Input.dispatchKeyEvent', { type: isTyped ? 'keyDown' : 'rawKeyDown', ...down }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }),
    ];
  });
  await Promise.all(sent);
  await page.waitForFunction(
    (ms) => performance.timeOrigin + performance.now() > ms,
    startMs + keys.length * gapMs,
  );
}

export interface ScanWay {
  readonly gapMs?: number;
  readonly end?: Key;
}

/** A code as a scanner types it, wherever the focus is, and its end. */
export const scan = (page: Page, code: string, { gapMs = 8, end = enter }: ScanWay = {}): Promise<void> =>
  pressKeys(page, [...keysOf(code), end], gapMs);
