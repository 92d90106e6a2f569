import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { startFakePrinter } from '../paper/receipts/fake-printer.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { backToTill, button, setUpPrinter } from '../support/electron-receipts.ts';
import { managerPin, rows, ticket, topUp, untilRows, words } from '../support/electron-till.ts';

it('a printer that fails and comes back prints once, and nothing is doubled after a kill', async () => {
  const [store, printer] = await Promise.all([startPracticeStore(), startFakePrinter()]);
  const { page, folder, kill } = await openTill(store, { managerPin });
  await setUpPrinter(page, printer);
  await backToTill(page);
  await printer.off();
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await rows(page, 'Tan Mei Ling').first().click();
  await button(page, words('receipts.print')).last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words('receipts.states.waiting'), { exact: true }).waitFor();
  await dialog.getByRole('alert').first().waitFor();
  await printer.on();
  await dialog.getByText(words('receipts.states.printed'), { exact: true }).waitFor();
  expect(printer.papers.map(String).join()).toContain('Confirmed');
  await page.keyboard.press('Escape');

  printer.mood = 'dies';
  await ticket(page)
    .getByRole('button', { name: words('receipts.print') })
    .click();
  await dialog.getByText(words('receipts.states.unknown'), { exact: true }).waitFor();
  await kill();
  printer.mood = 'ready';
  const again = await openApp({ folder });
  await again.page.getByText(words('receipts.unsettled_one', { count: '1' })).waitFor();
  expect(printer.papers).toHaveLength(1);
  await again.page.getByRole('button', { name: words('receipts.see') }).click();
  await button(again.page, words('receipts.ask.leave_one')).click();
  await again.page.getByText(words('receipts.unsettled_one', { count: '1' })).waitFor({ state: 'detached' });
  expect(printer.papers).toHaveLength(1);
});
