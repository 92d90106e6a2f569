import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { timeoutMs } from './electron-app.ts';
import { session } from './electron-scanner.ts';
import { openSettings, untilSaved } from './electron-settings.ts';
import { memberField, words } from './electron-till.ts';

// Fingers, as the system tells the window of them; no key and no mouse.

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middle of it, where a finger would meet it; null while it is not shown, moves, or is out of sight or covered. */
async function touchable(locator: Locator): Promise<Point | null> {
  const box = await locator.boundingBox();
  if (box === null) return null;
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const isUnderIt = await locator.evaluate(
    (element, { x, y }) => element.contains(document.elementFromPoint(x, y)),
    point,
  );
  return isUnderIt ? point : null;
}

/** A finger on the middle of it, and off again, as soon as it can be met there; nothing is scrolled for it. */
export async function tap(locator: Locator): Promise<void> {
  const cdp = await session(locator.page());
  let point: Point | null = null;
  const message = `${locator} cannot be touched: it is not shown, out of sight or covered`;
  await expect
    .poll(async () => (point = await touchable(locator)), { timeout: timeoutMs, message })
    .not.toBeNull();
  if (point === null) throw new Error(message);
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** Counts what comes from a keyboard from now on; what it answers with tells how much came. */
export async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.documentElement.dataset['keys'] = '0';
    window.addEventListener(
      'keydown',
      ({ isTrusted }) => {
        if (!isTrusted) return;
        const { dataset } = document.documentElement;
        dataset['keys'] = String(Number(dataset['keys']) + 1);
      },
      { capture: true },
    );
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset['keys']));
}

/** A manager has the keypad shown, with a mouse and a keyboard at hand. */
export async function turnKeypadOn(page: Page): Promise<void> {
  await openSettings(page, 'screen');
  await page.getByText(words('policy.switches.keypad'), { exact: true }).click();
  await untilSaved(page);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

/** A key of the keypad: a digit, or by its name in the locale file. */
export const keypadKey = (page: Page, key: string): Locator =>
  page
    .getByRole('group', { name: words('form.keypad') })
    .getByRole('button', { name: /^\d/.test(key) ? key : words(`form.keypadKeys.${key}`), exact: true });

/** The digits of a PIN, by the pad beside its box, and the key that gives it. */
export async function tapPin(page: Page, pin: string): Promise<void> {
  const pad = page.getByRole('group', { name: words('people.pad') });
  for (const digit of pin) await tap(pad.getByRole('button', { name: digit, exact: true }));
  await tap(pad.getByRole('button', { name: words('people.enter'), exact: true }));
}

/** A number by the pad that stands beside sums which are no top-up's. */
export async function tapDigits(page: Page, text: string): Promise<void> {
  const pad = page.getByRole('group', { name: words('people.pad') });
  for (const character of text) {
    const name = character === '.' ? words('form.keypadKeys.decimal') : character;
    await tap(pad.getByRole('button', { name, exact: true }));
  }
}

/** What glides on after a finger stands still once it has for so many frames. */
const FRAMES = 6;

/** In the page: resolves once the element stands. */
const stands = (element: Element, frames: number): Promise<void> =>
  new Promise((resolve) => {
    let [top, still] = [Number.NaN, 0];
    const look = () => {
      const now = element.getBoundingClientRect().top;
      still = now === top ? still + 1 : 0;
      top = now;
      if (still >= frames) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });

/** Pixels of one move of a finger. */
const SWIPE = 160;

/** Moves what scrolls by a finger until it can be met. */
export async function swipeTo(locator: Locator): Promise<void> {
  const cdp = await session(locator.page());
  await locator.waitFor();
  for (let swipes = 0; swipes < 20 && (await touchable(locator)) === null; swipes += 1) {
    const place = await locator.evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      let within = element.parentElement;
      while (within !== null && getComputedStyle(within).overflowY !== 'auto') within = within.parentElement;
      const seen = (within ?? document.body).getBoundingClientRect();
      return {
        x: Math.round(seen.left + 8),
        y: Math.round(seen.top + seen.height / 2),
        isBelow: top > seen.top + seen.height / 2,
      };
    });
    const { x, isBelow } = place;
    const at = (moved: number) => [{ x, y: place.y + (isBelow ? -moved : moved) }];
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
    for (let moved = 20; moved <= SWIPE; moved += 20)
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(moved) });
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await locator.evaluate(stands, FRAMES);
  }
}

/** Keys of the keypad that a finger cannot meet as a whole: out of the window, covered, or too small. */
export const keysOutOfReach = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole('group', { name: words('form.keypad') })
    .getByRole('button')
    .evaluateAll((keys) =>
      keys.flatMap((key) => {
        const { left, top, right, bottom } = key.getBoundingClientRect();
        const name = `${key.getAttribute('aria-label')} at ${[left, top, right, bottom].map(Math.round).join(' ')}`;
        if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
          return [`${name}: out of view`];
        if (right - left < 44 || bottom - top < 43.5) return [`${name}: too small`];
        const spots = [left + 6, right - 6].flatMap((x) => [top + 6, bottom - 6].map((y) => [x, y] as const));
        const isMet = spots.every(([x, y]) => key.contains(document.elementFromPoint(x, y)));
        return isMet ? [] : [`${name}: covered`];
      }),
    );

/** A number by the keypad's own keys, into whatever field was touched last. */
export async function tapNumber(page: Page, text: string): Promise<void> {
  for (const character of text) {
    await tap(keypadKey(page, character === '.' ? 'decimal' : character));
  }
}
