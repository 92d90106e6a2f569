import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openApp, openTill, testFolder } from '../support/electron-app.ts';
import { makeBackup, putNewestBack } from '../support/electron-backups.ts';
import { expectBroken } from '../support/electron-broken.ts';
import { look } from '../support/electron-look.ts';
import {
  givePin,
  managerPin,
  openFromMenu,
  rows,
  topUp,
  untilIncrements,
  untilRows,
  words,
} from '../support/electron-till.ts';

const passphrase = 'seven kopi peng at noon';

const backupsOf = (folder: string) =>
  readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.cfbackup'));

function damage(file: string): void {
  rmSync(`${file}-wal`, { force: true });
  const handle = openSync(file, 'r+');
  const { size } = statSync(file);
  for (let at = 4096; at < size; at += 4096) writeSync(handle, Buffer.alloc(2048, 0xa5), 0, 2048, at);
  closeSync(handle);
}

it('puts a backup back in three presses where the data is damaged, says what that means, and doubles nothing', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store, { managerPin });
  await topUp(first.page, meiLing, '50');
  await untilRows(first.page, 1, 'Done');
  await makeBackup(first);
  expect(await first.page.getByText(words('backups.never')).count()).toBe(0);
  await first.page.keyboard.press('Escape');
  await topUp(first.page, limWei, '20');
  await untilRows(first.page, 2, 'Done');
  await first.kill();
  const log = readFileSync(join(first.folder, 'logs', 'till.log'), 'utf8');
  expect(log).toContain('integrity.pages-whole');
  expect(log).not.toContain('integrity.no-worker');
  damage(join(first.folder, 'live', 'counterfoil.db'));

  const app = await openApp({ folder: first.folder });
  await expectBroken(app, 'database-corrupt');
  await app.page.getByRole('button', { name: words('broken.restore') }).click();
  await look(app, 'restore-list');
  await app.page.getByRole('button', { name: words('restore.look') }).click();
  await app.page.getByText(words('restore.means')).waitFor();
  await look(app, 'restore-confirm');
  await app.page.getByRole('button', { name: words('restore.start') }).click();
  const restored = app.page.getByRole('button', { name: words('restored.open') });
  await restored.waitFor();
  await look(app, 'restored-note');
  await untilRows(app.page, 1, 'Done');
  expect(await rows(app.page, 'Lim Wei').count()).toBe(0);
  await untilIncrements(store, 2);
  await restored.click();
  await app.page.getByText(words('restored.do')).waitFor();
  await look(app, 'restored-dialog');
  await givePin(app.page, words('restored.read'));
  await restored.waitFor({ state: 'detached' });
  expect(app.complaints).toEqual([]);
}, 120_000);

it('copies each backup, sealed, to a second place, from which another computer goes on', async () => {
  const store = await startPracticeStore();
  const app = await openTill(store, { managerPin });
  await topUp(app.page, meiLing, '50');
  await untilRows(app.page, 1, 'Done');
  const stick = testFolder();
  await app.app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
  }, stick);
  await openFromMenu(app.page, 'safety');
  await app.page.getByRole('button', { name: words('backups.choose') }).click();
  const dialog = app.page.getByRole('dialog');
  for (const label of ['backups.passphrase', 'backups.passphraseAgain'])
    await dialog.getByLabel(words(label), { exact: true }).fill(passphrase);
  await givePin(app.page, words('backups.acts.choose.action'));
  await app.page.getByText(words('backups.second'), { exact: true }).waitFor();
  await look(app, 'settings-backups');
  expect(readdirSync(stick)).toEqual(['Counterfoil backups']);
  expect(backupsOf(app.folder)).toHaveLength(1);
  await app.kill();

  // On a computer that has nothing: the stick and its passphrase are all there is.
  const other = await openApp();
  await other.app.evaluate(({ dialog: ofOther }, folder) => {
    ofOther.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
  }, stick);
  await other.page.getByRole('button', { name: words('firstStart.restore') }).click();
  await other.page.getByText(words('restore.none')).waitFor();
  await other.page.getByRole('button', { name: words('restore.elsewhere') }).click();
  const field = other.page.getByLabel(words('backups.passphrase'), { exact: true });
  await field.fill('another passphrase');
  await other.page.getByRole('button', { name: words('restore.look') }).click();
  await other.page.getByText(words('errors.passphrase-wrong')).waitFor();
  await look(other, 'restore-sealed');
  await field.fill(passphrase);
  await putNewestBack(other);
  // Its keys are in the keyring of the other one: what is there is shown, and nothing is sent without a new key.
  await untilRows(other.page, 1, 'Done');
  expect(store.increments()).toHaveLength(1);
}, 120_000);

it('moves the till to another computer, keys and all, and is retired where it was', async () => {
  const store = await startPracticeStore();
  const app = await openTill(store, { managerPin });
  await topUp(app.page, meiLing, '50');
  await untilRows(app.page, 1, 'Done');
  const stick = testFolder();
  const pickStick = ({ app: of }: OpenApp) =>
    of.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
    }, stick);
  await pickStick(app);
  await openFromMenu(app.page, 'safety');
  await app.page.getByRole('button', { name: words('backups.move') }).click();
  const dialog = app.page.getByRole('dialog');
  for (const label of ['backups.passphrase', 'backups.passphraseAgain'])
    await dialog.getByLabel(words(label), { exact: true }).fill(passphrase);
  await look(app, 'move-dialog');
  await givePin(app.page, words('backups.acts.move.action'));
  await app.page.getByRole('heading', { name: words('moved.title') }).waitFor();
  await look(app, 'moved');
  await app.kill();

  const other = await openApp();
  await pickStick(other);
  await other.page.getByRole('button', { name: words('firstStart.restore') }).click();
  await other.page.getByText(words('restore.none')).waitFor();
  await other.page.getByRole('button', { name: words('restore.elsewhere') }).click();
  await other.page.getByLabel(words('backups.passphrase'), { exact: true }).fill(passphrase);
  await putNewestBack(other);
  await untilRows(other.page, 1, 'Done');
  await other.page.getByText(words('restored.movedWhole')).waitFor();
  expect(await other.page.getByText(words('journal.rolled-back.title')).count()).toBe(0);
  await look(other, 'arrived');
  // Its keys came along: it goes on at once. This is the same machine, so nobody is asked which of the two sends.
  await topUp(other.page, limWei, '20');
  await untilRows(other.page, 2, 'Done');
  expect(store.increments()).toHaveLength(2);
  expect(other.complaints).toEqual([]);
}, 120_000);
