import { expect, it } from 'vitest';
import { familyMembers, familyPhone, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { searchField } from '../support/electron-find.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  amountField,
  confirmButton,
  find,
  memberCard,
  memberField,
  openDetails,
  openFromMenu,
  pay,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

it('has the focus back in the member field whatever closes, and never nowhere', async () => {
  const { page } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await untilFocus(memberField(page));
  const member = memberField(page);
  await page.keyboard.press('F10');
  await page.getByRole('dialog', { name: words('menu.title') }).waitFor();
  await page.keyboard.press('Escape');
  await untilFocus(member);
  await page.getByRole('button', { name: /^Menu/ }).click();
  await page.mouse.click(5, 5);
  await untilFocus(member);
  await page.keyboard.press('F3');
  await untilFocus(searchField(page));
  await page.keyboard.press('Escape');
  await untilFocus(member);
  await page.getByRole('switch', { name: 'Network plug' }).click();
  await untilFocus(member);
  for (const screen of ['openReview', 'settings', 'checkUp'] as const) {
    await openFromMenu(page, screen);
    await untilFocus(page.getByRole('heading', { level: 1 }));
    await page.keyboard.press('Escape');
    await untilFocus(member);
  }
  // A bare part of the page, and a button that goes with what it did.
  await page.getByRole('table', { name: 'Activity' }).locator('..').click();
  await untilFocus(member);
  await takeMember(page, meiLing);
  await amountField(page).fill('15');
  await pay(page);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Waiting');
  await untilFocus(member);
  await page.getByRole('button', { name: 'Send now' }).click();
  await untilFocus(member);
  await openDetails(rows(page, 'Tan Mei Ling'));
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await untilFocus(member);
  // Whoever goes by Tab stays there.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await member.evaluate((field) => field === document.activeElement)).toBe(false);
});

it('narrows the members found as one types, and takes nobody by an Enter in the box', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await find(page, familyPhone);
  const options = page.getByRole('listbox', { name: words('picker.list') }).getByRole('option');
  await expect.poll(() => options.count()).toBe(familyMembers.length);
  const box = page.getByRole('textbox', { name: words('picker.search') });
  await untilFocus(box);
  const [, second] = familyMembers;
  if (second === undefined) throw new Error('the family has two at least');
  // As a person types: faster is a scan.
  await page.keyboard.type(second.name.toUpperCase().slice(0, 6), { delay: 90 });
  await expect.poll(() => options.count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await untilFocus(options.first());
  await page.keyboard.press('ArrowUp');
  await untilFocus(box);
  await page.keyboard.press('ArrowDown');
  // A letter goes on in the box.
  await page.keyboard.type('zz');
  await page.getByText(words('picker.none')).waitFor();
  await untilFocus(box);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await untilText(memberCard(page), second.name);
  await untilFocus(amountField(page));
  await page.keyboard.press('Escape');
  await find(page, familyPhone);
  await untilFocus(box);
  await page.keyboard.press('Escape');
  await untilFocus(memberField(page));
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
