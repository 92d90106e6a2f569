import { it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { deskOf, entriesIn, slipOf } from '../kit/slips.ts';
import { startFakePrinter } from '../paper/receipts/fake-printer.ts';
import { codeIn, printedDots } from '../paper/receipts/printed-dots.ts';
import { openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { backToTill, setUpPrinter } from '../support/electron-receipts.ts';
import { scan } from '../support/electron-scanner.ts';
import { dialog, list, openSlips } from '../support/electron-slips.ts';
import {
  managerPin,
  pressWithPin,
  takeMember,
  ticket,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

/** A till that took three top-ups, of which one is done and two wait, and its receipts. Its disk is gone. */
async function lostTill() {
  const store = await startPracticeStore();
  const { page, folder, kill } = await openTill(store, { managerPin });
  await takeMember(page, limWei);
  await topUp(page, meiLing, '50', '10');
  await untilRows(page, 1, 'Done');
  await store.setPlug(false);
  await topUp(page, limWei, '20.50');
  await topUp(page, limWei, '7');
  await untilRows(page, 2, 'Waiting');
  await kill();
  await store.setPlug(true);
  const entries = entriesIn(databaseFile(liveFolder(folder)));
  const [first] = entries;
  if (first === undefined) throw new Error('no entries');
  const desk = deskOf(store);
  return { store, entries, desk, codes: entries.map((entry) => slipOf(entry, desk)) };
}

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
  await openSlips(fresh.page);
  await pressWithPin(dialog(fresh.page), words('slips.begin'));
  await untilText(dialog(fresh.page), words('slips.ready'));
  await scan(fresh.page, code ?? 'no code on the paper');
  await list(fresh.page)
    .getByRole('button', { name: words('slips.tillIsLost', { till: 'Counter 1' }) })
    .click();
  await untilText(list(fresh.page), /Added as 0001.*Tan Mei Ling.*KYBIO had confirmed/);
});

it('is well drawn in every size', { timeout: 120_000 }, async () => {
  const { store, codes } = await lostTill();
  const open = await openTill(store, { managerPin });
  await openSlips(open.page);
  await pressWithPin(dialog(open.page), words('slips.begin'));
  await untilText(dialog(open.page), words('slips.ready'));
  for (const code of codes) await scan(open.page, code);
  await untilText(list(open.page), words('slips.mayBeCancelled'));
  await look(open, 'slips-of-another-till');
  await list(open.page)
    .getByRole('button', { name: words('slips.tillIsLost', { till: 'Counter 1' }) })
    .first()
    .click();
  await untilText(list(open.page), /Added as 0003/);
  await scan(open.page, 'CFS1FOLDED');
  await untilText(list(open.page), words('errors.receipt-unreadable'));
  await look(open, 'slips');
});
