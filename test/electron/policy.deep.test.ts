import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import {
  givePin,
  incrementsOf,
  managerPin,
  review,
  takeMember,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

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
