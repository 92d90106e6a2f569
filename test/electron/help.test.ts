import { expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { setUpPeople } from '../support/electron-day.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { helpIs, sheetOf, title } from '../support/electron-help.ts';
import { type } from '../support/electron-keys.ts';
import { type AtWork, dialogOf, press, switchTo } from '../support/electron-people.ts';
import {
  amountField,
  managerPin,
  memberField,
  openFromMenu,
  takeMember,
  words,
} from '../support/electron-till.ts';

// Search and Chinese: `handbook.deep`; which page belongs to which screen and dialog: `test/renderer/app/help`.

const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };
const mei: AtWork = { name: 'Mei', role: 'cashier', pin: '391726' };

it('F1 shows the page of the screen, over what is half typed, and the focus goes home', async () => {
  const { page, complaints } = await openTill(await startPracticeStore());
  await memberField(page).waitFor();
  await amountField(page).fill('12');
  await helpIs(page, 1);
  await untilFocus(amountField(page));
  expect(await amountField(page).inputValue()).toBe('12');
  await page.keyboard.press('F1');
  await untilFocus(title(page, 1));
  // No key of the till is heard under it.
  for (const key of ['F3', 'F10', 'F12']) await page.keyboard.press(key);
  expect(await page.getByRole('dialog').count()).toBe(1);
  await page.keyboard.press('F1');
  await sheetOf(page).waitFor({ state: 'detached' });
  await openFromMenu(page, 'openReview');
  await page.getByRole('button', { name: words('strip.backToTill') }).waitFor();
  await helpIs(page, 11);
  expect(complaints).toEqual([]);
});

it('the till that is locked helps whoever comes back, and lets nobody in', async () => {
  const { page, complaints } = await openTill(await startPracticeStore(), { managerPin });
  await setUpPeople(page, [boss, mei]);
  await switchTo(page, mei);
  await takeMember(page, limWei);
  await amountField(page).fill('12');
  await page.keyboard.press('F12');
  await press(dialogOf(page, 'people.switchTitle'), 'people.lock');
  const locked = dialogOf(page, 'people.lockedTitle');
  await locked.waitFor();
  await locked.getByRole('radio', { name: mei.name }).check();
  await type(page, mei.pin.slice(0, 2));
  await helpIs(page, 3, ['F3', 'F4', 'F10', 'F12', 'Enter']);
  expect(await page.getByRole('dialog').count()).toBe(1);
  await type(page, mei.pin.slice(2));
  await page.keyboard.press('Enter');
  await locked.waitFor({ state: 'detached' });
  expect(await amountField(page).inputValue()).toBe('12');
  // What locks the till closes the handbook, which is no way round the PIN.
  await helpIs(page, 1);
  expect(complaints).toEqual([]);
});
