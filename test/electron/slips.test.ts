import { expect, it } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { startFakePrinter } from '../receipts/fake-printer.ts';
import { codeIn, printedDots } from '../receipts/printed-dots.ts';
import { openTill } from '../support/electron-app.ts';
import { backToTill, setUpPrinter } from '../support/electron-receipts.ts';
import { scan } from '../support/electron-scanner.ts';
import { dialog, list } from '../support/electron-slips.ts';
import {
  managerPin,
  openFromMenu,
  pressWithPin,
  ticket,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

it('takes up the code of a paper that came out of the printer', { timeout: 120_000 }, async () => {
  const [store, printer] = await Promise.all([startPracticeStore(), startFakePrinter()]);
  const lost = await openTill(store, { managerPin });
  await setUpPrinter(lost.page, printer, '简体中文');
  await backToTill(lost.page);
  await topUp(lost.page, meiLing, '50', '10');
  await untilRows(lost.page, 1, 'Done');
  await ticket(lost.page)
    .getByRole('button', { name: words('receipts.print') })
    .click();
  await printer.until(() => printer.papers.length === 1);
  await lost.kill();
  const code = codeIn(printedDots(printer.papers[0] ?? new Uint8Array()));
  const fresh = await openTill(store, { managerPin });
  await openFromMenu(fresh.page, 'slips');
  await pressWithPin(dialog(fresh.page), words('slips.begin'));
  await untilText(dialog(fresh.page), words('slips.ready'));
  await scan(fresh.page, code ?? 'no code on the paper');
  await untilText(list(fresh.page), /Taken up as 0001.*Tan Mei Ling.*KYBIO had confirmed/);
});

it('is in the manager’s menu, and asks for the PIN', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await openFromMenu(page, 'slips');
  await dialog(page).getByLabel(words('manager.pin')).fill('000001');
  await dialog(page)
    .getByRole('button', { name: words('slips.begin') })
    .click();
  await untilText(dialog(page), /PIN/);
  expect(await list(page).count()).toBe(0);
  expect(await dialog(page).getByLabel(words('slips.code')).count()).toBe(0);
});
