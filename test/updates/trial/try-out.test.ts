import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../main/kernel/database/open.ts';
import { takeProcessLock } from '../../../main/kernel/database/process-lock.ts';
import { settleTrial } from '../../../main/updates/trial/roll-back.ts';
import { runWith } from '../../../main/updates/trial/run-program.ts';
import { type TillLock, takeTillLock } from '../../../main/updates/trial/till-lock.ts';
import { createTryOut, type TryOutParts } from '../../../main/updates/trial/try-out.ts';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { describeOnPosix, itOnPosix } from '../../kit/posix.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { isRunning } from '../../support/processes.ts';
import { aTill, bytesOf, harm, isAside, versions } from './support.ts';

const answer = (change: object = {}): string =>
  JSON.stringify({ ok: true, version: versions.to, problems: [], ...change });

/** The next program as it is: its trial under Node. */
const itself = `'${process.execPath}' '${resolve(import.meta.dirname, 'trying-program.ts')}' "$@"`;

/** A till that is closed, the program that has its lock, and the next one as a shell script. */
function aShop(script: string, change: Partial<TryOutParts> = {}) {
  const till = aTill();
  const program = join(temporaryFolder(), 'next');
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const before = bytesOf(till.folder);
  const lock: TillLock = takeTillLock(till.folder, 1_000);
  onTestFinished(() => lock.lend());
  const committed: string[] = [];
  const ending = new AbortController();
  const tryOut = createTryOut({
    ...{ ...till, version: versions.from, lock, random: realRandom, args: [] },
    free: async () => 10_000_000_000,
    run: runWith({ clock: realClock, limitMs: 60_000 }),
    ...change,
  });
  const commit = async (): Promise<Result<unknown>> => ok(committed.push('done'));
  const run = (how = commit) => tryOut({ version: versions.to, program, ending: ending.signal, commit: how });
  return { ...till, before, lock, committed, ending, run };
}

/** The till is as it was, byte for byte, and this program has it. */
function expectBack({ folder, before, lock, committed }: ReturnType<typeof aShop>) {
  expect(bytesOf(folder)).toEqual(before);
  expect(isAside(folder)).toBe(false);
  expect(existsSync(join(folder, 'updates', 'trial'))).toBe(false);
  expect(lock.problem()).toBeNull();
  expect(takeProcessLock(join(folder, 'till.lock')).ok).toBe(false);
  expect(committed).toEqual([]);
}

const refused = (reason: string) => ({ error: { code: 'update-trial-failed', details: { reason } } });

/** Whatever the script does after it, the trial itself has opened the till, and written. */
const opened = `${itself} > /dev/null`;

/** The database, to a shell. */
const live = '"$(echo "$1" | cut -c 9-)/live/counterfoil.db"';

/** As one that has put the data into a format of tomorrow. */
const migrated = `'${process.execPath}' -e '${[
  'const db = new (require("better-sqlite3"))(process.argv[1].slice(8) + "/live/counterfoil.db");',
  'db.exec("CREATE TABLE of_tomorrow (x); DROP TABLE seal; PRAGMA user_version = 999");',
].join(' ')}' -- "$@" || exit 9`;

