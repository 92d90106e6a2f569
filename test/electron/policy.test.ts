import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { leaveField, openSettings } from '../support/electron-settings.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  managerPin,
  memberCard,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';

it('holds a manager’s limits without a network, and asks before the same is entered again', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store, { managerPin });
  await openSettings(page, 'limits');
  await page.getByLabel(words('policy.fields.memberWaitingCap')).fill('30');
  await leaveField(page);
  await page.keyboard.press('Escape');
  await takeMember(page, meiLing);
  await takeMember(page, limWei);
  await store.setPlug(false);

  await topUp(page, meiLing, '20');
  await takeMember(page, meiLing);
  await amountField(page).fill('15');
  await confirmButton(page).click();
  await page.getByText(words('errors.member-waiting-cap')).waitFor();
  expect(await rows(page, 'Tan Mei Ling').count()).toBe(1);
  await page.keyboard.press('Escape');
  await memberCard(page).waitFor({ state: 'detached' });

  await topUp(page, limWei, '10');
  for (const [button, count] of [
    ['no', 1],
    ['yes', 2],
  ] as const) {
    await takeMember(page, limWei);
    await amountField(page).fill('10');
    await confirmButton(page).click();
    await page.getByText(words('again.lately', { sum: 'S$10.00', name: 'Lim Wei' })).waitFor();
    expect(await rows(page, 'Lim Wei').count()).toBe(1);
    await page.getByRole('button', { name: words(`again.${button}`) }).click();
    await page
      .getByText(words('again.lately', { sum: 'S$10.00', name: 'Lim Wei' }))
      .waitFor({ state: 'detached' });
    await untilRows(page, count, 'Lim Wei');
  }

  await store.setPlug(true);
  await untilRows(page, 3, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  const amounts = (member: typeof limWei) =>
    incrementsOf(store, member).map(({ balanceIncrement }) => balanceIncrement);
  expect(amounts(meiLing)).toEqual(['20']);
  expect(amounts(limWei)).toEqual(['10', '10']);
  expect(complaints).toEqual([]);
});
