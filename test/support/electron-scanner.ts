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
  /** What the input method shows in the field after this key, not decided yet. */
  readonly shows?: string;
  /** What it hands over for good after this key. */
  readonly handsOver?: string;
}

const SHIFT = 8;
/** The code of every key that an input method keeps to itself. */
const PROCESS_KEY = 229;
const virtualKeys: Readonly<Record<string, number>> = {
  ...{ Enter: 13, Tab: 9, Escape: 27, F10: 121, Space: 32 },
  ...{ Semicolon: 186, Equal: 187, Comma: 188, Minus: 189, Period: 190, Slash: 191, Backquote: 192 },
  ...{ BracketLeft: 219, Backslash: 220, BracketRight: 221, Quote: 222 },
};

/** As the system numbers its keys; letters and digits by what stands on them. */
const virtualKey = ({ code, isProcess }: Key) =>
  isProcess === true ? PROCESS_KEY : (virtualKeys[code] ?? code.charCodeAt(code.length - 1));

export const enter: Key = { key: 'Enter', code: 'Enter', text: '\r' };
/** What an input method does with a key, in the order in which the page hears of it. */
function inputMethod(cdp: CDPSession, { shows, handsOver }: Key): Promise<unknown>[] {
  const caret = { selectionStart: shows?.length ?? 0, selectionEnd: shows?.length ?? 0 };
  return [
    ...(shows === undefined ? [] : [cdp.send('Input.imeSetComposition', { text: shows, ...caret })]),
    ...(handsOver === undefined ? [] : [cdp.send('Input.insertText', { text: handsOver })]),
  ];
}

export const keysOf = (text: string): Key[] =>
  Array.from(text).map((char) => ({ key: char, text: char, ...keyOf(char) }));

/** Presses the keys this far apart, and comes back when their time has come. */
export async function pressKeys(page: Page, keys: readonly Key[], gapMs: number): Promise<void> {
  const cdp = await session(page);
  const startMs = await page.evaluate(() => performance.timeOrigin + performance.now());
  const sent = keys.flatMap((key, index): Promise<unknown>[] => {
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
      ...inputMethod(cdp, key),
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
