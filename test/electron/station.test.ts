import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openTill, testFolder } from '../support/electron-app.ts';
import { managerPin, memberField, openFromMenu, pressWithPin, words } from '../support/electron-till.ts';

/** Where a desktop looks for what it starts, of nobody but this test. */
function ownConfigFolder(): string {
  const before = process.env['XDG_CONFIG_HOME'];
  const folder = testFolder();
  process.env['XDG_CONFIG_HOME'] = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env['XDG_CONFIG_HOME'];
    else process.env['XDG_CONFIG_HOME'] = before;
  });
  return folder;
}

const windows = ({ app }: OpenApp, close: boolean): Promise<number> =>
  app.evaluate(({ BrowserWindow }, isClosed) => {
    if (isClosed) BrowserWindow.getAllWindows()[0]?.close();
    return BrowserWindow.getAllWindows().filter((window) => window.isKiosk()).length;
  }, close);

it('starts at log-in and fills the screen where a manager says so, and is left with the PIN', async () => {
  const entry = join(ownConfigFolder(), 'autostart', 'counterfoil.desktop');
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page, folder } = open;
  await openFromMenu(page, 'station');
  const dialog = page.getByRole('dialog', { name: words('station.title') });
  await dialog.getByRole('checkbox', { name: words('station.startAtLogin') }).check();
  await dialog.getByRole('checkbox', { name: words('station.kiosk') }).check();
  await pressWithPin(dialog, words('station.save'));
  await dialog.waitFor({ state: 'detached' });
  expect(readFileSync(entry, 'utf8')).toContain(`"--user-data-dir=${folder}"`);
  expect(await windows(open, true)).toBe(1);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();

  await openFromMenu(page, 'leaveKiosk');
  const leave = page.getByRole('dialog', { name: words('station.leaveTitle') });
  await pressWithPin(leave, words('station.leave'));
  await leave.waitFor({ state: 'detached' });
  expect(await windows(open, false)).toBe(0);

  await openFromMenu(page, 'station');
  await dialog.getByRole('checkbox', { name: words('station.startAtLogin') }).uncheck();
  await pressWithPin(dialog, words('station.save'));
  await dialog.waitFor({ state: 'detached' });
  expect(existsSync(entry)).toBe(false);
});
