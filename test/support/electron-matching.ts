import type { Page } from 'playwright-core';
import { meiLing, nurAisyah } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { type Amount, addAmounts, amount, formatMoney, zeroAmount } from '../../preload/contract/index.ts';
import { increment, topUp, untilRows, words } from './electron-till.ts';

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export const progress = (page: Page) => page.getByRole('region', { name: words('matching.newest') });

/** A day of the till: one that arrives, one whose reply is lost, and one that waits behind it. */
export async function playDay(page: Page, store: PracticeStore): Promise<void> {
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, meiLing.name, 'Done');
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 1 });
  await topUp(page, nurAisyah, '20');
  await untilRows(page, 1, nurAisyah.name, 'Checking');
  await topUp(page, nurAisyah, '7');
  await untilRows(page, 1, nurAisyah.name, 'Waiting');
}

const money = (sum: Amount) => formatMoney(sum, 'SGD', 'en');

/** What a row of the table of sums says of the till and of KYBIO. */
export async function sumsOf(page: Page, name: string): Promise<readonly string[]> {
  const row = page
    .getByRole('table', { name: words('matching.sums') })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  return row.getByRole('cell').allTextContents();
}

export const cell = (number: number, sum: Amount) =>
  words('matching.count', { number: String(number), sum: money(sum) });

export const addUp = (rows: readonly { readonly balanceIncrement: string }[]): Amount =>
  rows.reduce((sum, { balanceIncrement }) => addAmounts(sum, amount(balanceIncrement)), zeroAmount);

/** By the ledger alone: what the log holds, those of the till, and those of the back office. */
export function ledgerOf(store: PracticeStore) {
  const all = store.increments();
  const office = all.filter(({ backOffice }) => backOffice !== undefined);
  return { all: cell(all.length, addUp(all)), office: cell(office.length, addUp(office)) };
}
