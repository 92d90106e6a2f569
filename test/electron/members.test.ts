import { expect, it } from 'vitest';
import { familyMembers, familyPhone, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { scan } from '../support/electron-scanner.ts';
import {
  amountField,
  confirmButton,
  find,
  incrementCalls,
  memberCard,
  memberField,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

it('takes a scan from anywhere to the member field, and presses nothing with its Enter', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await memberField(page).waitFor();
  await page.getByRole('button', { name: /^Menu/ }).focus();
  await scan(page, meiLing.number);
  await untilText(memberCard(page), 'Tan Mei Ling');
  expect(await memberField(page).inputValue()).toBe(meiLing.number);
  expect(await page.getByRole('dialog').count()).toBe(0);
  // The next card replaces the member, and takes the sum that was meant for the one before.
  await amountField(page).fill('50');
  await page.getByRole('button', { name: /^Menu/ }).focus();
  await scan(page, limWei.number);
  await untilText(memberCard(page), 'Lim Wei');
  expect(await amountField(page).inputValue()).toBe('');
  expect(incrementCalls(store)).toEqual([]);
});

it('asks who is meant where a family shares one phone, and never takes the first', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await find(page, familyPhone);
  const picker = page.getByRole('dialog', { name: words('picker.title_other', { count: '3' }) });
  const options = picker.getByRole('listbox', { name: words('picker.list') }).getByRole('option');
  await options.nth(2).waitFor();
  expect(await options.count()).toBe(3);
  // The number is masked: others can look at this screen.
  expect(await options.allTextContents()).toEqual(
    familyMembers.map(({ name, number }) => expect.stringMatching(`${name}.*•••• ${number.slice(-4)}`)),
  );
  for (const { number } of familyMembers) expect(await picker.textContent()).not.toContain(number);
  // An Enter that is still held, or a scanner's second one, takes nobody.
  await page.keyboard.press('Enter');
  expect(await options.count()).toBe(3);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await untilText(memberCard(page), 'Chua Bee Hoon');
  await amountField(page).fill('15');
  await confirmButton(page).click();
  await untilRows(page, 1, 'Chua Bee Hoon', 'Done');
  expect(store.increments().map(({ customerUid }) => customerUid)).toEqual([familyMembers[1]?.customerUid]);
});
