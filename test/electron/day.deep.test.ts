import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { gohLiTing, limWei, rajanPillai } from '../../main/practice/members.ts';
import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  formatMoney,
  isZeroAmount,
  negateAmount,
  subtractAmounts,
} from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill, storeTimeZone, testFolder } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import {
  bookedIn,
  commitCount,
  makeRule,
  openDay,
  openShift,
  payOut,
  pinOf,
  pressOn,
  rowOf,
  type Sale,
  sales,
  sell,
  setUpPeople,
  sumOf,
  takenBackIn,
} from '../support/electron-day.ts';
import { axeFindings } from '../support/electron-look.ts';
import { type AtWork, press, switchTo } from '../support/electron-people.ts';
import { declare } from '../support/electron-review.ts';
import {
  givePin,
  increment,
  managerPin,
  memberField,
  openFromMenu,
  pressWithPin,
  rows,
  speak,
  topUp,
  untilIncrements,
  untilRows,
  words,
} from '../support/electron-till.ts';

// A whole day of two cashiers and a manager, as the shop has it; every figure is held against the practice store's ledger.

const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };
const ana: AtWork = { name: 'Ana', role: 'cashier', pin: '391726' };
const ben: AtWork = { name: 'Ben', role: 'cashier', pin: '573918' };

const nothingFound = async (page: Page) => expect(await axeFindings(page)).toEqual([]);

async function openShop(language: 'en' | 'zh') {
  const clock = createPassingClock();
  const store = await startPracticeStore({
    ...{ clock, storeTimeZone, profile: { keepsRechargeLog: true, logCarriesDataChangeTime: true } },
  });
  const policy = { tenders: ['cash', 'card'], repeatWithinMs: 0, peopleLockAfterMs: 0 };
  const till = await openTill(store, { managerPin, language: `${language}-SG`, policy }, { clock });
  await declare(till.page, 'singleWriter');
  await makeRule(till.page, () => nothingFound(till.page));
  await setUpPeople(till.page, [boss, ana, ben]);
  return { ...till, clock, store, money: (sum: Amount) => formatMoney(sum, 'SGD', `${language}-SG`) };
}

type Shop = Awaited<ReturnType<typeof openShop>>;

/** Forty entries: two cashiers, an outage in the middle, a lost reply, one taken back, and one that waits at the close. */
async function workTheDay({ page, store }: Shop): Promise<readonly Sale[]> {
  const early = sales(18, 0, ana);
  const inOutage = sales(2, 18, ben);
  const later = sales(17, 20, ben);
  const lost = { ...sales(1, 37, ben)[0], member: rajanPillai, tender: 'card' } as Sale;
  const last = { ...sales(1, 38, ben)[0], member: limWei, tender: 'cash' } as Sale;
  await switchTo(page, ana);
  await openShift(page, '200');
  for (const sale of early) await sell(page, sale);
  await untilIncrements(store, early.length);
  await switchTo(page, ben);
  await store.setPlug(false);
  for (const sale of inOutage) await sell(page, sale);
  await untilRows(page, inOutage.length, words('states.queued'));
  await store.setPlug(true);
  await untilIncrements(store, early.length + inOutage.length);
  for (const sale of later) await sell(page, sale);
  // Points alone, which nobody pays for.
  await topUp(page, gohLiTing, '', '12');
  const sent = early.length + inOutage.length + later.length + 1;
  await untilIncrements(store, sent);
  // The manager takes one back that was paid in cash.
  const wrong = later.at(-3);
  if (wrong?.tender !== 'cash') throw new Error('no cash to give back');
  await switchTo(page, boss);
  await rows(page, wrong.member.name, wrong.sum)
    .first()
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  await givePin(page, words('reverse.confirm'));
  await untilIncrements(store, sent + 1);
  await switchTo(page, ben);
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 1 });
  await sell(page, lost);
  await untilRows(page, 1, lost.member.name, words('states.unknown'));
  await store.setPlug(false);
  await sell(page, last);
  await untilRows(page, 1, last.member.name, words('states.queued'));
  return [...early, ...inOutage, ...later, lost, last];
}

