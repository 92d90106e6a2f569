import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  givePin,
  incrementsOf,
  managerPin,
  memberCard,
  openFromMenu,
  review,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';

it('holds a manager’s limits without a network, and asks before the same is entered again', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store, { managerPin });
  await openFromMenu(page, 'settings');
  await page.getByLabel(words('policy.fields.memberWaitingCap')).fill('30');
  await page.getByRole('button', { name: words('policy.save') }).click();
  await givePin(page, words('policy.save'));
  await page.getByText(words('policy.kept')).waitFor();
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
    await page.getByText(words('again.justNow', { sum: 'S$10.00', name: 'Lim Wei' })).waitFor();
    expect(await rows(page, 'Lim Wei').count()).toBe(1);
    await page.getByRole('button', { name: words(`again.${button}`) }).click();
    await page
      .getByText(words('again.justNow', { sum: 'S$10.00', name: 'Lim Wei' }))
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

it('sends nothing unseen after an older data folder was put back, and says so', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store, { managerPin });
  const { folder } = first;
  await takeMember(first.page, limWei);
  await topUp(first.page, meiLing, '50');
  await untilRows(first.page, 1, 'Done');
  await store.setPlug(false);
  await topUp(first.page, limWei, '20');
  await untilRows(first.page, 1, 'Waiting');
  await first.close();
  const kept = testFolder();
  cpSync(join(folder, 'live'), kept, { recursive: true });

  await store.setPlug(true);
  const second = await openApp({ folder });
  await untilRows(second.page, 2, 'Done');
  await second.close();
  expect(incrementsOf(store, limWei)).toHaveLength(1);
  rmSync(join(folder, 'live'), { recursive: true });
  cpSync(kept, join(folder, 'live'), { recursive: true });

  const { page } = await openApp({ folder });
  await page
    .getByRole('alert')
    .filter({ hasText: words('journal.rolled-back.title') })
    .waitFor();
  await untilRows(page, 1, 'Lim Wei', 'Needs review');
  await topUp(page, meiLing, '5');
  await untilRows(page, 1, 'Tan Mei Ling', 'S$5.00', 'Done');
  await review(page)
    .getByRole('button', { name: words('review.open') })
    .click();
  const article = page.getByRole('article', { name: 'Lim Wei · S$20.00' });
  await untilText(article, words('review.case.restored'));
  await article.getByRole('button', { name: words('review.answers.arrived') }).click();
  await page.getByRole('button', { name: words('review.ask.goOn') }).click();
  await givePin(page, words('review.ask.confirm.arrived'));
  await article.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  expect(incrementsOf(store, limWei)).toHaveLength(1);
});
