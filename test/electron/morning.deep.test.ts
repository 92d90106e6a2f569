import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing, rajanPillai } from '../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { deskOf, entriesIn, slipOf } from '../kit/slips.ts';
import { type FakePrinter, startFakePrinter } from '../paper/receipts/fake-printer.ts';
import { openTill } from '../support/electron-app.ts';
import { makeRule, pinOf } from '../support/electron-day.ts';
import { axeFindings } from '../support/electron-look.ts';
import {
  type AtWork,
  addPerson,
  dialogOf,
  limitCashiers,
  press,
  switchTo,
} from '../support/electron-people.ts';
import { scan } from '../support/electron-scanner.ts';
import { saveChanges } from '../support/electron-settings.ts';
import { openSlips } from '../support/electron-slips.ts';
import {
  amountField,
  confirmButton,
  givePin,
  incrementCalls,
  incrementsOf,
  managerPin,
  memberField,
  openFromMenu,
  pay,
  pressWithPin,
  review,
  rows,
  speak,
  takeMember,
  ticket,
  topUp,
  untilIncrements,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

// A morning of two cashiers and a manager, as the shop has it: from the rules and the printer to the receipts that give back
// what a dead disk took.

const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };
const ana: AtWork = { name: 'Ana', role: 'cashier', pin: '391726' };
const ben: AtWork = { name: 'Ben', role: 'cashier', pin: '573918' };

const button = (page: Page, key: string) => page.getByRole('button', { name: words(key), exact: true });
const set = (page: Page, key: string, text: string) =>
  page.getByLabel(words(key), { exact: true }).fill(text);
const nothingFound = async (page: Page) => expect(await axeFindings(page)).toEqual([]);

async function setUpPrinter(page: Page, printer: FakePrinter): Promise<void> {
  await openFromMenu(page, 'receipts');
  await page.getByText(words('receipts.kinds.network'), { exact: true }).click();
  await set(page, 'receipts.address', printer.address);
  await nothingFound(page);
  await saveChanges(page);
  await page.keyboard.press('Escape');
}

async function setUpPeople(page: Page): Promise<void> {
  await memberField(page).waitFor();
  await openFromMenu(page, 'people');
  for (const person of [boss, ana, ben]) await addPerson(page, person, person === boss);
  await limitCashiers(page, '60');
  await nothingFound(page);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

/** In cash, with a bonus; the sentence and the ticket tell both. */
async function topUpInCash(page: Page): Promise<void> {
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await page.getByRole('button', { name: words('tenders.cash'), exact: true }).click();
  await page.getByRole('textbox', { name: words('form.given') }).fill('100');
  await untilText(confirmButton(page), /50\.00.*5\.00/);
  await nothingFound(page);
  await confirmButton(page).click();
  await untilRows(page, 1, meiLing.name, '55.00', words('states.confirmed'));
  await untilText(ticket(page), /50\.00/);
}

/** Above what a cashier enters alone: refused first, then a manager stands for it. */
async function topUpWithApproval(page: Page): Promise<void> {
  await takeMember(page, limWei);
  await amountField(page).fill('70');
  await pay(page);
  await untilText(confirmButton(page), /70\.00.*5\.00/);
  await confirmButton(page).click();
  const approve = dialogOf(page, 'people.approveTitle');
  await approve.getByLabel(words('people.pinOf', { name: boss.name })).waitFor();
  await nothingFound(page);
  await page.keyboard.press('Escape');
  await untilText(page.getByRole('alert'), words('errors.approval-needed_overLimit'));
  await button(page, 'waysOut.approve').click();
  await approve.getByLabel(words('people.pinOf', { name: boss.name })).fill(boss.pin);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, limWei.name, words('states.confirmed'));
}

/** The printer is off, and comes back: one paper. */
async function printWhenItIsBack(page: Page, printer: FakePrinter): Promise<void> {
  const before = printer.papers.length;
  await printer.off();
  await ticket(page)
    .getByRole('button', { name: words('receipts.print') })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words('receipts.states.waiting'), { exact: true }).waitFor();
  await dialog.getByRole('alert').first().waitFor();
  await nothingFound(page);
  await printer.on();
  await dialog.getByText(words('receipts.states.printed'), { exact: true }).waitFor();
  expect(printer.papers).toHaveLength(before + 1);
  await page.keyboard.press('Escape');
}

it.each(['en', 'zh'] as const)('a morning in %s', { timeout: 300_000 }, async (language) => {
  speak(language);
  const [store, printer] = await Promise.all([startPracticeStore(), startFakePrinter()]);
  const set = { managerPin, language: `${language}-SG`, policy: { tenders: ['cash', 'card'] } };
  const { page, complaints, folder, kill } = await openTill(store, set);
  await makeRule(page, () => nothingFound(page));
  await setUpPrinter(page, printer);
  await setUpPeople(page);

  await switchTo(page, ana);
  await topUpInCash(page);
  expect(incrementsOf(store, meiLing)).toMatchObject([{ balanceIncrement: '55' }]);
  await switchTo(page, ben);
  await topUpWithApproval(page);
  expect(incrementsOf(store, limWei)).toMatchObject([{ balanceIncrement: '75' }]);
  await printWhenItIsBack(page, printer);

  // An outage in the middle.
  await takeMember(page, rajanPillai);
  await store.setPlug(false);
  await topUp(page, rajanPillai, '20');
  await untilRows(page, 1, rajanPillai.name, words('states.queued'));
  await store.setPlug(true);
  await untilRows(page, 1, rajanPillai.name, words('states.confirmed'));

  // A part of the bonus is spent by now: the manager sees the shortfall and writes it off.
  store.adjust(meiLing.customerUid, '53.00', meiLing.point);
  await switchTo(page, boss);
  await rows(page, meiLing.name, '55.00')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  await untilText(page.getByRole('dialog'), /53\.00.*2\.00/);
  await nothingFound(page);
  // It moves money: asked of a manager who is there, too.
  await pinOf(page, boss).fill(boss.pin);
  await givePin(page, words('reverse.confirm'));
  await untilIncrements(store, 4);
  expect(incrementsOf(store, meiLing).at(-1)).toMatchObject({ balanceIncrement: '-53' });
  await nothingFound(page);
  expect(complaints).toEqual([]);

  // The disk dies; a fresh till learns from a receipt what it does not know.
  await kill();
  const [entry] = entriesIn(databaseFile(liveFolder(folder)));
  if (entry === undefined) throw new Error('no entry');
  expect(entry).toMatchObject({ actor: ana.name, terms: { bonus: '5', tender: 'cash', given: '100' } });
  const sent = incrementCalls(store).length;
  const fresh = await openTill(store, set);
  await openSlips(fresh.page);
  const slips = dialogOf(fresh.page, 'slips.title');
  await pressWithPin(slips, words('slips.begin'));
  await untilText(slips, words('slips.ready'));
  await scan(fresh.page, slipOf(entry, deskOf(store)));
  await slips.getByRole('button', { name: words('slips.tillIsLost', { till: entry.till }) }).click();
  await untilText(slips.getByRole('list', { name: words('slips.list') }), meiLing.name);
  await press(slips, 'slips.toReview');
  await untilText(review(fresh.page), words('review.case.from-confirmed-receipt'));
  await nothingFound(fresh.page);
  expect(incrementCalls(store)).toHaveLength(sent);
});
