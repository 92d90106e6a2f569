import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import { makeBackup, putNewestBack } from '../support/electron-backups.ts';
import { expectBroken } from '../support/electron-broken.ts';
import { axeFindings, keepPicture } from '../support/electron-look.ts';
import { givePin, managerPin, openFromMenu, topUp, untilRows, words } from '../support/electron-till.ts';

it('puts one back where the till’s folder is gone, keys and all', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store, { managerPin });
  await topUp(first.page, meiLing, '50');
  await untilRows(first.page, 1, 'Done');
  await makeBackup(first);
  await first.kill();
  rmSync(join(first.folder, 'live'), { recursive: true });
  const app = await openApp({ folder: first.folder });
  await expectBroken(app, 'data-missing');
  await app.page.getByRole('button', { name: words('broken.restore') }).click();
  await putNewestBack(app);
  await untilRows(app.page, 1, 'Done');
  await topUp(app.page, meiLing, '10');
  await untilRows(app.page, 2, 'Done');
  expect(store.increments()).toHaveLength(2);
});

it('says Moved where a till was moved, offers no second living one, and opens again where a manager says so', async () => {
  const store = await startPracticeStore();
  const till = await openTill(store, { managerPin });
  const { page, app, resize, complaints } = till;
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  const stick = testFolder();
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
  }, stick);
  await openFromMenu(page, 'safety');
  await page.getByRole('button', { name: words('backups.move') }).click();
  const dialog = page.getByRole('dialog');
  for (const label of ['backups.passphrase', 'backups.passphraseAgain'])
    await dialog.getByLabel(words(label), { exact: true }).fill('seven kopi peng at noon');
  await givePin(page, words('backups.acts.move.action'));
  await page.getByRole('heading', { name: words('moved.title') }).waitFor();
  const [file = ''] = readdirSync(stick);
  await page.getByText(file, { exact: true }).waitFor();
  await page.getByText(stick).waitFor();
  for (const name of await page.getByRole('button').allInnerTexts())
    expect([words('moved.never'), words('moved.close'), words('broken.diagnostics')]).toContain(name);
  await resize(1024, 768);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await keepPicture(page, `moved 1024x768 ${colorScheme}`);
    expect(await axeFindings(page)).toEqual([]);
  }
  await page.getByRole('button', { name: words('moved.never') }).click();
  await keepPicture(page, 'moved-never-opened 1024x768');
  await givePin(page, words('moved.neverDo'));
  await untilRows(page, 1, 'Done');
  await topUp(page, meiLing, '20');
  await untilRows(page, 2, 'Done');
  expect(store.increments()).toHaveLength(2);
  expect(complaints).toEqual([]);
});
