import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill, testFolder } from '../support/electron-app.ts';
import { givePin, managerPin, openFromMenu, topUp, untilRows, words } from '../support/electron-till.ts';

const passphrase = 'seven kopi peng at noon';

it('a second place that hangs is told, holds no backup and no top-up, and the program ends all the same', async () => {
  const store = await startPracticeStore();
  const app = await openTill(store, { managerPin });
  const { page, folder } = app;
  const stick = testFolder();
  await app.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, stick);
  await openFromMenu(page, 'settings');
  await page.getByRole('button', { name: words('backups.choose') }).click();
  for (const label of ['backups.passphrase', 'backups.passphraseAgain'])
    await page.getByRole('dialog').getByLabel(words(label), { exact: true }).fill(passphrase);
  await givePin(page, words('backups.acts.choose.action'));
  await page.getByText(words('backups.second'), { exact: true }).waitFor();
  const [till = ''] = readdirSync(join(stick, 'Counterfoil backups'));
  const mark = join(stick, 'Counterfoil backups', till, 'counterfoil-backups.json');
  rmSync(mark);
  // Whoever opens it waits for ever, as on a share whose other end is gone.
  expect(spawnSync('mkfifo', [mark]).status).toBe(0);
  const backups = () => readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.cfbackup'));
  const before = backups().at(-1);
  await page.getByRole('button', { name: words('backups.now') }).click();
  await givePin(page, words('backups.acts.now.action'));
  await page.getByText(words('errors.backup-place-hangs')).waitFor();
  expect(backups().at(-1)).not.toBe(before);
  await page.keyboard.press('Escape');
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await app.close();
  await app.untilEnded();
  expect(readFileSync(join(folder, 'logs', 'till.log'), 'utf8')).toContain('till.closed');
}, 120_000);
