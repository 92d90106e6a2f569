import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { fileOf, listOf, newKey, publish, ranged, startFeed } from '../updates/feed.ts';
import { launchDescription, testFolder } from './electron-app.ts';
import { moreNotices, openFromMenu, openNotices, pressWithPin, words } from './electron-till.ts';

const root = resolve(import.meta.dirname, '../..');

/** The version after the built one. */
export const NEXT_VERSION = '0.2.0';

const nextApp = join(import.meta.dirname, 'next-app');

/** What it does in place of a rehearsal or a trial, as lines of a shell script; otherwise it does what the built program does. */
export interface NextProgram {
  readonly rehearsal?: string;
  readonly trial?: string;
}

/** The built program under the next number. Started otherwise than for a rehearsal or a trial it says so and ends. */
function nextProgram(started: string, { rehearsal, trial }: NextProgram): string {
  const { executable, args } = launchDescription();
  const own = args.map((arg) => (arg === root ? nextApp : arg));
  const itself = `exec ${[executable, ...own].map((word) => `'${word}'`).join(' ')} "$@"`;
  return `#!/bin/sh
case "$1" in
  --rehearse=*) ${rehearsal ?? itself} ;;
  --trial=*) ${trial ?? itself} ;;
  *) echo "$@" > '${started}' ;;
esac
`;
}

/** A PC on which the built program was started as an AppImage, and a feed that has the next one. */
export async function openPc(program: NextProgram = {}) {
  const folder = testFolder();
  const image = join(folder, 'Counterfoil.AppImage');
  const started = join(folder, 'started');
  writeFileSync(image, 'the old program', { mode: 0o755 });
  const next = Buffer.from(nextProgram(started, program));
  const feed = await startFeed();
  const { publicKey, privateKey } = newKey();
  const dayMs = 86_400_000;
  const file = fileOf(NEXT_VERSION, next, { arch: process.arch === 'arm64' ? 'arm64' : 'x64' });
  const days = { issuedAt: new Date().toISOString(), expiresAt: new Date(Date.now() + dayMs).toISOString() };
  const list = listOf(NEXT_VERSION, file, { ...days, floor: '0.1.0' });
  publish(feed, list, privateKey);
  feed.served.set(file.name, ranged(next));
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  const env = {
    ...{ APPIMAGE: image, APPDIR: dirname(launchDescription().executable) },
    ...{ COUNTERFOIL_UPDATE_FEED: feed.url, COUNTERFOIL_UPDATE_KEY: key },
  };
  const isOld = () => readFileSync(image, 'utf8') === 'the old program';
  return { folder: join(folder, 'data'), image, started, next, feed, list, file, privateKey, env, isOld };
}

const updateRow = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('button', { name, exact: true });

export async function lookForUpdates(page: Page) {
  await openFromMenu(page, 'safety');
  await updateRow(page, words('updates.look')).click();
}

export const untilReady = async (page: Page) => {
  await updateRow(page, words('updates.now')).waitFor();
  await page.keyboard.press('Escape');
};

export const updateNow = async (page: Page) => {
  await openFromMenu(page, 'safety');
  await updateRow(page, words('updates.now')).click();
  const dialog = page.getByRole('dialog');
  await pressWithPin(dialog, words('updates.now'));
  return dialog;
};

/** A notice says that an update was refused, and why: the line itself, or one of the others, which are a count in it. */
export async function untilRefused(page: Page, sentence: string): Promise<void> {
  const refused = words('updates.refused');
  const line = page.getByRole('status').filter({ hasText: refused }).filter({ hasText: sentence });
  await line.or(moreNotices(page)).first().waitFor();
  if ((await line.count()) > 0) return;
  const all = await openNotices(page);
  await all.filter({ hasText: refused }).filter({ hasText: sentence }).waitFor();
  await page.keyboard.press('Escape');
  await all.waitFor({ state: 'detached' });
}
