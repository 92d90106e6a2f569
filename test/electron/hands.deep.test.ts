import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  pay,
  rows,
  takeMember,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

it('says how numbers are written where the till stands, and takes no other way for them', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { language: 'en-DE' });
  await takeMember(page, meiLing);
  for (const [typed, shown] of [
    ['12.50', words('wrongSeparator.decimal.comma', { sample: '12,50' })],
    ['1,250', words('wrongSeparator.thousands.comma', { sample: '1.250' })],
    ['x', words('amountProblems.not-a-number', { sample: '12,50' })],
  ] as const) {
    await amountField(page).fill(typed);
    await page.getByText(shown).waitFor();
    expect(await confirmButton(page).isDisabled(), typed).toBe(true);
  }
  await amountField(page).fill('1.250,5');
  await pay(page);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Tan Mei Ling', '1.250,50', 'Done');
  expect(incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['1250.5']);
});

it('has two stops a row at most for whoever goes by Tab', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  for (const amount of ['10', '20', '30']) await topUp(page, meiLing, amount);
  await untilRows(page, 3, 'Done');
  await store.setPlug(false);
  await topUp(page, meiLing, '40');
  await untilRows(page, 1, 'Waiting');
  const stops = await rows(page).evaluateAll((found) =>
    found.map((row) => row.querySelectorAll('button:not([tabindex="-1"]), a[href], [tabindex="0"]').length),
  );
  expect(stops).toHaveLength(4);
  expect(Math.max(...stops)).toBeLessThanOrEqual(2);
});