/** What each tender must come to by the ledger; what waits is in no ledger yet, and is as it was entered. */
function expectedOf({ store }: Shop, sold: readonly Sale[]) {
  const booked = bookedIn(store, sold);
  const waiting = sold.slice(booked.length);
  const of = (tender: string) => ({
    booked: sumOf(booked.filter(({ sale }) => sale.tender === tender).map((one) => one.principal)),
    waiting: sumOf(waiting.filter((sale) => sale.tender === tender).map(({ sum }) => amount(sum))),
  });
  const cash = of('cash');
  const card = of('card');
  const takenBack = takenBackIn(store);
  const paidOut = amount('15');
  return {
    ...{ booked, waiting, takenBack },
    cash: addAmounts(cash.booked, cash.waiting),
    card: addAmounts(card.booked, card.waiting),
    drawer: addAmounts(
      amount('200'),
      cash.booked,
      cash.waiting,
      negateAmount(takenBack),
      negateAmount(paidOut),
    ),
  };
}

type Expected = ReturnType<typeof expectedOf>;

async function closeWithVariance({ page, money }: Shop, must: Expected): Promise<void> {
  await openDay(page);
  await payOut(page, '15', 'Milk', boss);
  await pressOn(page, 'shifts.open.count');
  const counted = subtractAmounts(must.drawer, amount('12'));
  await expect(page.getByText(money(must.drawer)).count()).resolves.toBe(0);
  await commitCount(page, counted, must.card);
  const short = words('shifts.short', { sum: money(amount('12')) });
  await page.getByText(words('shifts.outcome.leads.recount')).waitFor();
  await expect(page.getByText(short).count()).resolves.toBe(0);
  await nothingFound(page);
  await pressOn(page, 'shifts.outcome.acts.recount');
  await commitCount(page, counted, must.card);
  await page.getByText(short).first().waitFor();
  await pressOn(page, 'shifts.outcome.acts.reason');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('shifts.moves.reason')).fill('A note was given twice');
  await pinOf(page, boss).fill(boss.pin);
  await press(dialog, 'shifts.outcome.acts.close');
  await page.getByRole('region', { name: words('shifts.ticket.region') }).waitFor();
  await nothingFound(page);
}

/** The first Z, line by line. */
async function readTheZ({ page, money }: Shop, must: Expected, sold: readonly Sale[]): Promise<void> {
  const tenders = 'shifts.tables.tenders';
  const [cashTaken] = await rowOf(page, tenders, words('tenders.cash'));
  const [cardTaken] = await rowOf(page, tenders, words('tenders.card'));
  expect([cashTaken, cardTaken]).toEqual([money(must.cash), money(must.card)]);
  expect(await rowOf(page, 'shifts.tables.counted', words('tenders.cash'))).toEqual([
    money(must.drawer),
    money(subtractAmounts(must.drawer, amount('12'))),
    words('shifts.short', { sum: money(amount('12')) }),
  ]);
  const bySale = (who: AtWork) => sold.filter((sale) => sale.who === who);
  for (const who of [ana, ben]) {
    const [count, net] = await rowOf(page, 'shifts.tables.cashiers', who.name);
    expect([count, net]).toEqual([
      String(bySale(who).length + (who === ben ? 1 : 0)),
      money(sumOf(bySale(who).map(({ sum }) => amount(sum)))),
    ]);
  }
  const unsettled = page.getByRole('table', { name: words('shifts.lists.unsettled') });
  await expect(unsettled.getByRole('row').filter({ hasText: rajanPillai.name }).count()).resolves.toBe(1);
  await expect(unsettled.getByRole('row').filter({ hasText: limWei.name }).count()).resolves.toBe(1);
}

