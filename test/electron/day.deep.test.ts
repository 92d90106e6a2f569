import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, rajanPillai } from '../../main/hosts/practice/members.ts';
import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  dateFormat,
  isZeroAmount,
  subtractAmounts,
} from '../../preload/contract/index.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { testFolder } from '../support/electron-app.ts';
import {
  bookedIn,
  commitCount,
  openDay,
  openShift,
  payOut,
  pinOf,
  pressOn,
  rowOf,
  type Sale,
  sumOf,
  takenBackIn,
} from '../support/electron-day.ts';
import { type AtWork, press, switchTo } from '../support/electron-people.ts';
import { openCase, settle } from '../support/electron-review.ts';
import {
  givePin,
  memberField,
  openFromMenu,
  pressWithPin,
  rows,
  speak,
  untilText,
  words,
} from '../support/electron-till.ts';
import {
  ana,
  ben,
  boss,
  type Expected,
  expectedOf,
  nothingFound,
  openShop,
  type Shop,
  workTheDay,
} from '../support/whole-day.ts';

// A whole day of two cashiers and a manager, as the shop has it; every figure is held against the practice store's ledger.

const DAY_MS = 86_400_000;

/** As a report names the store's day. */
const dayWords = (ms: number, language: string): string =>
  dateFormat(`${language}-SG`, {
    ...{ timeZone: storeTimeZone, weekday: 'short', day: 'numeric', month: 'short' },
  }).format(ms);

async function closeWithVariance({ page, money }: Shop, must: Expected): Promise<void> {
  await openDay(page);
  await payOut(page, '15', 'Milk', boss);
  await pressOn(page, 'shifts.open.count');
  const counted = subtractAmounts(must.drawer, amount('12'));
  await expect(page.getByText(money(must.drawer)).count()).resolves.toBe(0);
  await commitCount(page, counted, must.card);
  const short = words('shifts.short', { sum: money(amount('12')) });
  await page.getByText(words('shifts.outcome.leads.reason')).waitFor();
  await page.getByText(short).first().waitFor();
  await nothingFound(page);
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

/** The next day: what was open settles, one of it by a manager, stands on its report as late, and changes no cash. */
async function settleLate(
  { page, store, clock, money, language }: Shop,
  sold: readonly Sale[],
): Promise<void> {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await clock.pass(DAY_MS);
  await openShift(page, '200');
  await store.setPlug(true);
  await clock.passUntil(async () => {
    const lost = await rows(page, rajanPillai.name, words('states.unknown')).count();
    const waiting = await rows(page, limWei.name, words('states.queued')).count();
    return lost + waiting === 0;
  }, 60_000);
  // KYBIO could not be asked all night long, so a manager decides, who would send it again: it is read first.
  await switchTo(page, boss);
  await openFromMenu(page, 'openReview');
  const sum = money(addAmounts(amount('50'), amount('5')));
  const lost = await openCase(page, rajanPillai, sum);
  await untilText(lost, words('review.advice.exactly-more', { sum }));
  await settle(page, lost, 'arrived');
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await switchTo(page, ben);
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
  await z.getByText(dayWords(clock.nowMs(), language)).waitFor();
  await late.getByRole('row').filter({ hasText: limWei.name }).waitFor();
  expect(await rowOf(page, 'shifts.tables.counted', words('tenders.cash'))).toEqual([
    money(amount('200')),
    money(amount('200')),
    words('shifts.matches'),
  ]);
  await nothingFound(page);
}

/** All entries of the day before in one sentence and in a file, as the ledger has them. */
async function findAndExport({ page, app, store, money }: Shop, sold: readonly Sale[]): Promise<void> {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await switchTo(page, boss);
  await page.keyboard.press('F3');
  await page.getByRole('region', { name: words('find.found') }).waitFor();
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
  await page.getByRole('dialog').getByText(words('find.export.form.programs'), { exact: true }).click();
  await pressWithPin(page.getByRole('dialog'), words('find.export.action'));
  await page.getByRole('dialog', { name: words('find.export.doneTitle') }).waitFor();
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  const column = (line: string, name: string) => line.split(',')[head.split(',').indexOf(name)] ?? '';
  const isSum = (line: string) => column(line, 'kind') === 'sum';
  const entries = lines.filter((line) => !isSum(line));
  expect(entries).toHaveLength(sold.length + 2);
  const net = subtractAmounts(taken, takenBackIn(store));
  const foot = lines.find((line) => isSum(line) && column(line, 'state') === 'net') ?? '';
  for (const sum of [
    sumOf(entries.map((line) => amount(column(line, 'balanceIncrement')))),
    amount(column(foot, 'balanceIncrement')),
  ])
    expect(compareAmounts(sum, net)).toBe(0);
  await page.keyboard.press('Escape');
}

/** KYBIO's own log has each entry of the day before, and nothing else. */
async function matchTheDay({ page, store, money }: Shop): Promise<void> {
  await page.keyboard.press('Escape');
  await openFromMenu(page, 'match');
  await pressOn(page, 'matching.yesterday');
  await pressOn(page, 'matching.start');
  const dialog = page.getByRole('dialog');
  await dialog
    .or(page.getByRole('region', { name: words('matching.newest') }))
    .first()
    .waitFor();
  if ((await dialog.count()) > 0) await givePin(page, words('matching.start'));
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
