import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  managerPin,
  memberField,
  openFromMenu,
  rows,
  takeMember,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

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