describeOnPosix('a new version that is tried on the data of a till', () => {
  it('is put in place when it says that it is ready, and what was put aside stays for it', async () => {
    const shop = aShop(itself);
    expect(await shop.run()).toMatchObject({ ok: true });
    expect(shop.committed).toEqual(['done']);
    expect(isAside(shop.folder)).toBe(true);
    expect(await settleTrial({ ...shop, version: versions.to })).toMatchObject({
      notice: null,
      problem: null,
    });
  });

  it.each<[string, string, string]>([
    ['crashes at once', 'kill -SEGV $$', 'no-answer'],
    ['ends without a word', 'exit 0', 'no-answer'],
    [
      'says that it is not ready',
      `echo '${answer({ ok: false, problems: ['page: blank'] })}'; exit 1`,
      'problems',
    ],
    ['says that it is ready and ends with 1', `echo '${answer()}'; exit 1`, 'exit'],
    ['is another version', `echo '${answer({ version: '1.2.0' })}'`, 'version'],
    ['opens the till and crashes', `${opened}; kill -SEGV $$`, 'no-answer'],
    ['opens the till and is killed', `${opened}; kill -KILL $$`, 'no-answer'],
    ['migrates and crashes', `${migrated}; kill -SEGV $$`, 'no-answer'],
    ['ruins the database', `head -c 9000 /dev/urandom > ${live}; exit 2`, 'no-answer'],
    ['takes the database away', `rm ${live}; exit 2`, 'no-answer'],
  ])('and %s: the old one has its data as it was', async (_, script, reason) => {
    const shop = aShop(script);
    expect(await shop.run()).toMatchObject(refused(reason));
    expectBack(shop);
  });

  it('and hangs with the database open: it is ended with all that it has started', async () => {
    const left = join(temporaryFolder(), 'pids');
    const hangs = `trap '' TERM; echo $$ >> ${left}; ${migrated}; (trap '' TERM; while :; do sleep 1; done) & echo $! >> ${left}; while :; do sleep 1; done`;
    const hurried = {
      ...realClock,
      schedule: (delayMs: number, action: () => void) => realClock.schedule(delayMs / 100, action),
    };
    const shop = aShop(hangs, { run: runWith({ clock: hurried, limitMs: 200_000 }) });
    expect(await shop.run()).toMatchObject(refused('late'));
    expectBack(shop);
    const pids = readFileSync(left, 'utf8').trim().split('\n').map(Number);
    expect(pids).toHaveLength(2);
    for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('does not outlive the program that tries it', async () => {
    const shop = aShop(`exec ${itself}`);
    const ended = await runWith({ clock: realClock, limitMs: 60_000 })('/bin/sh', [
      '-c',
      `${itself.replace('"$@"', `--trial=${shop.folder}`)} < /dev/null; echo "ended $?"`,
    ]);
    expect(ended.stdout).toContain('ended 1');
  });

  it('and is ready, but cannot be put in place: the old one has its data as it was', async () => {
    const shop = aShop(itself);
    const result = await shop.run(async () => err(appError('update-program-read-only')));
    expect(result).toMatchObject({ error: { code: 'update-program-read-only' } });
    expectBack(shop);
  });

  it('is not put in place by a program that is ending', async () => {
    const shop = aShop(`sleep 600; echo '${answer()}'`, {
      run: (program, args, unwanted) => {
        const running = runWith({ clock: realClock, limitMs: 600_000 })(program, args, unwanted);
        shop.ending.abort();
        return running;
      },
    });
    expect(await shop.run()).toMatchObject({
      error: { code: 'update-not-now', details: { reason: 'ending' } },
    });
    expectBack(shop);
  });

  it.each<[string, Partial<TryOutParts>, string]>([
    ['has too little room', { free: async () => 200_000_000 }, 'update-disk-full'],
    [
      'fills meanwhile',
      { free: () => Promise.reject(Object.assign(new Error(''), { code: 'ENOSPC' })) },
      'update-disk-full',
    ],
    [
      'cannot be read',
      { free: () => Promise.reject(Object.assign(new Error(''), { code: 'EIO' })) },
      'update-not-tried',
    ],
  ])('is not run where the disk %s', async (_, change, code) => {
    const shop = aShop('touch "$0.run"', change);
    expect(await shop.run()).toMatchObject({ error: { code } });
    expectBack(shop);
  });

  it('is not blamed for a disk that is full', async () => {
    const shop = aShop(`echo '${answer({ ok: false, problems: ['till: disk-full'] })}'; exit 1`);
    expect(await shop.run()).toMatchObject({ error: { code: 'update-disk-full' } });
    expectBack(shop);
  });

  it('does not lose what another program has entered meanwhile', async () => {
    const shop = aShop('exit 3', {
      run: async () => {
        harm(shop, 'added');
        return { exitCode: 3, isLate: false, stdout: '' };
      },
    });
    expect(await shop.run()).toMatchObject({ error: { code: 'update-data-kept' } });
    expect(existsSync(join(shop.folder, 'updates', 'before-kept-1', 'mark.json'))).toBe(true);
    expect(bytesOf(shop.folder)).not.toEqual(shop.before);
    expect(shop.lock.problem()).toBeNull();
  });

  it('leaves the putting back to whoever has the data next, where another program has it', async () => {
    let release = (): void => undefined;
    const shop = aShop('exit 3', {
      run: async () => {
        harm(shop);
        const other = takeProcessLock(join(shop.folder, 'till.lock'));
        if (other.ok) release = other.value.release;
        return { exitCode: 3, isLate: false, stdout: '' };
      },
    });
    expect(await shop.run()).toMatchObject({ error: { code: 'second-copy' } });
    expect(shop.lock.problem()).toMatchObject({ code: 'second-copy' });
    expect(isAside(shop.folder)).toBe(true);
    release();
    await settleTrial({ ...shop, version: versions.from });
    expect(bytesOf(shop.folder)).toEqual(shop.before);
  });
});

itOnPosix('what is entered in the old version after it came back is entered in its database', async () => {
  const shop = aShop(`${migrated}; exit 4`);
  await shop.run();
  const db = new Database(shop.live, { readonly: true });
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  db.close();
  const again = openDatabase(shop.live);
  expect(again.ok).toBe(true);
  if (again.ok) again.value.close();
});
