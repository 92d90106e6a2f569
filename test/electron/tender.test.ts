import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { axeFindings } from '../support/electron-look.ts';
import {
  amountField,
  cashField,
  confirmButton,
  incrementsOf,
  openDetails,
  rows,
  takeMember,
  ticket,
  untilRows,
  untilText,
  wayButton,
  words,
} from '../support/electron-till.ts';

const policy = { tenders: ['cash', 'card', 'own:Voucher'] };

it('asks how it is paid, by keyboard alone, and tells what goes back', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { policy });
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  expect(await confirmButton(page).isDisabled()).toBe(true);
  await page.getByText(words('blockers.no-tender')).waitFor();
  await amountField(page).press('Enter');
  await untilFocus(wayButton(page, 'cash'));
  await page.keyboard.press('Enter');
  const given = cashField(page);
  await untilFocus(given);
  await page.keyboard.type('40');
  await page.getByText(words('blockers.given-too-little', { sum: 'S$10.00' })).waitFor();
  await given.fill('100');
  await untilText(confirmButton(page), `S$50.00 ${words('form.change')}`);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await untilText(ticket(page), `S$50.00 ${words('form.change')}`);
  expect(incrementsOf(store, meiLing)).toMatchObject([{ balanceIncrement: '50' }]);
  await openDetails(rows(page, 'Tan Mei Ling').first());
  const details = page.getByRole('dialog');
  for (const word of ['Cash', 'S$100.00']) await untilText(details, word);
});
