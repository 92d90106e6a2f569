import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openApp, openTill, runApp } from '../../support/electron-app.ts';
import {
  incrementsOf,
  managerPin,
  memberField,
  openFromMenu,
  pressWithPin,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../../support/electron-till.ts';

// What only a real Windows shows, in its real window: `npm run windows:evidence` runs it there and prints what it saw.

const isWindows = process.platform === 'win32';

it('window: opens a till, tops a member up, and the entry arrives once', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(incrementsOf(store, meiLing)).toHaveLength(1);
  expect(complaints).toEqual([]);
});

it('safeStorage: the key is sealed, and opened again after a kill', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store);
  await memberField(first.page).waitFor();
  const vault = readFileSync(join(first.folder, 'live', 'vault.json'), 'utf8');
  expect(vault).not.toContain(store.appKey);
  expect(vault).not.toContain(Buffer.from(store.appKey).toString('base64'));
  await first.kill();
  const { page } = await openApp({ folder: first.folder });
  await topUp(page, meiLing, '20');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
});

it('single instance: a second copy ends by itself, the first goes on, and ends when it is asked to', async () => {
  const store = await startPracticeStore();
  const { page, folder, app, untilEnded } = await openTill(store);
  await memberField(page).waitFor();
  expect((await runApp(folder, [])).code).toBe(0);
  const count = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(count).toBeGreaterThan(0);
  await topUp(page, meiLing, '10');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  expect((await runApp(folder, ['--quit'])).code).toBe(0);
  await untilEnded();
});

/** The values of this user's autostart, as `reg` prints them. */
const runKey = (): string =>
  execFileSync('reg', ['query', 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run'], {
    encoding: 'utf8',
  });

it('autostart: is there where a manager sets it, names this till, and goes again', async () => {
  const store = await startPracticeStore();
  const { page, folder } = await openTill(store, { managerPin });
  const set = async (isOn: boolean) => {
    await openFromMenu(page, 'station');
    const dialog = page.getByRole('dialog', { name: words('station.title') });
    await dialog.getByRole('checkbox', { name: words('station.startAtLogin') }).setChecked(isOn);
    await pressWithPin(dialog, words('station.save'));
    await dialog.waitFor({ state: 'detached' });
  };
  const entry = () => {
    if (isWindows) return runKey();
    const file = join(process.env['XDG_CONFIG_HOME'] ?? '', 'autostart', 'counterfoil.desktop');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  await set(true);
  expect(entry()).toContain(folder);
  await set(false);
  expect(entry()).not.toContain(folder);
});

it('printing: the system says which printers it has', async () => {
  const store = await startPracticeStore();
  const { app } = await openTill(store);
  const printers = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getPrintersAsync(),
  );
  expect(Array.isArray(printers)).toBe(true);
  // Windows has at least the one that writes a PDF.
  if (isWindows) expect(printers?.length).toBeGreaterThan(0);
});
