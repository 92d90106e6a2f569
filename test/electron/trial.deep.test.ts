import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { migrations, newestFormat } from '../../main/kernel/database/format.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, runApp, timeoutMs } from '../support/electron-app.ts';
import { managerPin, takeMember, topUp, untilRows, words } from '../support/electron-till.ts';
import {
  lookForUpdates,
  NEXT_VERSION,
  type NextProgram,
  openPc,
  untilReady,
  untilRefused,
  updateNow,
} from '../support/electron-updates.ts';

const migrating = resolve(import.meta.dirname, '../updates/trial/migrating-program.cjs');
/** It has put the data into a format of tomorrow. */
const migrates = `'${process.execPath}' '${migrating}' "$@" > /dev/null`;

/** A till with an entry that waits, and a manager who has pressed for the next version. */
async function updating(program: NextProgram) {
  const store = await startPracticeStore();
  const pc = await openPc(program);
  const { folder, env } = pc;
  const open = await openTill(store, { managerPin }, { folder, env });
  const { page } = open;
  // Without the network the till knows whom it has read.
  await takeMember(page, meiLing);
  await store.setPlug(false);
  await topUp(page, meiLing, '10');
  await lookForUpdates(page);
  await untilReady(page);
  await updateNow(page);
  return { ...pc, store, open, page };
}

/** The old one has its data as it was, and what waited goes once. */
async function expectBack({ isOld, folder, store }: Awaited<ReturnType<typeof updating>>) {
  expect(isOld()).toBe(true);
  expect(existsSync(join(folder, 'updates', 'before'))).toBe(false);
  expect(store.increments()).toEqual([]);
  await store.setPlug(true);
  await expect.poll(() => store.increments().length, { timeout: timeoutMs }).toBe(1);
}

it.each<[string, string]>([
  ['crashes', 'kill -SEGV $$'],
  ['says that it is not ready', 'echo \'{"ok":false,"version":"0.2.0","problems":["page: blank"]}\'; exit 1'],
  ['migrates and crashes', `${migrates}; kill -SEGV $$`],
])(
  'a version that %s on the real data is refused, and the old one sells on',
  async (_, trial) => {
    const till = await updating({ trial });
    const { page, folder, open, env } = till;
    await untilRefused(page, words('errors.update-trial-failed', { version: NEXT_VERSION }));
    await untilRows(page, 1, meiLing.name);
    await expectBack(till);
    await open.close();
    const db = new Database(join(folder, 'live', 'counterfoil.db'), { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(newestFormat(migrations));
    db.close();
    const { stdout } = await runApp(folder, ['--verify'], env);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, entries: 1, problems: [] });
    // Not by itself at the next start either.
    const again = await openApp({ folder, env });
    await untilRows(again.page, 1, meiLing.name);
    expect(till.isOld()).toBe(true);
    expect(till.store.increments()).toHaveLength(1);
  },
  120_000,
);

it('a till that is killed in the middle of a trial comes back at its next start, and says so', async () => {
  const till = await updating({ trial: `${migrates}; touch "$0.tried"; while :; do sleep 1; done` });
  const { folder, env, open, image } = till;
  const tried = () => readdirSync(join(image, '..')).some((name) => name.endsWith('.tried'));
  await expect.poll(tried, { timeout: timeoutMs }).toBe(true);
  const unsent = await runApp(folder, ['--unsent'], env);
  expect(unsent.code).toBe(1);
  expect(unsent.stdout).toContain('update-cut-off');
  // Not waited for: what it has started outlives it.
  process.kill(await open.app.evaluate(() => process.pid), 'SIGKILL');
  const again = await openApp({ folder, env });
  await untilRefused(again.page, words('errors.update-cut-off', { version: NEXT_VERSION }));
  await untilRows(again.page, 1, meiLing.name);
  await expectBack(till);
}, 120_000);

it('whoever starts the program a second time in the middle of a trial gets no second till', async () => {
  const till = await updating({
    trial: 'cd "$(dirname "$0")"; if [ ! -e tried ]; then touch tried; read line; fi; exit 3',
  });
  const { folder, env, open, page } = till;
  await page.getByText(words('opening.updating', { version: NEXT_VERSION })).waitFor();
  const second = await runApp(folder, [], env);
  expect(second.code).toBe(0);
  // Closed in the middle: nothing is put in place, and the data is as it was.
  await open.close();
  expect(till.isOld()).toBe(true);
  const again = await openApp({ folder, env });
  await untilRows(again.page, 1, meiLing.name);
  await expectBack(till);
}, 120_000);
