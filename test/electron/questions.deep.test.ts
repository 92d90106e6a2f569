import { expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  amountField,
  incrementsOf,
  memberField,
  rows,
  takeMember,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

it('asks by keyboard whether the same is meant twice, and takes no Enter for a yes', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await topUp(page, limWei, '10');
  await untilRows(page, 1, 'Done');
  const question = page.getByText(words('again.lately', { sum: 'S$10.00', name: 'Lim Wei' }));
  const no = page.getByRole('button', { name: words('again.no') });
  const enterTheSame = async () => {
    await takeMember(page, limWei);
    await untilFocus(amountField(page));
    await page.keyboard.type('10', { delay: 80 });
  };
  await enterTheSame();
  // An Enter that stays down.
  await page.keyboard.down('Enter');
  await question.waitFor();
  await untilFocus(no);
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await question.waitFor();
  expect(await rows(page, 'Lim Wei').count()).toBe(1);
  // A second one says no, and so does Escape; the form is empty then.
  for (const key of ['Enter', 'Escape']) {
    await page.keyboard.press(key);
    await question.waitFor({ state: 'detached' });
    await untilFocus(memberField(page));
    expect(await amountField(page).inputValue()).toBe('');
    await enterTheSame();
    await page.keyboard.press('Enter');
    await untilFocus(no);
  }
  await page.keyboard.press('ArrowLeft');
  await untilFocus(page.getByRole('button', { name: words('again.yes') }));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await untilRows(page, 2, 'Lim Wei', 'Done');
  await untilFocus(memberField(page));
  expect(incrementsOf(store, limWei)).toHaveLength(2);
});
