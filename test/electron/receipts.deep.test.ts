import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { startFakePrinter } from '../paper/receipts/fake-printer.ts';
import { printedDots } from '../paper/receipts/printed-dots.ts';
import { openTill, testFolder } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { backToTill, button, setUpPrinter } from '../support/electron-receipts.ts';
import { managerPin, ticket, topUp, untilRows, words } from '../support/electron-till.ts';

it('a manager sets the printer up with a test, and a receipt in Chinese comes out as a picture', async () => {
  const [store, printer] = await Promise.all([startPracticeStore(), startFakePrinter()]);
  const open = await openTill(store, { managerPin });
  const { page, complaints } = open;
  await setUpPrinter(page, printer, '简体中文');
  await button(page, words('receipts.tabs.printer')).click();
  await button(page, words('receipts.testPrint')).click();
  await page.getByText(words('receipts.told.printed')).waitFor();
  printer.mood = 'paper-out';
  await button(page, words('receipts.testPrint')).click();
  await page.getByText(words('errors.printer-paper-out')).waitFor();
  printer.mood = 'ready';
  await look(open, 'receipts');
  await backToTill(page);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await ticket(page)
    .getByRole('button', { name: words('receipts.print') })
    .click();
  await page.getByRole('dialog').getByText(words('receipts.states.printed'), { exact: true }).waitFor();
  await page.getByRole('dialog').locator('pre', { hasText: '已确认' }).waitFor({ state: 'attached' });
  expect(printer.papers).toHaveLength(2);
  const { width, height, bits } = printedDots(printer.papers[1] ?? new Uint8Array());
  expect(width).toBe(576);
  expect(height).toBeGreaterThan(300);
  // A rule goes from edge to edge.
  const across = width / 8;
  const inked = new Set(Array.from(bits.keys()).flatMap((at) => (bits[at] === 0 ? [] : [at % across])));
  expect(inked.size).toBe(across);
  const pdf = join(testFolder(), 'receipt.pdf');
  await open.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, pdf);
  await button(page, words('receipts.savePdf')).click();
  await expect.poll(() => existsSync(pdf) && readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  await look(open, 'receipt');
  expect(complaints).toEqual([]);
});
