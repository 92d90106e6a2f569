import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { gohLiTing, limWei, rajanPillai } from '../../main/hosts/practice/members.ts';
import { type Amount, addAmounts, amount, formatMoney, negateAmount } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { openTill } from './electron-app.ts';
import { createPassingClock } from './electron-clock.ts';
import {
  bookedIn,
  makeRule,
  openShift,
  pinOf,
  type Sale,
  sales,
  sell,
  setUpPeople,
  sumOf,
  takenBackIn,
} from './electron-day.ts';
import { axeFindings } from './electron-look.ts';
import { type AtWork, press, switchTo } from './electron-people.ts';
import { increment, managerPin, rows, topUp, untilIncrements, untilRows, words } from './electron-till.ts';

// A day of a shop as two cashiers and a manager work it, and what it must come to by the practice store's ledger.

export const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };
export const ana: AtWork = { name: 'Ana', role: 'cashier', pin: '391726' };
export const ben: AtWork = { name: 'Ben', role: 'cashier', pin: '573918' };

export const nothingFound = async (page: Page) => expect(await axeFindings(page)).toEqual([]);

export async function openShop(language: 'en' | 'zh') {
  const clock = createPassingClock();
  const store = await startPracticeStore({
    ...{ clock, storeTimeZone, profile: { keepsRechargeLog: true, logCarriesDataChangeTime: true } },
  });
  const policy = { tenders: ['cash', 'card'], repeatWithinMs: 0, peopleLockAfterMs: 0 };
  const file = {
    managerPin,
    language: `${language}-SG`,
    policy,
  };
  const till = await openTill(store, file, { clock });
  await makeRule(till.page, () => nothingFound(till.page));
  await setUpPeople(till.page, [boss, ana, ben]);
  return {
    ...till,
    clock,
    store,
    language,
    money: (sum: Amount) => formatMoney(sum, 'SGD', `${language}-SG`),
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Forty entries: two cashiers, an outage in the middle, a lost reply, one taken back, and one that waits at the close. */
export async function workTheDay({ page, store }: Shop): Promise<readonly Sale[]> {
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
  const dialog = page.getByRole('dialog');
  await pinOf(page, boss).fill(boss.pin);
  await press(dialog, 'reverse.confirm');
  await dialog.waitFor({ state: 'detached' });
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
export function expectedOf({ store }: Shop, sold: readonly Sale[]) {
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

export type Expected = ReturnType<typeof expectedOf>;
