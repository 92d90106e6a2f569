import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startedAs } from '../../../main/app/electron/run-rehearsal.ts';
import { takeProcessLock } from '../../../main/kernel/database/process-lock.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { copyForRollback } from '../../../main/updates/trial/copy-for-rollback.ts';
import { prove } from '../../../main/updates/trial/rehearse-update.ts';
import { type RunProgram, runWith } from '../../../main/updates/trial/run-program.ts';
import type { TryParts } from '../../../main/updates/trial/try-program.ts';
import { copyOfClosedTill } from '../../kit/closed-till.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';
import { forge } from '../../support/forge.ts';

const patient = runWith({ clock: realClock, limitMs: 60_000 });

/** This program without Electron: its command under Node. */
const itself: RunProgram = (program, args) =>
  patient(program, [resolve(import.meta.dirname, 'rehearsing-program.ts'), ...args]);

const proving = (folder: string, change: Partial<TryParts> = {}) =>
  prove(
    {
      folder,
      headCopyFolder: join(folder, 'copy'),
      args: [],
      logger: silentLogger,
      free: async () => 10_000_000_000,
      run: itself,
      ...change,
    },
    { version: '1.1.0', program: process.execPath },
  );

it('a version that an installer has brought proves itself on a copy, beside the till that is open', async () => {
  const data = copyOfClosedTill();
  const lock = takeProcessLock(join(data, 'till.lock'));
  onTestFinished(() => void (lock.ok && lock.value.release()));
  expect(lock.ok).toBe(true);
  const bytes = () => readFileSync(databaseFile(liveFolder(data)));
  const before = bytes();
  expect(await proving(data)).toEqual({ ok: true, version: '1.1.0', problems: [] });
  expect(bytes().equals(before)).toBe(true);
  expect(existsSync(join(data, 'proof'))).toBe(false);
});

it('it does not, where the journal is broken, and says where', async () => {
  const data = copyOfClosedTill();
  forge(
    databaseFile(liveFolder(data)),
    'UPDATE journal SET at_ms = at_ms + 1 WHERE number = (SELECT MAX(number) - 5 FROM journal)',
  );
  const { ok, problems } = await proving(data);
  expect([ok, problems]).toEqual([
    false,
    [expect.stringMatching(/^update-rehearsal-failed: problems: .*journal: broken at row/)],
  ]);
  expect(existsSync(join(data, 'proof'))).toBe(false);
});

it('it does not, where it crashes or the copy has no room', async () => {
  const data = copyOfClosedTill();
  expect(
    await proving(data, { run: (program) => patient(program, ['-e', 'process.abort()']) }),
  ).toMatchObject({ ok: false });
  expect(await proving(data, { free: async () => 200_000_000 })).toMatchObject({
    ...{ ok: false, problems: ['update-disk-full'] },
  });
});

it('in the middle of a trial that was cut off what lies there proves nothing', async () => {
  const data = copyOfClosedTill();
  const places = { folder: data, headCopyFolder: join(data, 'copy') };
  await copyForRollback(places, { from: '1.0.0', to: '1.2.0' }, realRandom);
  expect(await proving(data)).toEqual({ ok: false, version: '1.1.0', problems: ['update-cut-off'] });
});

it('where there is no live till there is nothing to prove', async () => {
  const folder = temporaryFolder();
  expect(await proving(join(folder, 'not-there'))).toMatchObject({ ok: true });
  expect(existsSync(join(folder, 'not-there'))).toBe(false);
  mkdirSync(join(folder, 'practice'));
  expect(await proving(folder)).toMatchObject({ ok: true });
});

it('it runs itself as it was started, but for what it was to do and on what', () => {
  const argv = ['/app', '--no-sandbox', '--prove', '--user-data-dir=/data', '--password-store=kwallet'];
  expect(startedAs(argv)).toEqual(['/app', '--no-sandbox', '--password-store=kwallet']);
});
