import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { timeoutMs } from './electron-app.ts';

// Where the next key goes: what a cashier cannot see at a glance, and every key depends on.

/** What has the focus, by its name or its words; `body` where nothing has. */
export const focusName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'body';
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
    return (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim();
  });

/** Resolves once this has the focus. */
export async function untilFocus(locator: Locator): Promise<void> {
  const page = locator.page();
  let instead = '';
  const isThere = async () => {
    if (await locator.evaluate((element) => element === document.activeElement)) return true;
    instead = await focusName(page);
    return false;
  };
  const wait = expect.poll(isThere, { timeout: timeoutMs }).toBe(true);
  await wait.catch(() => expect.fail(`the focus is at ${instead}, not at ${locator}`));
}
