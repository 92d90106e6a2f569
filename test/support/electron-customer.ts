import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openTill, timeoutMs } from './electron-app.ts';
import { managerPin, memberField, openFromMenu, pressWithPin, words } from './electron-till.ts';

// Two monitors on one that there is: the display that a test runs on has no second one to be plugged in, so the system's
// list of them is the test's, and where windows stand is real.
export const tills = { id: 1, label: 'Till', bounds: { x: 0, y: 0, width: 1280, height: 1200 } };

export const customers = { id: 2, label: 'Customer', bounds: { x: 1280, y: 0, width: 640, height: 480 } };

export type Monitors = readonly (typeof tills)[];

/** From now on the system has these monitors; it says so, as it does where one is plugged in or pulled out. */
export const plug = ({ app }: OpenApp, monitors: Monitors): Promise<void> =>
  app.evaluate(({ screen }, now) => {
    const asDisplays = now.map((one) => ({ ...one, workArea: one.bounds }));
    Object.assign(screen, {
      getAllDisplays: () => asDisplays,
      getPrimaryDisplay: () => asDisplays[0],
    });
    screen.emit('display-metrics-changed', {}, asDisplays[0], ['bounds']);
  }, monitors);

export const boundsOf = ({ app }: OpenApp, isFocusable: boolean) =>
  app.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isFocusable() === wanted)
        .map((window) => window.getBounds()),
    isFocusable,
  );

export const isCustomers = (page: Page) => page.url().endsWith('/customer.html');

export async function customerPage({ app }: OpenApp): Promise<Page> {
  const page = app.windows().find(isCustomers) ?? (await app.waitForEvent('window', isCustomers));
  page.setDefaultTimeout(timeoutMs);
  await page.getByRole('heading').waitFor();
  return page;
}

export async function openDisplayTab(page: Page): Promise<void> {
  await openFromMenu(page, 'receipts');
  await page.getByRole('button', { name: words('receipts.tabs.display') }).click();
}

export async function setDisplay({ page }: OpenApp, isOn: boolean): Promise<void> {
  await openDisplayTab(page);
  await page
    .getByRole('button', { name: words(isOn ? 'station.customerOn' : 'station.customerOff') })
    .click();
  const dialog = page.getByRole('dialog', { name: words('station.customer') });
  await pressWithPin(dialog, words(isOn ? 'station.customerOn' : 'station.customerOff'));
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
}

export async function fits(page: Page, name: string): Promise<void> {
  const isWhole = await page.evaluate(() => {
    const main = document.querySelector('main');
    return main !== null && main.scrollHeight <= main.clientHeight && main.scrollWidth <= main.clientWidth;
  });
  expect(isWhole, `${name} fits`).toBe(true);
}

export async function openShown() {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  await memberField(open.page).waitFor();
  await plug(open, [tills, customers]);
  await setDisplay(open, true);
  return { open, shown: await customerPage(open) };
}
