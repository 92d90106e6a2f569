import { expect, it } from 'vitest';
import {
  blankMember,
  deletedMember,
  disabledMember,
  expiredMember,
} from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  find,
  incrementCalls,
  memberCard,
  pointsField,
  untilText,
  words,
} from '../support/electron-till.ts';

it('shows disabled, deleted, expired and blank members as such, with the form closed', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  const closed: readonly (readonly [string, string])[] = [
    [disabledMember.number, words('member.disabled')],
    [deletedMember.number, words('member.deleted')],
    [expiredMember.number, words('member.expiredOn', { date: '30 Jun 2024' })],
  ];
  for (const [number, shown] of closed) {
    await find(page, number);
    await untilText(memberCard(page), shown);
    expect(await amountField(page).isDisabled()).toBe(true);
    expect(await pointsField(page).isDisabled()).toBe(true);
    expect(await confirmButton(page).isDisabled()).toBe(true);
    await untilText(confirmButton(page), words('blockers.member-closed', { name: '' }).trim());
  }
  // It names no card and holds no sums: there is nobody to show.
  await find(page, blankMember.number);
  await page.getByText(words('errors.member-blank')).waitFor();
  expect(await memberCard(page).count()).toBe(0);
  expect(await confirmButton(page).isDisabled()).toBe(true);
  expect(incrementCalls(store)).toEqual([]);
});

it('says of an unknown member that nobody has this number, online and offline', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await find(page, '4711');
  await page.getByText(words('errors.member-not-found')).waitFor();
  expect(await confirmButton(page).isDisabled()).toBe(true);
  await store.setPlug(false);
  await find(page, '4712');
  await page.getByText(words('errors.member-unknown-offline')).waitFor();
  expect(await memberCard(page).count()).toBe(0);
});
