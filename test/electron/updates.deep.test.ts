import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { LIST_NAME } from '../../main/updates/release-list.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, runApp, timeoutMs } from '../support/electron-app.ts';
import { expectBroken } from '../support/electron-broken.ts';
import { look } from '../support/electron-look.ts';
import {
  managerPin,
  memberField,
  openFromMenu,
  pressWithPin,
  topUp,
  untilText,
  words,
} from '../support/electron-till.ts';
import {
  lookForUpdates,
  NEXT_VERSION,
  openPc,
  untilReady,
  updateNow,
  updateRow,
} from '../support/electron-updates.ts';
import { bytes } from '../updates/feed.ts';

it('a version that waits to be asked for: at the desk and in its question', async () => {
  const store = await startPracticeStore();
  const { folder, env } = await openPc();
  const open = await openTill(store, { managerPin, policy: { updateOnPress: true } }, { folder, env });
  const { page } = open;
  await lookForUpdates(page);
  await updateRow(page, words('updates.download')).waitFor();
  await look(open, 'update-offered-safety');
  await updateRow(page, words('updates.download')).click();
  await page
    .getByRole('dialog', { name: words('updates.downloadTitle', { version: NEXT_VERSION }) })
    .waitFor();
  await look(open, 'update-offered-question');
}, 240_000);

it('a version that is ready: in the notice, at the desk and in its question', async () => {
  const store = await startPracticeStore();
  const { folder, env } = await openPc();
  const open = await openTill(store, { managerPin }, { folder, env });
  const { page } = open;
  await lookForUpdates(page);
  await untilReady(page);
  await memberField(page).focus();
  await look(open, 'update-ready');
  await openFromMenu(page, 'safety');
  await updateRow(page, words('updates.now')).waitFor();
  await look(open, 'update-safety');
  await updateRow(page, words('updates.now')).click();
  await page.getByRole('dialog', { name: words('updates.title', { version: NEXT_VERSION }) }).waitFor();
  await look(open, 'update-question');
}, 240_000);

it('is downloaded on a dear line when a manager asks for it, and said to be there until then', async () => {
  const store = await startPracticeStore();
  const { file, feed, folder, env } = await openPc();
  const { page } = await openTill(store, { managerPin, policy: { updateOnPress: true } }, { folder, env });
  await lookForUpdates(page);
  await updateRow(page, words('updates.download')).waitFor();
  expect(feed.asked).not.toContain(file.name);
  await updateRow(page, words('updates.download')).click();
  const question = page.getByRole('dialog', {
    name: words('updates.downloadTitle', { version: NEXT_VERSION }),
  });
  await pressWithPin(question, words('updates.download'));
  await question.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await untilText(page.getByRole('status'), words('updates.ready', { version: NEXT_VERSION }));
  expect(feed.asked).toContain(file.name);
});

/** A till that was closed with the next version brought and not put in place. */
async function closedWithOneReady() {
  const store = await startPracticeStore();
  const pc = await openPc();
  const { folder, env } = pc;
  const till = await openTill(store, { managerPin }, { folder, env });
  await lookForUpdates(till.page);
  await untilReady(till.page);
  await till.close();
  return { pc, store };
}

it('is put in place neither on quit nor when it is killed, but at the next start', async () => {
  const { pc, store } = await closedWithOneReady();
  const { folder, env } = pc;
  expect(pc.isOld()).toBe(true);
  const { code } = await runApp(folder, [], env);
  expect(code).toBe(0);
  await expect.poll(() => existsSync(pc.started), { timeout: timeoutMs }).toBe(true);
  expect(readFileSync(pc.image).equals(pc.next)).toBe(true);
  expect(store.increments()).toEqual([]);
});

it('is not put in place under another program that works on this data', async () => {
  const { pc } = await closedWithOneReady();
  const { folder, env } = pc;
  const other = new Database(join(folder, 'till.lock'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN EXCLUSIVE');
  await expectBroken(await openApp({ folder, env }), 'second-copy');
  expect(pc.isOld()).toBe(true);
});

it('leaves the program as it is where the next one does not pass its rehearsal, and says so', async () => {
  const store = await startPracticeStore();
  const pc = await openPc({ rehearsal: 'exit 3' });
  const { folder, env } = pc;
  const { page } = await openTill(store, { managerPin }, { folder, env });
  await lookForUpdates(page);
  await untilReady(page);
  const dialog = await updateNow(page);
  await untilText(dialog, words('errors.update-rehearsal-failed', { version: NEXT_VERSION }));
  expect(pc.isOld()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await topUp(page, meiLing, '10');
  await expect.poll(() => store.increments().length, { timeout: timeoutMs }).toBe(1);
});

it('takes nothing that is not what we signed, and says so', async () => {
  const store = await startPracticeStore();
  const pc = await openPc();
  const { feed, file, folder, env } = pc;
  const { page } = await openTill(store, { managerPin }, { folder, env });
  const published = feed.served.get(LIST_NAME);
  const said = async (code: string) => {
    await updateRow(page, words('updates.look')).click();
    await untilText(page.getByRole('main'), words(`errors.${code}`, { status: 'HTML' }));
    expect(pc.isOld()).toBe(true);
  };
  feed.served.set(LIST_NAME, bytes('no signature'));
  await lookForUpdates(page);
  await untilText(page.getByRole('main'), words('errors.update-list-unsigned'));
  feed.served.set(LIST_NAME, (_, response) => {
    response.writeHead(302, { location: `${feed.url}elsewhere` }).end();
  });
  await said('update-feed-redirected');
  expect(feed.asked).not.toContain('elsewhere');
  feed.served.set(LIST_NAME, bytes('<p>Sign in', { 'content-type': 'text/html' }));
  await said('update-feed-answer');
  feed.served.set(LIST_NAME, (_, response) => {
    response.writeHead(407, { 'proxy-authenticate': 'Basic realm="x"' }).end();
  });
  await said('update-proxy-password');
  if (published !== undefined) feed.served.set(LIST_NAME, published);
  feed.served.set(file.name, bytes(Buffer.alloc(file.size, 7)));
  await said('update-file-hash');
});
