import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chenJia, gohLiTing, limWei, meiLing, nurAisyah, rajanPillai } from '../../main/practice/members.ts';
import type { PracticeStore } from '../../main/practice/types.ts';
import { type OpenApp, openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import {
  amountField,
  confirmButton,
  givePin,
  increment,
  incrementsOf,
  managerPin,
  memberCard,
  memberField,
  openFromMenu,
  review,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  untilText,
  type Wish,
  words,
} from '../support/electron-till.ts';
import { startPracticeStore } from '../support/practice-store.ts';

// A lost reply rests 150 s before it is looked into, and 60 s lie between two readings that must agree.
// Neither can be made shorter, so everything here waits at the same time.
const settlingMs = 240_000;
const wholeMs = 300_000;

type Lost = 'before' | 'after';

/** Tops up while the reply is lost, before or after KYBIO has applied it. */
async function lose(store: PracticeStore, page: Page, member: Wish, amount: string, when: Lost, points = '') {
  store.addFault({ fault: { kind: 'drop', when }, method: increment, times: 1 });
  await topUp(page, member, amount, points);
  await untilRows(page, 1, member.name, 'Checking');
}

async function untilState(page: Page, member: Wish, state: string): Promise<void> {
  await rows(page, member.name, state).first().waitFor({ timeout: settlingMs });
}

async function declareSingleWriter(page: Page): Promise<void> {
  await openFromMenu(page, 'settings');
  const box = page.getByRole('checkbox', { name: words('policy.singleWriter') });
  await page.getByText(words('policy.singleWriter'), { exact: true }).click();
  expect(await box.isChecked()).toBe(true);
  await page.getByRole('button', { name: words('policy.save') }).click();
  await page.getByRole('dialog').getByText(words('policy.saveRisk')).waitFor();
  await givePin(page, words('policy.save'));
  await page.getByText(words('policy.kept')).waitFor();
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

const caseOf = (page: Page, member: Wish, sum: string): Locator =>
  page.getByRole('article', { name: `${member.name} · ${sum}` });

type Answer = 'arrived' | 'send' | 'drop';

/** Gives a manager's answer; `isAgainst` where the evidence does not say so, which is asked about first. */
async function answer(page: Page, article: Locator, word: Answer, isAgainst = false): Promise<void> {
  await article.getByRole('button', { name: words(`review.answers.${word}`), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.getByRole('button', { name: words('review.ask.goOn') }).count()).toBe(
    isAgainst ? 1 : 0,
  );
  if (isAgainst) await dialog.getByRole('button', { name: words('review.ask.goOn') }).click();
  await givePin(page, words(`review.ask.confirm.${word}`));
  await article.waitFor({ state: 'detached' });
}

interface PrintStub {
  counterfoilPrint?: (printed: boolean, reason: string) => void;
}

/** Stands in for the print dialog: the sheet stays on the page until the printer is done with it. */
async function holdPrinter(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    contents.print = (_options, done) => {
      if (done !== undefined) (globalThis as PrintStub).counterfoilPrint = done;
    };
  });
}

async function printForTheFile({ app, page }: OpenApp, article: Locator, told: readonly string[]) {
  await holdPrinter(app);
  await article.getByRole('button', { name: words('review.print') }).click();
  await expect
    .poll(() => app.evaluate(() => (globalThis as PrintStub).counterfoilPrint !== undefined))
    .toBe(true);
  const sheet = page.locator('body > div', { hasText: words('sheet.decision') }).last();
  for (const word of told) expect(await sheet.textContent()).toContain(word);
  await app.evaluate(() => (globalThis as PrintStub).counterfoilPrint?.(true, ''));
  await page.getByText(words('sheet.title'), { exact: true }).waitFor({ state: 'detached' });
}

const sent = (store: PracticeStore, member: { readonly customerUid: string }) =>
  incrementsOf(store, member).map(({ balanceIncrement, pointIncrement }) => [
    balanceIncrement,
    pointIncrement,
  ]);

/** What the manager does once the evidence is there, at the till where nothing is declared. */
async function decideByPerson(open: OpenApp, store: PracticeStore): Promise<void> {
  const { page } = open;
  await untilState(page, meiLing, 'Needs review');
  await review(page)
    .getByRole('button', { name: words('review.open') })
    .click();
  const arrived = caseOf(page, meiLing, 'S$50.00');
  await untilText(arrived, words('review.advice.probablyArrived'));
  await untilText(arrived, /S\$120\.00.*S\$170\.00/);
  const unclear = caseOf(page, rajanPillai, 'S$40.00');
  await unclear.waitFor({ timeout: settlingMs });
  await untilText(unclear, words('review.advice.unclear'));
  await look(open, 'review');
  await printForTheFile(open, arrived, [meiLing.name, meiLing.number, 'S$120.00', 'S$170.00']);
  await answer(page, arrived, 'arrived');
  await answer(page, unclear, 'arrived', true);

  const notArrived = caseOf(page, limWei, 'S$20.00');
  await notArrived.waitFor({ timeout: settlingMs });
  await untilText(notArrived, words('review.advice.probablyNot'));
  await answer(page, notArrived, 'send');
  const dropped = caseOf(page, nurAisyah, 'S$10.00');
  await dropped.waitFor({ timeout: settlingMs });
  await answer(page, dropped, 'drop', true);
  await page.getByText(words('review.screen.empty')).waitFor();
  await page.keyboard.press('Escape');

  for (const member of [meiLing, rajanPillai, limWei]) await untilState(page, member, 'Done');
  await untilState(page, nurAisyah, 'Cancelled');
  await untilStrip(page, /^Online · all sent$/);
  expect(sent(store, meiLing)).toEqual([['50', '0']]);
  expect(sent(store, rajanPillai)).toEqual([['40', '0']]);
  expect(sent(store, limWei)).toEqual([['20', '0']]);
  expect(sent(store, nurAisyah)).toEqual([]);
}

/**
 * The request that was given up arrives after all, between the cashier's look-up and the next top-up: that
 * one's reply shows it.
 */
async function takeDoubleBack({ page }: OpenApp, store: PracticeStore): Promise<void> {
  const { balance, point } = store.member(limWei.customerUid);
  expect(Number(balance)).toBe(68.5);
  await takeMember(page, limWei);
  await untilText(memberCard(page), 'S$68.50');
  store.adjust(limWei.customerUid, '88.50', point);
  await amountField(page).fill('5');
  await confirmButton(page).click();
  await page
    .getByRole('status')
    .getByRole('button', { name: words('strip.review_one', { count: '1' }) })
    .click();
  const doubt = page.getByRole('article', { name: words('doubts.possible-double.title') });
  await untilText(doubt, 'Lim Wei · S$20.00');
  await doubt.getByRole('button', { name: words('doubts.possible-double.correct') }).click();
  await givePin(page, words('doubts.possible-double.correct'));
  await page.getByText(words('review.screen.empty')).waitFor();
  await page.keyboard.press('Escape');
  await untilRows(page, 3, 'Lim Wei', 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(sent(store, limWei)).toEqual([
    ['20', '0'],
    ['5', '0'],
    ['-20', '0'],
  ]);
  expect(Number(store.member(limWei.customerUid).balance)).toBe(73.5);
}

/** Where nobody else writes, both are settled without a person. */
async function decidedByTill({ page }: OpenApp, store: PracticeStore): Promise<void> {
  await Promise.all([untilState(page, chenJia, 'Done'), untilState(page, gohLiTing, 'Done')]);
  await untilStrip(page, /^Online · all sent$/);
  expect(sent(store, chenJia)).toEqual([['120', '0']]);
  expect(sent(store, gohLiTing)).toEqual([['30', '15']]);
  expect(await rows(page, 'Needs review').count()).toBe(0);
}

it(
  'walks lost replies to their end: by a manager, and by itself where one writer is declared',
  async () => {
    const asking = await startPracticeStore();
    const declared = await startPracticeStore();
    const [person, alone] = await Promise.all([
      openTill(asking, { managerPin }),
      openTill(declared, { managerPin }),
    ]);
    const loseForPerson = async () => {
      await lose(asking, person.page, limWei, '20', 'before');
      await lose(asking, person.page, nurAisyah, '10', 'before');
      await lose(asking, person.page, meiLing, '50', 'after');
      await lose(asking, person.page, rajanPillai, '40', 'after');
      // Spent at a terminal meanwhile: the balance no longer tells.
      asking.adjust(rajanPillai.customerUid, '287.00', rajanPillai.point);
    };
    const loseAlone = async () => {
      await declareSingleWriter(alone.page);
      await lose(declared, alone.page, gohLiTing, '30', 'before', '15');
      await lose(declared, alone.page, chenJia, '120', 'after');
    };
    await Promise.all([loseForPerson(), loseAlone()]);
    await Promise.all([decideByPerson(person, asking), decidedByTill(alone, declared)]);
    await takeDoubleBack(person, asking);
    expect([...person.complaints, ...alone.complaints]).toEqual([]);
  },
  wholeMs,
);
