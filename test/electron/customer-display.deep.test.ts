import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import type { CustomerShown } from '../../preload/contract/index.ts';
import { type OpenApp, openApp, timeoutMs } from '../support/electron-app.ts';
import {
  boundsOf,
  customerPage,
  customers,
  fits,
  isCustomers,
  openDisplayTab,
  openShown,
  plug,
  setDisplay,
  tills,
} from '../support/electron-customer.ts';
import { picture } from '../support/electron-look.ts';
import { amountField, confirmButton, memberField, pay, takeMember, words } from '../support/electron-till.ts';

async function noCustomerPage(open: OpenApp): Promise<void> {
  await expect.poll(() => open.app.windows().some(isCustomers), { timeout: timeoutMs }).toBe(false);
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

it('is drawn well while it waits, and with a sum and with thanks on it', async () => {
  const { open, shown } = await openShown();
  const { page } = open;
  await looksWell(shown, 'idle');
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await shown.getByText('S$50.00').waitFor();
  await looksWell(shown, 'draft');
  await pay(page);
  await confirmButton(page).click();
  await shown.getByText('Thank you, Mei Ling').waitFor();
  await looksWell(shown, 'thanks');
});

it('is gone with its monitor and comes back with it, and no plug moves the till', async () => {
  const { open } = await openShown();
  const { page } = open;
  const before = await boundsOf(open, true);
  await plug(open, [tills]);
  await noCustomerPage(open);
  await openDisplayTab(page);
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
