import { expect, it } from 'vitest';
import { limWei, meiLing, rajanPillai } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  incrementCalls,
  pointsField,
  rows,
  takeMember,
  untilIncrements,
  untilRows,
  words,
} from '../support/electron-till.ts';

/** Where the till writes `12.50`. */
const notANumber = words('amountProblems.not-a-number', { sample: '12.50' });

const refused: readonly (readonly [string, string])[] = [
  ['', words('blockers.nothing-to-add')],
  ['0', words('amountProblems.zero')],
  ['-5', words('amountProblems.negative')],
  ['1e3', notANumber],
  ['12.345', words('wrongSeparator.thousands.point', { sample: '12,345' })],
  ['0.125', words('amountProblems.too-many-decimals_other', { currency: 'SGD', count: '2' })],
  ['2000.01', words('amountProblems.above-cap', { cap: 'S$2,000.00' })],
  ['999999999999999999', words('amountProblems.above-cap', { cap: 'S$2,000.00' })],
  ['10,00', words('wrongSeparator.decimal.point', { sample: '10.00' })],
  ['50 60', notANumber],
  ['NaN', notANumber],
];

it('says what is wrong with an amount, and takes no confirmation until it is right', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, meiLing);
  for (const [typed, shown] of refused) {
    await amountField(page).fill(typed);
    await page.getByText(shown).first().waitFor();
    expect(await confirmButton(page).isDisabled(), typed).toBe(true);
    await amountField(page).press('Enter');
  }
  await amountField(page).fill('');
  for (const [typed, shown] of [
    ['0', words('pointProblems.zero')],
    ['-1', words('pointProblems.negative')],
    ['1.234', words('wrongSeparator.thousands.point', { sample: '1,234' })],
    ['0.125', words('pointProblems.too-many-decimals')],
    ['100001', words('pointProblems.above-cap', { cap: '100,000' })],
  ] as const) {
    await pointsField(page).fill(typed);
    await page.getByText(shown).first().waitFor();
    expect(await confirmButton(page).isDisabled(), typed).toBe(true);
    await pointsField(page).press('Enter');
  }
  expect(await rows(page).count()).toBe(0);
  expect(incrementCalls(store)).toEqual([]);
});

it('makes one increment of a double click and of a held Enter', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await confirmButton(page).dblclick();
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');

  await takeMember(page, limWei);
  await amountField(page).fill('20');
  for (let press = 0; press < 12; press += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  // The focus is in the empty member field by now; a held Enter on the button itself is no other.
  await takeMember(page, rajanPillai);
  await amountField(page).fill('30');
  await confirmButton(page).focus();
  for (let press = 0; press < 12; press += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await untilRows(page, 1, 'Rajan Pillai', 'Done');
  await untilIncrements(store, 3);
  expect(incrementCalls(store)).toHaveLength(3);
  expect(await rows(page).count()).toBe(3);
});
