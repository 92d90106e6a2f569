import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limWei, meiLing, rajanPillai } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import {
  driveRestarted,
  giveToNobody,
  homeOfNobody,
  processesOf,
  spawnInstalled,
  startInstalled,
} from '../package/support/installed-app.ts';
import { keyringOfNobody } from '../package/support/keyring-of-nobody.ts';
import { provisioningFile, timeoutMs } from '../support/electron-app.ts';
import {
  increment,
  incrementsOf,
  managerPin,
  memberField,
  openFromMenu,
  takeMember,
  topUp,
  untilRows,
  untilSent,
  untilText,
  words,
} from '../support/electron-till.ts';
import {
  lookForUpdates,
  NEXT_VERSION,
  untilReady,
  untilRefused,
  updateNow,
} from '../support/electron-updates.ts';
import { sha512 } from '../updates/feed.ts';
import { repackAs } from './support/other-version.ts';
import { startSignedFeed } from './support/signed-feed.ts';

// From one installed version to the next by what a shop has: the file of `npm run package:linux` at somebody's home who has
// no rights, a feed, and the program's own updater. Nobody helps it from outside.

const name = 'counterfoil-substitute';
const built = resolve(import.meta.dirname, '../../dist/substitute');
const mayBeNobody = process.platform === 'linux' && process.getuid?.() === 0;

const { version: thisVersion } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
) as { readonly version: string };
const versionBefore = '0.0.9';
/** Where each version's AppImage lies. */
const images = new Map<string, string>();
const imageOf = (version: string): string => images.get(version) ?? '';

/** A PC of somebody without rights, who has downloaded this version; KYBIO; and a feed with nothing in it. */
async function installed(version: string) {
  const store = await startPracticeStore();
  const feed = await startSignedFeed();
  const home = homeOfNobody();
  const env = { ...feed.env, ...(await keyringOfNobody(home)) };
  const image = join(home, 'Counterfoil.AppImage');
  cpSync(imageOf(version), image);
  const file = join(home, 'till.json');
  cpSync(provisioningFile(store, { managerPin }), file);
  for (const path of [image, file]) giveToNobody(path);
  const mains = () => processesOf(name, home).filter(([, kind]) => kind === '');
  const as = (...args: readonly string[]) =>
    [image, home, { args: ['--password-store=gnome-libsecret', ...args], env }] as const;
  const data = join(home, 'Counterfoil-substitute');
  const app = await startInstalled(...as(`--provision=${file}`));
  await memberField(app.page).waitFor();
  await hurry(app.page);
  return { store, feed, home, image, data, mains, app, as };
}
type Installed = Awaited<ReturnType<typeof installed>>;

/** A shop's line is not to be filled by a download; here nobody else is on it. */
async function hurry(page: Page) {
  const saved = await page.evaluate(async (pin) => {
    const got = await window.till?.policyGet({});
    if (!got?.ok) return got?.error.code;
    const policy = { ...got.value.policy, updateKilobytesPerSecond: 100_000 };
    const done = await window.till?.policySave({ policy, pin });
    return done?.ok ? 'saved' : done?.error.code;
  }, managerPin);
  expect(saved).toBe('saved');
}

/** From a page of the desk. */
async function toTill(page: Page) {
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
}

