import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  chenJia,
  gohLiTing,
  letteredMember,
  limWei,
  meiLing,
  nurAisyah,
  rajanPillai,
  renewedMember,
} from '../../main/hosts/practice/members.ts';
import type { LedgerMember, PracticeStore } from '../../main/hosts/practice/types.ts';
import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  negateAmount,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { timeoutMs } from './electron-app.ts';
import { untilFocus } from './electron-focus.ts';
import { type AtWork, addPerson, press } from './electron-people.ts';
import { saveChanges } from './electron-settings.ts';
import {
  amountField,
  confirmButton,
  memberField,
  openFromMenu,
  pay,
  takeMember,
  words,
} from './electron-till.ts';

// A day at the till as its people play it, and what it must come to by the store's own ledger.

export interface Sale {
  readonly member: Pick<LedgerMember, 'customerUid' | 'number' | 'name'>;
  readonly sum: string;
  readonly tender: 'cash' | 'card';
  readonly who: AtWork;
  /** By the rule of `makeRule`. */
  readonly bonus: Amount;
}

const members = [meiLing, limWei, nurAisyah, rajanPillai, chenJia, gohLiTing, letteredMember, renewedMember];
const sums = ['10', '15.50', '50', '7.35', '30'];

/** Entries of the day, one after the other: who is topped up, by how much, paid how. */
export const sales = (count: number, from: number, who: AtWork): readonly Sale[] =>
  Array.from({ length: count }, (_, at): Sale => {
    const turn = from + at;
    const member = members[turn % members.length] ?? meiLing;
    const sum = sums[turn % sums.length] ?? '10';
    const bonus = amount(sum === '50' ? '5' : '0');
    return { member, sum, bonus, tender: turn % 3 === 0 ? 'card' : 'cash', who };
  });

/** From the till: these are at work there from now on, the first of them a manager. */
export async function setUpPeople(page: Page, people: readonly AtWork[]): Promise<void> {
  await memberField(page).waitFor();
  await openFromMenu(page, 'people');
  for (const person of people) await addPerson(page, person, person === people[0]);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

/** From the till: who pays fifty gets five. `seen` is called before it is saved. */
export async function makeRule(page: Page, seen: () => Promise<void>): Promise<void> {
  await openFromMenu(page, 'rules');
  await pressOn(page, 'rules.addBonus');
  await untilFocus(page.getByLabel(words('rules.name'), { exact: true }));
  await page.keyboard.type('Pay 50 get 5');
  await page.getByLabel(words('rules.from'), { exact: true }).fill('50');
  await page.getByLabel(words('rules.gives'), { exact: true }).fill('5');
  await seen();
  await saveChanges(page);
  await page.keyboard.press('Escape');
}

/** Enters a top-up, until the form is ready for the next member. */
export async function sell(page: Page, { member, sum, tender }: Sale): Promise<void> {
  await takeMember(page, member);
  await amountField(page).fill(sum);
  await pay(page, tender);
  await expect.poll(() => confirmButton(page).isEnabled(), { timeout: timeoutMs }).toBe(true);
  await confirmButton(page).click();
  await expect.poll(() => memberField(page).inputValue(), { timeout: timeoutMs }).toBe('');
}

export const pressOn = (page: Page, key: string): Promise<void> =>
  page.getByRole('button', { name: words(key), exact: true }).click();

export async function openDay(page: Page): Promise<void> {
  await memberField(page).waitFor();
  await page.keyboard.press('F4');
}

export async function openShift(page: Page, float: string): Promise<void> {
  await openDay(page);
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill(float);
  await pressOn(page, 'shifts.open.act');
  await memberField(page).waitFor();
}

export const pinOf = (page: Page, { name }: AtWork): Locator =>
  page.getByRole('dialog').getByLabel(words('people.pinOf', { name }));

/** From the day's screen: takes money out, for which a manager stands. */
export async function payOut(page: Page, sum: string, reason: string, manager: AtWork): Promise<void> {
  await pressOn(page, 'shifts.moves.paid-out.open');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('shifts.moves.sum')).fill(sum);
  await dialog.getByLabel(words('shifts.moves.reason')).fill(reason);
  await pinOf(page, manager).fill(manager.pin);
  await press(dialog, 'shifts.moves.paid-out.act');
  await dialog.waitFor({ state: 'detached' });
}

/** From the screen of a count: so much in cash and by card, for good. */
export async function commitCount(page: Page, cash: Amount, card: Amount): Promise<void> {
  await page.getByLabel(words('shifts.count.rest'), { exact: true }).fill(cash);
  await page.getByLabel(words('tenders.card'), { exact: true }).fill(card);
  await pressOn(page, 'shifts.count.commit');
  await press(page.getByRole('dialog'), 'shifts.count.commit');
}

/** The cells of the row that a table of the report has for this name. */
export async function rowOf(page: Page, caption: string, name: string): Promise<readonly string[]> {
  const row = page
    .getByRole('table', { name: words(caption) })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  await row.first().waitFor();
  return row.first().getByRole('cell').allTextContents();
}

interface Booked {
  readonly sale: Sale;
  /** As the ledger has it, bonus and all. */
  readonly increment: Amount;
  /** What was paid of that. */
  readonly principal: Amount;
}

/**
 * What the store's ledger has of these sales: a member's increments in the order in which they were sold. What takes back
 * is below nought, and stands for itself.
 */
export function bookedIn(store: PracticeStore, sales: readonly Sale[]): readonly Booked[] {
  const left = new Map<string, Amount[]>();
  for (const { customerUid, balanceIncrement } of store.increments()) {
    if (compareAmounts(amount(balanceIncrement), zeroAmount) <= 0) continue;
    left.set(customerUid, [...(left.get(customerUid) ?? []), amount(balanceIncrement)]);
  }
  return sales.flatMap((sale) => {
    const increment = left.get(sale.member.customerUid)?.shift();
    if (increment === undefined) return [];
    return [{ sale, increment, principal: subtractAmounts(increment, sale.bonus) }];
  });
}

/** What was taken back, as a sum above nought. */
export const takenBackIn = (store: PracticeStore): Amount =>
  negateAmount(
    addAmounts(
      zeroAmount,
      ...store
        .increments()
        .map(({ balanceIncrement }) => amount(balanceIncrement))
        .filter((sum) => sum.startsWith('-')),
    ),
  );

export const sumOf = (sums: readonly Amount[]): Amount => addAmounts(zeroAmount, ...sums);
