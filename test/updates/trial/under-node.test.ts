import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { takeProcessLock } from '../../../main/kernel/database/process-lock.ts';
import { createRehearsal } from '../../../main/updates/trial/rehearse-update.ts';
import { type RunProgram, runWith } from '../../../main/updates/trial/run-program.ts';
import { takeTillLock } from '../../../main/updates/trial/till-lock.ts';
import { createTryOut } from '../../../main/updates/trial/try-out.ts';
import { ok } from '../../../preload/contract/index.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { isRunning } from '../../support/processes.ts';
import { fileOf } from '../feed.ts';
import { aTill, bytesOf, isAside, versions } from './support.ts';

// The next version as a script of Node's: what the other tests have as a shell script runs on POSIX alone.

const root = join(import.meta.dirname, '../../..');
const free = async () => 10_000_000_000;

const running =
  (script: string, run: RunProgram): RunProgram =>
  (program, args, unwanted) =>
    run(program, [script, ...args], unwanted);
const patient = runWith({ clock: realClock, limitMs: 100_000 });

function aShop(script: string, run: RunProgram = patient, program = process.execPath) {
  const till = aTill();
  const before = bytesOf(till.folder);
  const lock = takeTillLock(till.folder, 1_000);
  onTestFinished(() => lock.lend());
  const tryOut = createTryOut({
    ...{ ...till, version: versions.from, lock, random: realRandom, args: [], free },
    run: running(script, run),
  });
  const next = { version: versions.to, program, ending: new AbortController().signal };
  return { ...till, before, run: () => tryOut({ ...next, commit: async () => ok({}) }) };
}

it('is rehearsed on a copy of the till', async () => {
  const till = aTill();
  const before = bytesOf(till.folder);
  const script = join(root, 'test/updates/trial/rehearsing-program.ts');
  const rehearsal = createRehearsal({ ...till, args: [], free, run: running(script, patient) });
  const file = fileOf('1.1.0', Buffer.from(''), { kind: 'nsis', name: 'Counterfoil-1.1.0.exe' });
  const rehearsed = await rehearsal({ version: '1.1.0', file }, { program: process.execPath });
  expect(rehearsed).toEqual({ ok: true, value: {} });
  expect(bytesOf(till.folder)).toEqual(before);
});

it('is put in place when it is ready on the till’s own data', async () => {
  const shop = aShop(join(root, 'test/updates/trial/trying-program.ts'));
  expect(await shop.run()).toMatchObject({ ok: true });
  expect(isAside(shop.folder)).toBe(true);
});

it('that another set-up has taken away meanwhile is not to blame', async () => {
  const till = aTill();
  const gone = join(temporaryFolder(), 'Counterfoil.exe');
  const rehearsal = createRehearsal({ ...till, args: [], free, run: patient });
  const file = fileOf('1.1.0', Buffer.from(''), { kind: 'nsis', name: 'Counterfoil-1.1.0.exe' });
  const refused = { error: { code: 'update-file-changed' } };
  expect(await rehearsal({ version: '1.1.0', file }, { program: gone })).toMatchObject(refused);
  const shop = aShop('', patient, gone);
  expect(await shop.run()).toMatchObject(refused);
  expect(bytesOf(shop.folder)).toEqual(shop.before);
  expect(isAside(shop.folder)).toBe(false);
});

it('that hangs with the database open is ended with what it has started, and the data is as it was', async () => {
  const folder = temporaryFolder();
  const [script, left] = [join(folder, 'hangs.cjs'), join(folder, 'pids')];
  const database = JSON.stringify(join(root, 'node_modules/better-sqlite3'));
  const lines = [
    `const live = process.argv[2].slice('--trial='.length) + '/live/counterfoil.db';`,
    `const db = new (require(${database}))(live);`,
    `db.exec('CREATE TABLE of_tomorrow (x); PRAGMA user_version = 999');`,
    `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);`,
    `require('node:fs').writeFileSync(${JSON.stringify(left)}, process.pid + ' ' + child.pid);`,
    `setInterval(() => db, 1e6);`,
  ];
  writeFileSync(script, lines.join('\n'));
  const hurried = {
    ...realClock,
    schedule: (delayMs: number, action: () => void) => realClock.schedule(delayMs / 20, action),
  };
  const shop = aShop(script, runWith({ clock: hurried, limitMs: 200_000 }));
  expect(await shop.run()).toMatchObject({
    error: { code: 'update-trial-failed', details: { reason: 'late' } },
  });
  expect(bytesOf(shop.folder)).toEqual(shop.before);
  expect(takeProcessLock(join(shop.folder, 'till.lock')).ok).toBe(false);
  for (const pid of readFileSync(left, 'utf8').split(' ').map(Number))
    await expect.poll(() => isRunning(pid)).toBe(false);
});
