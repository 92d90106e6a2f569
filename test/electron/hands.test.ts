import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { familyMembers, familyPhone, limWei, meiLing } from '../../main/practice/members.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  amountField,
  confirmButton,
  find,
  incrementsOf,
  managerPin,
  memberCard,
  memberField,
  openFromMenu,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';
import { startPracticeStore } from '../support/practice-store.ts';

const dialogButton = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });

it('asks before it cancels what waits, with the focus on keeping it', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store);
  await takeMember(page, meiLing);
  await store.setPlug(false);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Waiting');
  const title = words('cancelEntry.entry.title', { what: 'S$50.00', name: 'Tan Mei Ling' });
  const ask = async () => {
    await rows(page, 'Tan Mei Ling')
      .getByRole('button', { name: words('entry.cancel') })
      .click();
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.getByText(words('cancelEntry.entry.lead')).waitFor();
    await untilFocus(dialogButton(page, words('cancelEntry.keep')));
    return dialog;
  };
  for (const key of ['Escape', 'Enter']) {
    const dialog = await ask();
    await page.keyboard.press(key);
    await dialog.waitFor({ state: 'detached' });
    await untilFocus(memberField(page));
    expect(await rows(page, 'Waiting').count(), key).toBe(1);
  }
  const dialog = await ask();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await untilRows(page, 1, 'Cancelled');
  await untilFocus(memberField(page));

  // From the entry's details it asks as well.
  await topUp(page, meiLing, '20');
  await rows(page, 'S$20.00').getByText('Tan Mei Ling').click();
  await dialogButton(page, words('entry.cancel')).click();
  await untilFocus(dialogButton(page, words('cancelEntry.keep')));
  await dialogButton(page, words('entry.cancel')).click();
  await untilRows(page, 2, 'Cancelled');
  await untilFocus(memberField(page));
  await store.setPlug(true);
  expect(incrementsOf(store, meiLing)).toEqual([]);
  expect(complaints).toEqual([]);
});

it('asks by keyboard whether the same is meant twice, and takes no Enter for a yes', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await topUp(page, limWei, '10');
  await untilRows(page, 1, 'Done');
  const question = page.getByText(words('again.justNow', { sum: 'S$10.00', name: 'Lim Wei' }));
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
  // A second one says no, and so does Escape; the form stays as it is.
  for (const key of ['Enter', 'Escape']) {
    await page.keyboard.press(key);
    await question.waitFor({ state: 'detached' });
    await untilFocus(memberField(page));
    expect(await amountField(page).inputValue()).toBe('10');
    await confirmButton(page).click();
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
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('common.close') })
    .click();
  await untilFocus(member);
  await page.keyboard.press('F2');
  await untilFocus(page.getByRole('searchbox', { name: words('activity.find') }));
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
  await confirmButton(page).click();
  await untilRows(page, 1, 'Waiting');
  await untilFocus(member);
  await page.getByRole('button', { name: 'Send now' }).click();
  await untilFocus(member);
  await rows(page, 'Tan Mei Ling').getByText('Tan Mei Ling').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await untilFocus(member);
  // Whoever goes by Tab stays there.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await member.evaluate((field) => field === document.activeElement)).toBe(false);
});

it('asks before it discards settings that were changed', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await openFromMenu(page, 'settings');
  const cap = page.getByLabel(words('policy.fields.memberWaitingCap'));
  await cap.waitFor();
  const before = await cap.inputValue();
  await cap.fill('30');
  const dialog = page.getByRole('dialog', { name: words('policy.leave.title') });
  await page.keyboard.press('Escape');
  await dialog.waitFor();
  await untilFocus(dialogButton(page, words('policy.leave.stay')));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await cap.inputValue()).toBe('30');
  await untilFocus(cap);
  await page.getByRole('button', { name: words('strip.backToTill') }).click();
  await dialogButton(page, words('policy.leave.leave')).click();
  await untilFocus(memberField(page));
  await openFromMenu(page, 'settings');
  expect(await cap.inputValue()).toBe(before);
  // Nothing was changed: nothing is asked.
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
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
  await page.keyboard.type(second.name.toUpperCase().slice(0, 6));
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

it('empties a wrong PIN, says so once, and goes on where it was pressed', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await rows(page, 'Done')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  const pin = page.getByRole('dialog').getByLabel(words('manager.pin'));
  await untilFocus(pin);
  for (const wrong of ['000000', '111111']) {
    await page.keyboard.type(wrong);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText(words('errors.manager-pin-wrong')).waitFor();
    await expect.poll(() => pin.inputValue()).toBe('');
    await untilFocus(pin);
    expect(await page.getByText(words('errors.manager-pin-wrong')).count()).toBe(1);
  }
  await page.keyboard.type(managerPin);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await untilFocus(memberField(page));
  await untilRows(page, 1, words('states.reversed'));
  expect(incrementsOf(store, meiLing)).toHaveLength(2);
});

it('says who makes the PIN where a live till has none, and has the button for it', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  const reverse = rows(page, 'Done').getByRole('button', { name: words('entry.reverse') });
  await reverse.click();
  const none = page.getByRole('dialog', { name: words('manager.noneTitle') });
  await untilFocus(none.getByRole('button', { name: words('common.cancel') }));
  await page.keyboard.press('Enter');
  await untilFocus(memberField(page));
  await reverse.click();
  await none.getByRole('button', { name: words('waysOut.make-pin') }).click();
  const making = page.getByRole('dialog', { name: words('manager.makeTitle') });
  const key = making.getByLabel(words('setUp.appKey'));
  const pin = making.getByLabel(words('manager.pin'));
  const again = making.getByLabel(words('manager.repeat'));
  const make = making.getByRole('button', { name: words('manager.make') });
  await untilFocus(key);
  await make.click();
  await making.getByText(words('setUp.missing.appKey')).waitFor();
  await key.fill('not the key');
  await pin.fill('1111');
  await again.fill('1112');
  await make.click();
  await making.getByText(words('manager.differ')).waitFor();
  await untilFocus(again);
  await pin.fill(managerPin);
  await again.fill(managerPin);
  await make.click();
  // Each try tells of itself alone.
  await making.getByText(words('errors.app-key-wrong')).waitFor();
  expect(await making.getByText(words('manager.differ')).count()).toBe(0);
  await untilFocus(key);
  await key.fill(store.appKey);
  await pin.fill('1111');
  await again.fill('1111');
  await make.click();
  await making.getByText(words('errors.manager-pin-weak')).waitFor();
  expect(await making.getByRole('alert').count()).toBe(1);
  await untilFocus(pin);
  expect([await pin.inputValue(), await again.inputValue()]).toEqual(['', '']);
  await pin.fill(managerPin);
  await again.fill(managerPin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: words('manager.codeDone') }).click();
  // What was pressed first is gone on with.
  await page.getByRole('dialog').getByLabel(words('manager.pin')).fill(managerPin);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, words('states.reversed'));
  await untilFocus(memberField(page));
});
