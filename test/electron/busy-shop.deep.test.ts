import { expect, it } from 'vitest';
import { type Amount, addAmounts, amount, formatMoney, zeroAmount } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { prngOf } from '../simulation/prng.ts';
import {
  closeShiftOf,
  hourByHour,
  type MadeEntry,
  meetMembers,
  openShiftOf,
  takenBy,
  threeTimes,
  trade,
  untilOpening,
} from '../support/busy-shop.ts';
import { openTill } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import { makeRule, openDay, pressOn, rowOf, setUpPeople } from '../support/electron-day.ts';
import { look, picture } from '../support/electron-look.ts';
import { thisTill } from '../support/electron-owner.ts';
import { type AtWork, switchTo } from '../support/electron-people.ts';
import { managerPin, memberField, openFromMenu, words } from '../support/electron-till.ts';

// Four weeks of a shop, as its screens of many days show them; every sum is held against what was entered.

const DAYS = 28;
const boss: AtWork = { name: 'Wong', role: 'manager', pin: '482915' };
const mei: AtWork = { name: 'Mei', role: 'cashier', pin: '391726' };
const ana: AtWork = { name: 'Ana', role: 'cashier', pin: '573918' };

const money = (sum: Amount) => formatMoney(sum, 'SGD', 'en');

async function openShop() {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock, storeTimeZone });
  const policy = { tenders: ['cash', 'card', 'qr', 'transfer'], repeatWithinMs: 0, peopleLockAfterMs: 0 };
  const open = await openTill(store, { managerPin, policy }, { clock });
  const shop = { ...open, open, clock, store };
  await makeRule(open.page, async () => undefined);
  await setUpPeople(open.page, [boss, mei, ana]);
  await meetMembers(shop);
  return shop;
}

/** The last day is told hour by hour; its afternoon is somebody else's. */
async function workForWeeks(shop: Awaited<ReturnType<typeof openShop>>) {
  const random = prngOf('a busy shop');
  const days: (readonly MadeEntry[])[] = [];
  await switchTo(shop.page, mei);
  for (let day = 1; day <= DAYS; day += 1) {
    await untilOpening(shop);
    await openShiftOf(shop);
    const visits = day < DAYS ? threeTimes : hourByHour;
    const morning = await trade(shop, visits.slice(0, 5), random);
    if (day === DAYS) await switchTo(shop.page, ana);
    const made = [...morning, ...(await trade(shop, visits.slice(5), random))];
    days.push(made);
    await closeShiftOf(shop, made, amount(day % 9 === 1 ? '-2' : '0'));
  }
  await meetMembers(shop);
  return days;
}

it('shows four weeks of a shop whole', { timeout: 400_000 }, async () => {
  const shop = await openShop();
  const { page, open, store, complaints } = shop;
  const days = await workForWeeks(shop);
  const all = days.flat();
  const [last = [], before = []] = days.toReversed();
  const bonusOf = (made: readonly MadeEntry[]) => addAmounts(zeroAmount, ...made.map(({ bonus }) => bonus));
  const entered = addAmounts(takenBy(all), bonusOf(all));
  const booked = store.increments().map(({ balanceIncrement }) => amount(balanceIncrement));
  expect(addAmounts(zeroAmount, ...booked)).toBe(entered);
  await switchTo(page, boss);

  await openFromMenu(page, 'owner');
  await pressOn(page, 'owner.spans.day');
  const till = await thisTill(page);
  await till
    .getByText(money(takenBy(last)))
    .first()
    .waitFor();
  await pressOn(page, 'owner.earlier');
  await till
    .getByText(money(takenBy(before)))
    .first()
    .waitFor();
  await till
    .getByText(money(bonusOf(before)))
    .first()
    .waitFor();
  await look(open, 'busy-owner');
  await page.keyboard.press('Escape');

  await openDay(page);
  await pressOn(page, 'shifts.tabs.closed');
  const closed = page.getByRole('table', { name: words('shifts.closed.title') });
  const row = closed.getByRole('row').filter({ hasText: `Shift ${DAYS}` });
  await row.filter({ hasText: money(takenBy(last)) }).waitFor();
  await picture(page, 'busy-closed');
  await row.getByRole('button').click();
  await page
    .getByRole('region', { name: words('shifts.ticket.region') })
    .getByText(money(takenBy(last)))
    .waitFor();
  for (const tender of ['cash', 'card', 'qr', 'transfer']) {
    const [taken] = await rowOf(page, 'shifts.tables.tenders', words(`tenders.${tender}`));
    expect(taken).toBe(money(takenBy(last, tender)));
  }
  await look(open, 'busy-report');
  await page.keyboard.press('Escape');

  await memberField(page).waitFor();
  await page.keyboard.press('F3');
  await pressOn(page, 'find.spans.all');
  await page
    .getByRole('region', { name: words('find.found') })
    .filter({ hasText: money(entered) })
    .waitFor();
  await look(open, 'busy-find');
  expect(complaints).toEqual([]);
});
