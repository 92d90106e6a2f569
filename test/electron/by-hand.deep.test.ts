import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chenJia, limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill, timeoutMs } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { enter, scan, tab } from '../support/electron-scanner.ts';
import {
  amountField,
  confirmButton,
  managerPin,
  memberCard,
  memberField,
  pointsField,
  untilIncrements,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';
import { countKeys, tap, tapNumber, turnKeypadOn } from '../support/electron-touch.ts';

// A whole shift by one kind of hand alone: what was meant is in the store's ledger, each of it exactly once.

const SHIFT_TIMEOUT_MS = 300_000;
const TOP_UPS = 20;
const people = [meiLing, limWei, nurAisyah, rajanPillai, chenJia];

interface Meant {
  readonly member: (typeof people)[number];
  readonly amount: string;
  readonly points: string;
}

/** No two are the same wish, so that none is asked about. */
const shift: readonly Meant[] = Array.from({ length: TOP_UPS }, (_, at) => {
  const member = people[at % people.length];
  if (member === undefined) throw new Error('nobody to top up');
  return { member, amount: `${at + 1}.50`, points: at % 4 === 3 ? String(at + 1) : '' };
});

/** The ledger holds the shift, all of it and nothing else. */
async function expectShift(page: Page, store: PracticeStore): Promise<void> {
  await untilIncrements(store, TOP_UPS);
  await untilStrip(page, /^Online · all sent$/);
  const lineOf = ({ customerUid }: { customerUid: string }, money: string, points: string) =>
    `${customerUid} ${Number(money)} ${Number(points)}`;
  const found = store
    .increments()
    .map((row) => lineOf(row, row.balanceIncrement, row.pointIncrement))
    .sort();
  expect(found).toEqual(shift.map(({ member, amount, points }) => lineOf(member, amount, points)).sort());
}

/** Their cards have letters on them, and each other's numbers within. */
const cards = ['VIP-0012', '0012', 'A-8008010003', 'MB-20417', 'k9/0012-X'];
const cardHolders = people.map((member, at) => ({ ...member, number: cards[at] ?? '' }));

/** Slower than any scanner, as fast as a quick typist. */
const KEY_MS = 70;

/** Keys alone, wherever the focus is: nothing is looked for and clicked. */
async function topUpByKeys(page: Page, { member, amount, points }: Meant): Promise<void> {
  const type = (text: string) => page.keyboard.type(text, { delay: KEY_MS });
  const press = (key: string) => page.keyboard.press(key, { delay: KEY_MS });
  await untilFocus(memberField(page));
  await type(member.number);
  await press('Enter');
  await untilText(memberCard(page), member.name);
  await untilFocus(amountField(page));
  await type(amount);
  if (points !== '') {
    await press('Tab');
    await untilFocus(pointsField(page));
    await type(points);
  }
  await press('Enter');
  await expect.poll(() => memberField(page).inputValue(), { timeout: timeoutMs }).toBe('');
}

it(
  `tops up ${TOP_UPS} times by keyboard alone`,
  async () => {
    const store = await startPracticeStore();
    const { page, complaints } = await openTill(store);
    await memberField(page).waitFor();
    for (const [at, meant] of shift.entries()) {
      await topUpByKeys(page, meant);
      // What a cashier looks at between two members gives the focus back.
      if (at % 8 === 7) {
        await page.keyboard.press(at % 16 === 7 ? 'F10' : 'F3');
        await page.keyboard.press('Escape');
      }
    }
    await untilFocus(memberField(page));
    await expectShift(page, store);
    expect(complaints).toEqual([]);
  },
  SHIFT_TIMEOUT_MS,
);

/** A member's own number, as short as some shops have them. */
const shortNumber = (member: Meant['member']) => String(2041 + people.indexOf(member));

async function topUpByTouch(page: Page, { member, amount, points }: Meant): Promise<void> {
  await untilFocus(memberField(page));
  await tapNumber(page, shortNumber(member));
  await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
  await untilText(memberCard(page), member.name);
  await untilFocus(amountField(page));
  await tapNumber(page, amount);
  if (points !== '') {
    await tap(pointsField(page));
    await tapNumber(page, points);
  }
  await untilText(confirmButton(page), member.name);
  await tap(confirmButton(page));
  await expect.poll(() => memberField(page).inputValue(), { timeout: timeoutMs }).toBe('');
}

it(
  `tops up ${TOP_UPS} times by touch alone, on the smallest screen`,
  async () => {
    const members = people.map((member) => ({ ...member, number: shortNumber(member) }));
    const store = await startPracticeStore({ members });
    const { page, complaints, resize } = await openTill(store, { managerPin });
    await turnKeypadOn(page);
    await resize(1024, 700);
    const keys = await countKeys(page);
    for (const meant of shift) await topUpByTouch(page, meant);
    expect(await keys()).toBe(0);
    await expectShift(page, store);
    expect(complaints).toEqual([]);
  },
  SHIFT_TIMEOUT_MS,
);

/** Where a scan may find the focus. */
const elsewhere = [
  (page: Page) => page.getByRole('button', { name: /^Menu/ }).focus(),
  (page: Page) => amountField(page).focus(),
  (page: Page) => pointsField(page).focus(),
  (page: Page) => memberField(page).focus(),
];

it(
  `tops up ${TOP_UPS} times with a scanner, from wherever the focus is`,
  async () => {
    const store = await startPracticeStore({ members: cardHolders });
    const { page, complaints } = await openTill(store);
    await memberField(page).waitFor();
    for (const [at, { member, amount, points }] of shift.entries()) {
      const card = cards[at % cards.length] ?? '';
      await elsewhere[at % elsewhere.length]?.(page);
      await scan(page, card, { gapMs: at % 2 === 0 ? 4 : 30, end: at % 5 === 4 ? tab : enter });
      await untilText(memberCard(page), member.name);
      expect(await memberField(page).inputValue()).toBe(card);
      await untilFocus(amountField(page));
      await page.keyboard.type(amount, { delay: KEY_MS });
      if (points !== '') {
        await page.keyboard.press('Tab', { delay: KEY_MS });
        await page.keyboard.type(points, { delay: KEY_MS });
      }
      await page.keyboard.press('Enter', { delay: KEY_MS });
      await expect.poll(() => memberField(page).inputValue(), { timeout: timeoutMs }).toBe('');
    }
    await expectShift(page, store);
    expect(complaints).toEqual([]);
  },
  SHIFT_TIMEOUT_MS,
);
