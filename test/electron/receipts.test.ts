import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type FakePrinter, startFakePrinter } from '../receipts/fake-printer.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import {
  givePin,
  managerPin,
  openFromMenu,
  rows,
  ticket,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A manager sets the printer up; the screen stays open. */
async function setUpPrinter(page: Page, printer: FakePrinter, language = 'English'): Promise<void> {
  await openFromMenu(page, 'settings');
  await button(page, words('receipts.setUp')).click();
  await page.getByText(words('receipts.kinds.network'), { exact: true }).click();
  await page.getByLabel(words('receipts.address'), { exact: true }).fill(printer.address);
  await page.getByText(language, { exact: true }).click();
  await page.getByLabel(words('receipts.header')).fill('Fun Toys');
  await button(page, words('receipts.save')).click();
  await givePin(page, words('receipts.acts.save.action'));
  await page.getByText(words('receipts.saved')).waitFor();
}

async function backToTill(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: words('policy.title') }).waitFor();
  await page.keyboard.press('Escape');
}

/** What the bands of a picture hold: how wide they are, and where there is ink. */
function inkOf(paper: Buffer): {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: Set<number>;
} {
  let rows = 0;
  let bytes = 0;
  const columns = new Set<number>();
  for (let at = paper.indexOf('\x1dv0'); at >= 0 && paper[at] === 0x1d && paper[at + 1] === 0x76; ) {
    bytes = paper.readUInt16LE(at + 4);
    const height = paper.readUInt16LE(at + 6);
    expect(height).toBeLessThanOrEqual(200);
    for (let dot = 0; dot < bytes * height; dot++) if (paper[at + 8 + dot] !== 0) columns.add(dot % bytes);
    rows += height;
    at += 8 + bytes * height;
  }
  return { bytes, rows, columns };
}

it('a manager sets the printer up with a test, and a receipt in Chinese comes out as a picture', async () => {
  const [store, printer] = await Promise.all([startPracticeStore(), startFakePrinter()]);
  const open = await openTill(store, { managerPin });
  const { page, complaints } = open;
  await setUpPrinter(page, printer, '简体中文');
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
  const { bytes, rows: height, columns } = inkOf(printer.papers[1] ?? Buffer.alloc(0));
  expect(bytes).toBe(576 / 8);
  expect(height).toBeGreaterThan(300);
  // A rule goes from edge to edge.
  expect(columns.size).toBe(bytes);
  const pdf = join(testFolder(), 'receipt.pdf');
  await open.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, pdf);
  await button(page, words('receipts.savePdf')).click();
  await expect.poll(() => existsSync(pdf) && readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  await look(open, 'receipt');
  expect(complaints).toEqual([]);
});

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
  await button(again.page, words('receipts.see')).click();
  await button(again.page, words('receipts.ask.leave_one')).click();
  await again.page.getByText(words('receipts.unsettled_one', { count: '1' })).waitFor({ state: 'detached' });
  expect(printer.papers).toHaveLength(1);
});
