import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import type { ReleaseFile } from '../../../main/updates/release-list.ts';
import { createRehearsal } from '../../../main/updates/trial/rehearse-update.ts';
import { runWith } from '../../../main/updates/trial/run-program.ts';
import type { TryParts } from '../../../main/updates/trial/try-program.ts';
import { copyOfClosedTill } from '../../kit/closed-till.ts';
import { describeOnPosix } from '../../kit/posix.ts';
import { realClock } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';
import { forge } from '../../support/forge.ts';
import { isRunning } from '../../support/processes.ts';
import { fileOf } from '../feed.ts';

const answer = (change: object = {}): string =>
  JSON.stringify({ ok: true, version: '1.1.0', problems: [], ...change });

/** The next program as it is: its command under Node. */
const script = join(import.meta.dirname, 'rehearsing-program.ts');
const itself = `exec '${process.execPath}' '${resolve(script)}' "$@"`;

/** A till that is closed, and the next program as a shell script. */
function aTill(program: string | null, change: Partial<TryParts> = {}, file: Partial<ReleaseFile> = {}) {
  const data = copyOfClosedTill();
  const path = join(temporaryFolder(), 'Counterfoil-1.1.0-x86_64.AppImage');
  const body = Buffer.from(`#!/bin/sh\n${program ?? 'exit 1'}\n`);
  writeFileSync(path, body, { mode: 0o700 });
  const offer = { version: '1.1.0', file: fileOf('1.1.0', body, file) };
  const rehearsal = createRehearsal({
    ...{ folder: data, headCopyFolder: join(data, 'copy'), logger: silentLogger, args: [] },
    free: async () => 10_000_000_000,
    run: runWith({ clock: realClock, limitMs: 60_000 }),
    ...change,
  });
  const run = async () => {
    const result = await rehearsal(offer, program === null ? {} : { program: path });
    expect(existsSync(join(data, 'rehearsal'))).toBe(false);
    return result;
  };
  return { data, path, run, bytes: () => readFileSync(databaseFile(liveFolder(data))) };
}

const refused = (reason: string) => ({ error: { code: 'update-rehearsal-failed', details: { reason } } });

describeOnPosix('an update', () => {
  it('goes on where the next program has rehearsed on a copy, and the till is as it was', async () => {
    const { run, bytes } = aTill(itself);
    const before = bytes();
    expect(await run()).toEqual({ ok: true, value: {} });
    expect(bytes().equals(before)).toBe(true);
  });

  it('is refused by the next program where the journal is broken', async () => {
    const { data, run } = aTill(itself);
    forge(
      databaseFile(liveFolder(data)),
      'UPDATE journal SET at_ms = at_ms + 1 WHERE number = (SELECT MAX(number) - 5 FROM journal)',
    );
    const result = await run();
    expect(result).toMatchObject(refused('problems'));
    expect(JSON.stringify(result)).toContain('journal: broken at row');
  });

  it.each<[string, string, string]>([
    ['crashes', 'kill -SEGV $$', 'no-answer'],
    ['says nothing', 'exit 0', 'no-answer'],
    ['prints rubbish', 'echo ok', 'no-answer'],
    ['prints without an end', "head -c 3000000 /dev/zero | tr '\\0' x", 'no-answer'],
    ['prints ok and ends with 1', `echo '${answer()}'; exit 1`, 'exit'],
    ['says no and ends with 0', `echo '${answer({ ok: false })}'`, 'problems'],
    ['is another version', `echo '${answer({ version: '1.0.0' })}'`, 'version'],
  ])('is refused where its program %s', async (_, program, reason) => {
    expect(await aTill(program).run()).toMatchObject(refused(reason));
  });

  it('is refused where its program hangs, and nothing that it has started is left', async () => {
    const left = join(temporaryFolder(), 'pids');
    // It does not end when it is asked to, and neither does what it has started.
    const hangs = `trap '' TERM; echo $$ >> ${left}; (trap '' TERM; while :; do sleep 1; done) & echo $! >> ${left}; while :; do sleep 1; done`;
    const hurried = {
      ...realClock,
      schedule: (delayMs: number, action: () => void) => realClock.schedule(delayMs / 100, action),
    };
    const { run } = aTill(hangs, { run: runWith({ clock: hurried, limitMs: 50_000 }) });
    expect(await run()).toMatchObject(refused('late'));
    const pids = readFileSync(left, 'utf8').trim().split('\n').map(Number);
    expect(pids).toHaveLength(2);
    for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('is refused where its program cannot be started', async () => {
    const run = runWith({ clock: realClock, limitMs: 60_000 });
    const notThere = aTill('exit 0', { run: (path, args) => run(`${path}-not-there`, args) });
    expect(await notThere.run()).toMatchObject(refused('no-answer'));
  });

  it('is not begun with a file that was changed since it was brought', async () => {
    const { path, run } = aTill(`echo '${answer()}'`);
    writeFileSync(path, `#!/bin/sh\ntouch '${path}.run'; echo '${answer()}'\n`);
    expect(await run()).toMatchObject({ error: { code: 'update-file-changed' } });
    expect(existsSync(`${path}.run`)).toBe(false);
  });

  it('of another kind is not rehearsed', async () => {
    const deb = aTill(null, {}, { kind: 'deb', name: 'counterfoil_1.1.0_amd64.deb' });
    expect(await deb.run()).toMatchObject({ ok: true });
  });

  it('that an installer has unpacked beside this version is rehearsed from there, which is not its file', async () => {
    const unpacked = aTill(
      itself,
      {},
      { kind: 'nsis', name: 'Counterfoil-1.1.0.exe', sha512: 'f'.repeat(128) },
    );
    expect(await unpacked.run()).toEqual({ ok: true, value: {} });
    const broken = aTill('exit 1', {}, { kind: 'nsis', name: 'Counterfoil-1.1.0.exe' });
    expect(await broken.run()).toMatchObject(refused('no-answer'));
  });

  it.each<[string, Partial<TryParts>, string, string]>([
    ['has too little room', { free: async () => 200_000_000 }, 'exit 0', 'update-disk-full'],
    [
      'fills while the copy is made',
      {
        free: async () => {
          throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
        },
      },
      'exit 0',
      'update-disk-full',
    ],
    [
      'fills while the next program works',
      {},
      `echo '${answer({ ok: false, problems: ['database: disk-full'] })}'; exit 1`,
      'update-disk-full',
    ],
    [
      'cannot be read',
      {
        free: async () => {
          throw Object.assign(new Error('bad'), { code: 'EIO' });
        },
      },
      'exit 0',
      'update-not-rehearsed',
    ],
  ])('waits where the disk %s: the version is not to blame', async (_, change, program, code) => {
    const { run, bytes } = aTill(program, change);
    const before = bytes();
    expect(await run()).toMatchObject({ error: { code } });
    expect(bytes().equals(before)).toBe(true);
  });

  it('of a till whose database cannot be read waits too', async () => {
    const { data, run } = aTill('exit 0');
    writeFileSync(databaseFile(liveFolder(data)), 'no database '.repeat(500));
    expect(await run()).toMatchObject({ error: { code: 'update-not-rehearsed' } });
  });
});