/** The next shift: what was open settles, stands on its report as late, and changes no cash. */
async function settleLate({ page, store, clock, money }: Shop, sold: readonly Sale[]): Promise<void> {
  await page.keyboard.press('Escape');
  await openShift(page, '200');
  await store.setPlug(true);
  await clock.passUntil(async () => {
    const lost = await rows(page, rajanPillai.name, words('states.unknown')).count();
    const waiting = await rows(page, limWei.name, words('states.queued')).count();
    return lost + waiting === 0;
  }, 60_000);
  expect(bookedIn(store, sold)).toHaveLength(sold.length);
  await openDay(page);
  const late = page.getByRole('table', { name: words('shifts.lists.late') });
  // Before the count nothing is told of cash.
  await late.getByRole('row').filter({ hasText: rajanPillai.name }).waitFor();
  await expect(late.getByRole('row').filter({ hasText: limWei.name }).count()).resolves.toBe(0);
  await pressOn(page, 'shifts.open.count');
  await commitCount(page, amount('200'), amount('0'));
  await pressOn(page, 'shifts.outcome.acts.close');
  const z = page.getByRole('region', { name: words('shifts.ticket.region') });
  await z.getByText(words('shifts.ticket.number', { number: '2' })).waitFor();
  await late.getByRole('row').filter({ hasText: limWei.name }).waitFor();
  expect(await rowOf(page, 'shifts.tables.counted', words('tenders.cash'))).toEqual([
    money(amount('200')),
    money(amount('200')),
    words('shifts.matches'),
  ]);
  await nothingFound(page);
}

/** All entries of the day in one sentence and in a file, as the ledger has them. */
async function findAndExport({ page, app, store, money }: Shop, sold: readonly Sale[]): Promise<void> {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await switchTo(page, boss);
  await page.keyboard.press('F3');
  const taken = sumOf(bookedIn(store, sold).map((one) => one.increment));
  const summary = page.getByRole('region', { name: words('find.found') });
  await summary
    .filter({ hasText: money(taken) })
    .filter({ hasText: money(takenBackIn(store)) })
    .waitFor();
  await nothingFound(page);
  const file = join(testFolder(), 'day.csv');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await pressOn(page, 'find.export.open');
  await pressWithPin(page.getByRole('dialog'), words('find.export.action'));
  await page.getByRole('dialog', { name: words('find.export.doneTitle') }).waitFor();
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  const column = (line: string, name: string) => line.split(',')[head.split(',').indexOf(name)] ?? '';
  const isSum = (line: string) => column(line, 'kind') === 'sum';
  const entries = lines.filter((line) => !isSum(line));
  expect(entries).toHaveLength(sold.length + 2);
  const net = subtractAmounts(taken, takenBackIn(store));
  const foot = lines.find((line) => isSum(line) && column(line, 'state') === 'all') ?? '';
  for (const sum of [
    sumOf(entries.map((line) => amount(column(line, 'balanceIncrement')))),
    amount(column(foot, 'balanceIncrement')),
  ])
    expect(compareAmounts(sum, net)).toBe(0);
  await page.keyboard.press('Escape');
}

/** KYBIO's own log has each entry of the day, and nothing else. */
async function matchTheDay({ page, store, money }: Shop): Promise<void> {
  await page.keyboard.press('Escape');
  await openFromMenu(page, 'match');
  await pressOn(page, 'matching.start');
  await givePin(page, words('matching.start'));
  const all = store
    .increments()
    .map(({ balanceIncrement }) => amount(balanceIncrement))
    .filter((sum) => !isZeroAmount(sum));
  const cell = (entries: number, sum: Amount) =>
    words('matching.count', { number: String(entries), sum: money(sum) });
  const whole = [cell(all.length, sumOf(all)), cell(all.length, sumOf(all))];
  const nothing = [cell(0, amount('0')), cell(0, amount('0'))];
  const of = (name: string) => rowOf(page, 'matching.sums', words(name));
  await page
    .getByRole('region', { name: words('matching.newest') })
    .getByText(words('matching.states.done'))
    .waitFor();
  expect(await of('matching.all')).toEqual(whole);
  expect(await of('matching.piles.matched')).toEqual(whole);
  for (const pile of ['only-ours', 'only-kybio', 'unclear'])
    expect(await of(`matching.piles.${pile}`)).toEqual(nothing);
  await nothingFound(page);
}

it.each(['en', 'zh'] as const)('a day in %s', { timeout: 420_000 }, async (language) => {
  speak(language);
  const shop = await openShop(language);
  const sold = await workTheDay(shop);
  const must = expectedOf(shop, sold);
  expect(must.waiting).toHaveLength(1);
  await closeWithVariance(shop, must);
  await readTheZ(shop, must, sold);
  await settleLate(shop, sold);
  await findAndExport(shop, sold);
  await matchTheDay(shop);
  expect(shop.complaints).toEqual([]);
});
