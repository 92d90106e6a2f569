import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { takeProcessLock } from '../../../main/kernel/database/process-lock.ts';
import { copyForRollback } from '../../../main/updates/trial/copy-for-rollback.ts';
import { settleTrial } from '../../../main/updates/trial/roll-back.ts';
import { takeTillLock } from '../../../main/updates/trial/till-lock.ts';
import { itOnPosix } from '../../kit/posix.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { aTill, versions } from './support.ts';

/** A program that has a till's lock and does not let it go. */
async function holding(folder: string, ...args: readonly string[]) {
  const script =
    'const db = new (require("better-sqlite3"))(process.argv[1]); db.exec("BEGIN EXCLUSIVE"); console.log("has it"); setInterval(() => db, 1e6)';
  const child = spawn(process.execPath, ['-e', script, '--', join(folder, 'till.lock'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

// Windows ends a trial with the program that tries it.
itOnPosix(
  'a version that hangs in its trial after the program that tries it was killed is ended by the next start',
  async () => {
    const till = aTill();
    await copyForRollback(till, versions, realRandom);
    const stray = await holding(till.folder, `--trial=${till.folder}`);
    const ended = once(stray, 'exit');
    const lock = takeTillLock(till.folder);
    onTestFinished(lock.lend);
    expect(lock.problem()).toBeNull();
    expect((await ended)[1]).toBe('SIGKILL');
    expect(await settleTrial({ ...till, version: versions.from })).toMatchObject({
      notice: { code: 'update-cut-off' },
    });
  },
);

it.each<[string, (till: ReturnType<typeof aTill>) => Promise<unknown>, (folder: string) => string]>([
  [
    'of another till',
    (till) => copyForRollback(till, versions, realRandom),
    (folder) => `--trial=${folder}-other`,
  ],
  [
    'that is none',
    (till) => copyForRollback(till, versions, realRandom),
    (folder) => `--user-data-dir=${folder}`,
  ],
  ['of a time without a mark', async () => undefined, (folder) => `--trial=${folder}`],
])('a program %s is let alone', async (_, prepare, argument) => {
  const till = aTill();
  await prepare(till);
  const other = await holding(till.folder, argument(till.folder));
  expect(takeTillLock(till.folder).problem()).toMatchObject({ code: 'second-copy' });
  expect(other.exitCode ?? other.signalCode).toBeNull();
});

it('a lock that is lent may be had by another program, and nothing is opened until it is back', () => {
  const { folder } = aTill();
  const lock = takeTillLock(folder);
  onTestFinished(lock.lend);
  const theOthers = () => takeProcessLock(join(folder, 'till.lock'));
  expect(theOthers().ok).toBe(false);
  lock.lend();
  expect(lock.problem()).toMatchObject({ code: 'second-copy' });
  const other = theOthers();
  expect(other.ok).toBe(true);
  if (other.ok) other.value.release();
  expect(lock.takeBack()).toBeNull();
  lock.block({ code: 'update-not-put-back' });
  expect(lock.problem()).toMatchObject({ code: 'update-not-put-back' });
});