async function untilVersion(page: Page, version: string) {
  await openFromMenu(page, 'about');
  const about = page.getByRole('dialog', { name: words('about.title') });
  await about.getByText(version, { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await about.waitFor({ state: 'detached' });
  await toTill(page);
}

const logIn = (data: string): string => readFileSync(join(data, 'logs', 'till.log'), 'utf8');

/** What KYBIO was told, and how often, of each of the three. */
const sentIn = (store: PracticeStore) =>
  [meiLing, rajanPillai, limWei].map((member) =>
    incrementsOf(store, member).map((sent) => sent.balanceIncrement),
  );

const hashOf = (path: string): string => sha512(readFileSync(path));

/** A manager does not want to wait for the next start. */
async function pressNow({ app, data }: Installed) {
  rmSync(join(data, 'DevToolsActivePort'));
  await updateNow(app.page);
}

/** The shop closes, and opens the next day. */
async function closeAndStart({ app, image, as }: Installed) {
  const before = hashOf(image);
  expect(await app.close(), app.said()).toBe(0);
  expect(hashOf(image)).toBe(before);
  const [code] = await once(spawnInstalled(...as()), 'exit');
  expect(code).toBe(0);
}

async function refuseTampered({ feed, app: { page } }: Installed) {
  feed.publish(NEXT_VERSION, imageOf(NEXT_VERSION), (body) => {
    const tampered = Buffer.from(body);
    const middle = body.length >> 1;
    tampered.writeUInt8(tampered.readUInt8(middle) ^ 1, middle);
    return tampered;
  });
  await lookForUpdates(page);
  await untilText(page.getByRole('main'), words('errors.update-file-hash'));
  await toTill(page);
}

async function refuseRehearsed({ feed, app: { page } }: Installed) {
  feed.publish(NEXT_VERSION, imageOf(versionBefore));
  await lookForUpdates(page);
  await untilReady(page);
  const dialog = await updateNow(page);
  await untilText(dialog, words('errors.update-rehearsal-failed', { version: NEXT_VERSION }));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await toTill(page);
}

/** Passes its rehearsal, opens the till's own data, and crashes. */
const crashing = `if (process.argv.some((argument) => argument.startsWith('--trial=')))
  process.once('exit', () => process.kill(process.pid, 'SIGSEGV'));
`;

async function refuseTried({ feed, app: { page } }: Installed) {
  feed.publish(NEXT_VERSION, imageOf('crashing'));
  await lookForUpdates(page);
  await untilReady(page);
  await updateNow(page);
  await untilRefused(page, words('errors.update-trial-failed', { version: NEXT_VERSION }));
}

describe.runIf(mayBeNobody)('an installed AppImage', () => {
  let scratch = '';
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'counterfoil-versions-'));
    const [image = ''] = readdirSync(built).filter((file) => file.endsWith('.AppImage'));
    images.set(thisVersion, join(built, image));
    for (const version of [versionBefore, NEXT_VERSION])
      images.set(version, await repackAs(version, imageOf(thisVersion), scratch));
    const crashes = { name: 'crashing', before: crashing };
    images.set('crashing', await repackAs(NEXT_VERSION, imageOf(thisVersion), scratch, crashes));
  }, 120_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it.each([
    ['from the version before when a manager presses', thisVersion, pressNow],
    ['from two versions before when it is started', versionBefore, closeAndStart],
  ])('comes %s, with all that it had', async (_, version, update) => {
    const pc = await installed(version);
    const { store, feed, home, image, data, mains, app } = pc;
    const { page } = app;
    await untilVersion(page, version);
    await topUp(page, meiLing, '50', '5');
    await untilRows(page, 1, meiLing.name, 'Done');
    store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 1 });
    await topUp(page, rajanPillai, '10');
    await untilRows(page, 1, rajanPillai.name, 'Checking');
    // A card that was read once is kept.
    await takeMember(page, limWei);
    await page.keyboard.press('Escape');
    await store.setPlug(false);
    await topUp(page, limWei, '20');
    await untilRows(page, 1, limWei.name, 'Waiting');

    const next = feed.publish(NEXT_VERSION, imageOf(NEXT_VERSION));
    await lookForUpdates(page);
    await untilReady(page);
    expect(hashOf(image)).toBe(hashOf(imageOf(version)));
    const [[before]] = mains() as [[string, string]];
    await update(pc);

    const again = await driveRestarted(data);
    expect(logIn(data)).toMatch(/"ok":true,"msg":"update\.rehearsed"/);
    await memberField(again).waitFor();
    expect(hashOf(image)).toBe(next.sha512);
    expect(readdirSync(home).filter((file) => file.includes('.AppImage'))).toEqual(['Counterfoil.AppImage']);
    expect(existsSync(join(data, 'updates', 'files'))).toBe(false);
    expect(logIn(data)).toMatch(/"ok":true,"msg":"update\.tried"/);
    // The page has drawn the till by now, so nobody goes back any more.
    await expect.poll(() => existsSync(join(data, 'updates', 'before')), { timeout: timeoutMs }).toBe(false);
    expect(mains()).toHaveLength(1);
    expect(mains()[0]?.[0]).not.toBe(before);
    await untilVersion(again, NEXT_VERSION);
    await untilRows(again, 1, meiLing.name, 'Done');
    await untilRows(again, 1, rajanPillai.name, 'Checking');
    await untilRows(again, 1, limWei.name, 'Waiting');
    expect(readdirSync(join(data, 'backups')).filter((file) => file.includes('-update.'))).toHaveLength(1);
    expect(sentIn(store)).toEqual([['50'], ['10'], []]);

    await store.setPlug(true);
    await untilSent(again, 1, limWei.name, 'Done');
    await topUp(again, limWei, '5');
    await untilSent(again, 2, limWei.name, 'Done');
    expect(sentIn(store)).toEqual([['50'], ['10'], ['20', '5']]);
    await again.evaluate(() => window.close());
    await expect.poll(mains, { timeout: timeoutMs }).toEqual([]);
  });

  it.each([
    ['a byte of the next one is another than was signed', refuseTampered],
    ['what was signed as the next one is another', refuseRehearsed],
    ['the next one opens the till and crashes', refuseTried],
  ])('goes on with its version where %s', async (_, refuse) => {
    const pc = await installed(thisVersion);
    const { store, image, mains, app, as } = pc;
    const { page } = app;
    const before = mains();
    await refuse(pc);
    await topUp(page, meiLing, '50');
    await untilRows(page, 1, meiLing.name, 'Done');
    expect(mains()).toEqual(before);
    expect(await app.close(), app.said()).toBe(0);
    const again = await startInstalled(...as());
    await untilVersion(again.page, thisVersion);
    await untilRows(again.page, 1, meiLing.name, 'Done');
    expect(hashOf(image)).toBe(hashOf(imageOf(thisVersion)));
    expect(store.increments()).toHaveLength(1);
    expect(await again.close(), again.said()).toBe(0);
  });
});
