import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import { openSettings, openTab, pressSave, saveChanges } from '../support/electron-settings.ts';
import {
  givePin,
  incrementsOf,
  managerPin,
  openPlace,
  review,
  takeMember,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

const untilFocused = (field: Locator) =>
  expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);

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
  const sure = page.getByRole('button', { name: words('review.ask.goOn') });
  if ((await sure.count()) > 0) await sure.click();
  await givePin(page, words('review.ask.confirm.arrived'));
  await article.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  expect(incrementsOf(store, limWei)).toHaveLength(1);
});

it('shows what is wrong on whatever tab, and saves all tabs at once', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store, { managerPin });
  await openSettings(page, 'scanner', true);
  const gap = page.getByLabel(words('policy.fields.scanMeanGapMs'));
  const cap = page.getByLabel(words('policy.fields.balanceCap'));
  await gap.fill('x');
  await openTab(page, 'limits');
  await cap.fill('900');
  await pressSave(page, 2);
  await untilFocused(gap);
  await gap.fill('50');
  await openTab(page, 'offline');
  // What was typed on another tab stays, and what is changed there is not hidden.
  await openTab(page, 'scanner');
  expect(await gap.inputValue()).toBe('50');
  await saveChanges(page, 2);
  expect((await page.getByRole('button', { name: /^Save \d/ }).count()) === 0).toBe(true);
  await openTab(page, 'limits');
  expect(await cap.inputValue()).toBe('900');
  // A manager is there: no PIN was asked for a second time, and Enter saves as well.
  await cap.fill('800');
  await cap.press('Enter');
  await page.getByText(words('saving.saved'), { exact: true }).waitFor();
  await untilFocused(cap);
  await cap.fill('700');
  await page.getByText(words('saving.saved'), { exact: true }).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

it('marks a blank reason among the rules, and discards what was typed', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await openSettings(page, 'limits');
  await openPlace(page, 'rules');
  await page.getByRole('button', { name: words('rules.addReason') }).click();
  await pressSave(page);
  await page.getByText(words('rules.noReason')).waitFor();
  const reason = page.getByLabel(words('rules.reason'), { exact: true });
  await untilFocused(reason);
  await reason.fill('Birthday');
  await saveChanges(page);
  await page.getByRole('button', { name: words('rules.removeReason') }).click();
  await page.getByRole('button', { name: words('saving.discard') }).click();
  expect(await reason.inputValue()).toBe('Birthday');
});
