import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { focusName, untilFocus } from './electron-focus.ts';
import { type AtWork, dialogOf } from './electron-people.ts';

// A till by its keyboard alone: no finger and no mouse.

/** As fast as a person types, so that nothing is taken for a scan. */
const KEY_MS = 90;

export const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: KEY_MS });

/** More stops than any screen has. */
const MOST_STOPS = 120;

/** By Tab, or back by Shift and Tab, until it has the focus. */
export async function tabTo(locator: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const page = locator.page();
  await locator.waitFor();
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    passed.push(await focusName(page));
    await page.keyboard.press(key);
  }
  expect.fail(`no Tab leads to ${locator}, but to ${[...new Set(passed)].join(' | ')}`);
}

export async function tabAndEnter(locator: Locator): Promise<void> {
  await tabTo(locator);
  await locator.page().keyboard.press('Enter');
}

/** The arrows choose among the names, and the PIN is typed at once. */
export async function signInByKeys(page: Page, title: string, { name, pin }: AtWork): Promise<void> {
  const dialog = dialogOf(page, title);
  await dialog.waitFor();
  const wanted = dialog.getByRole('radio', { name });
  const box = dialog.locator('input[data-digits=pin]');
  for (let tried = 0; !(await wanted.isChecked()); tried += 1) {
    if (tried > 5) expect.fail(`no arrow chooses ${name}`);
    await untilFocus(box);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowDown');
  }
  await untilFocus(box);
  await type(page, pin);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

/** Counts what comes from a mouse, a pen or a finger from now on; what it answers with tells how much came. */
export async function countPresses(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.documentElement.dataset['presses'] = '0';
    window.addEventListener(
      'pointerdown',
      () => {
        const { dataset } = document.documentElement;
        dataset['presses'] = String(Number(dataset['presses']) + 1);
      },
      { capture: true },
    );
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset['presses']));
}
