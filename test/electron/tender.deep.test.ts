import { it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  pointsField,
  takeMember,
  topUp,
  untilRows,
} from '../support/electron-till.ts';

const policy = { tenders: ['cash', 'card', 'own:Voucher'] };

it('takes the shop’s own way to pay with one press, and asks nothing of points alone', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { policy });
  await takeMember(page, meiLing);
  await pointsField(page).fill('20');
  await confirmButton(page).click();
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await takeMember(page, meiLing);
  await amountField(page).fill('30');
  await page.getByRole('button', { name: 'Voucher', exact: true }).click();
  // Once it is said, Enter confirms.
  await page.keyboard.press('Enter');
  await untilRows(page, 2, 'Tan Mei Ling', 'Done');
  await topUp(page, meiLing, '10');
  await untilRows(page, 3, 'Tan Mei Ling', 'Done');
});
