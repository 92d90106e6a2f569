import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import type { CustomerShown } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openApp, openTill, patienceMs } from '../support/electron-app.ts';
import { picture } from '../support/electron-look.ts';
import {
  amountField,
  confirmButton,
  managerPin,
  memberField,
  openFromMenu,
  pay,
  pressWithPin,
  takeMember,
  words,
} from '../support/electron-till.ts';

// Two monitors on one that there is: the display that a test runs on has no second one to be plugged in, so the system's
// list of them is the test's, and where windows stand is real.
const tills = { id: 1, label: 'Till', bounds: { x: 0, y: 0, width: 1280, height: 1200 } };
const customers = { id: 2, label: 'Customer', bounds: { x: 1280, y: 0, width: 640, height: 480 } };

type Monitors = readonly (typeof tills)[];

/** From now on the system has these monitors; it says so, as it does where one is plugged in or pulled out. */
const plug = ({ app }: OpenApp, monitors: Monitors): Promise<void> =>
  app.evaluate(({ screen }, now) => {
    const asDisplays = now.map((one) => ({ ...one, workArea: one.bounds }));
    Object.assign(screen, {
      getAllDisplays: () => asDisplays,
      getPrimaryDisplay: () => asDisplays[0],
    });
    screen.emit('display-metrics-changed', {}, asDisplays[0], ['bounds']);
  }, monitors);

const boundsOf = ({ app }: OpenApp, isFocusable: boolean) =>
  app.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isFocusable() === wanted)
        .map((window) => window.getBounds()),
    isFocusable,
  );

const isCustomers = (page: Page) => page.url().endsWith('/customer.html');

async function customerPage({ app }: OpenApp): Promise<Page> {
  const page = app.windows().find(isCustomers) ?? (await app.waitForEvent('window', isCustomers));
  page.setDefaultTimeout(patienceMs);
  await page.getByRole('heading').waitFor();
  return page;
}

async function noCustomerPage(open: OpenApp): Promise<void> {
  await expect.poll(() => open.app.windows().some(isCustomers), { timeout: patienceMs }).toBe(false);
}

async function setDisplay({ page }: OpenApp, isOn: boolean): Promise<void> {
  await openFromMenu(page, 'station');
  const dialog = page.getByRole('dialog', { name: words('station.title') });
  await dialog.getByRole('checkbox', { name: words('station.customer') }).setChecked(isOn);
  await pressWithPin(dialog, words('station.save'));
  await dialog.waitFor({ state: 'detached' });
}

async function looksWell(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `customer-${name}-${colorScheme}`);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  }
  await fits(page, name);
}

async function fits(page: Page, name: string): Promise<void> {
  const isWhole = await page.evaluate(() => {
    const main = document.querySelector('main');
    return main !== null && main.scrollHeight <= main.clientHeight && main.scrollWidth <= main.clientWidth;
  });
  expect(isWhole, `${name} fits`).toBe(true);
}

async function openShown() {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  await memberField(open.page).waitFor();
  await plug(open, [tills, customers]);
  await setDisplay(open, true);
  return { open, shown: await customerPage(open) };
}

it('shows on the second monitor the first name and the sum alone, and thanks, while the keys are the form’s', async () => {
  const { open, shown } = await openShown();
  const { page, complaints } = open;
  expect(await boundsOf(open, false)).toEqual([customers.bounds]);
  expect(await shown.getByRole('heading').textContent()).toBe('Counter 1');
  // It hears, and has nothing to ask with.
  const doors = await shown.evaluate(() => [
    'till' in window,
    Object.keys((window as unknown as { customer: object }).customer).join(),
  ]);
  expect(doors).toEqual([false, 'onShown']);
  await looksWell(shown, 'idle');

  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await shown.getByText('S$50.00').waitFor();
  expect(await shown.getByRole('heading').textContent()).toBe('Mei Ling');
  const told = (await shown.locator('body').textContent()) ?? '';
  for (const secret of [meiLing.number, meiLing.phone, '120.00', '170.00', 'Tan'])
    expect(told).not.toContain(secret);
  await looksWell(shown, 'draft');
  await pay(page);
  await confirmButton(page).click();
  await shown.getByText('Thank you, Mei Ling').waitFor();
  await looksWell(shown, 'thanks');
  expect(complaints).toEqual([]);
});

it('is gone with its monitor and comes back with it, and no plug moves the till', async () => {
  const { open } = await openShown();
  const { page } = open;
  const before = await boundsOf(open, true);
  await plug(open, [tills]);
  await noCustomerPage(open);
  await openFromMenu(page, 'station');
  await page.getByText(words('station.customerGone')).waitFor();
  await page.keyboard.press('Escape');
  await plug(open, [tills, { ...customers, id: 3, label: 'Back room' }]);
  await noCustomerPage(open);
  await plug(open, [tills, { ...customers, id: 9 }]);
  await customerPage(open);
  expect(await boundsOf(open, true)).toEqual(before);
  await open.close();

  const again = await openApp({ folder: open.folder });
  await memberField(again.page).waitFor();
  await noCustomerPage(again);
  await plug(again, [tills, customers]);
  await customerPage(again);
  await setDisplay(again, false);
  await noCustomerPage(again);
});

it('fits whatever a member and a sum are called, in every language', async () => {
  const { open, shown } = await openShown();
  const names = ['🧑🏽‍🚀👩‍👩‍👧‍👦🦊', 'عبد الرحمن', 'W'.repeat(100), '玲'.repeat(30), 'Ana'];
  const sums = { amount: 'S$9,999,999,999.99', bonus: 'S$1,000,000.00', points: '99,999,999' };
  for (const language of ['en', 'zh', 'ms'] as const) {
    for (const [index, firstName] of names.entries()) {
      for (const kind of ['draft', 'thanks'] as const) {
        const told: CustomerShown = { kind, language, isPractice: true, firstName, ...sums };
        await open.app.evaluate(({ BrowserWindow }, say) => {
          const window = BrowserWindow.getAllWindows().find((one) => !one.isFocusable());
          window?.webContents.send('customer:shown', say);
        }, told);
        await expect.poll(() => shown.getByRole('heading').textContent()).toContain(firstName);
        await fits(shown, `${kind} of ${firstName} in ${language}`);
        if (kind === 'draft') await picture(shown, `customer-${language}-${index}`);
      }
    }
  }
});
