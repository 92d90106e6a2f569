import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { evaluateAnswer } from '../../main/updates/trial/answer.ts';
import { copyForRehearsal } from '../../main/updates/trial/rehearse-update.ts';
import { copyOfClosedTill } from '../kit/closed-till.ts';
import { sha512 } from '../updates/feed.ts';
import { anyFile, type Control, createControl, onWrite } from './support/control.ts';
import { addToTotals, sayFigures } from './support/figures.ts';
import { memoryFolder } from './support/till-folder.ts';
import { readWriteLog } from './support/write-log.ts';

/** Where a practice top-up cannot be kept the rehearsal waits for it to its limit: each such point costs a minute. */
const POINTS = 8;
const { ENOSPC } = constants.errno;

const nextProgram = resolve(import.meta.dirname, '../updates/trial/rehearsing-program.ts');
const oldProgram = resolve(import.meta.dirname, 'support', 'copying.ts');

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** A program whose file operations below a folder are steered: from its nth write on the disk is full. */
function runFull(
  folder: string,
  watched: string,
  script: string,
  args: readonly string[],
  full: number | null,
) {
  const control: Control = createControl(join(folder, 'control'), watched);
  if (full !== null)
    control.set({ operations: onWrite, files: anyFile, action: ENOSPC, skip: full, times: 1_000_000 });
  const recorded = join(folder, 'writes');
  const { status, stdout } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ...control.env,
      ...(full === null ? { SHIM_LOG: recorded } : {}),
    },
  });
  const writes = full === null ? readWriteLog(recorded).filter(({ kind }) => kind === 'write').length : 0;
  return { exitCode: status, stdout, writes };
}

const points = (of: number): readonly number[] =>
  Array.from({ length: POINTS }, (_, at) => Math.round((at * (of - 1)) / (POINTS - 1)));

it('the next program, whatever write of its rehearsal finds the disk full, passes or says that', async () => {
  const run = async (full: number | null): Promise<Ended & { readonly writes: number }> => {
    const data = copyOfClosedTill(join(memoryFolder(), 'data'));
    const folder = memoryFolder();
    const [copy, profile] = [join(folder, 'data'), join(folder, 'profile')];
    await copyForRehearsal({ folder: data, headCopyFolder: join(data, 'copy') }, copy);
    const ended = runFull(
      folder,
      copy,
      nextProgram,
      [`--rehearse=${copy}`, `--user-data-dir=${profile}`],
      full,
    );
    expect(existsSync(copy)).toBe(false);
    for (const made of [join(data, '..'), folder]) rmSync(made, { recursive: true, force: true });
    return ended;
  };
  const whole = await run(null);
  expect(whole).toMatchObject({ exitCode: 0, stdout: '{"ok":true,"version":"1.1.0","problems":[]}\n' });
  expect(whole.writes).toBeGreaterThan(50);
  const ends: string[] = [];
  for (const full of points(whole.writes)) {
    const judged = evaluateAnswer({ ...(await run(full)), isLate: false }, '1.1.0');
    ends.push(judged.ok ? 'ok' : judged.error.code);
  }
  // The version is to blame for none of it; where the last writes fail, it has passed.
  const told = ['ok', 'update-disk-full', 'update-not-rehearsed'];
  expect(ends.filter((end) => !told.includes(end))).toEqual([]);
  expect(ends.filter((end) => end === 'update-disk-full').length).toBeGreaterThan(POINTS / 4);
  addToTotals({ failures: ends.length });
  sayFigures(`a full disk at ${ends.length} of ${whole.writes} writes of a rehearsal: told each time`);
}, 600_000);

/** The bytes of every file of a till, but for what readers of a log keep of it; an empty log is none. */
const bytesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(db|db-wal|json)$/.test(name))
    .sort((one, other) => one.localeCompare(other))
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
    .filter(({ name, bytes }) => bytes.length > 0 || !name.endsWith('.db-wal'))
    .map(({ name, bytes }) => [name, sha512(bytes)]);

it('the old program, whatever write of the copy finds the disk full, tells that, and its till is as it was', () => {
  const run = (full: number | null) => {
    const data = copyOfClosedTill(join(memoryFolder(), 'data'));
    const folder = memoryFolder();
    const next = join(folder, 'next.AppImage');
    writeFileSync(next, `#!/bin/sh\necho '{"ok":true,"version":"1.1.0","problems":[]}'\n`, { mode: 0o755 });
    mkdirSync(join(data, 'rehearsal'));
    const before = bytesOf(data);
    const { stdout, writes } = runFull(folder, data, oldProgram, [data, next], full);
    expect(existsSync(join(data, 'rehearsal'))).toBe(false);
    expect(bytesOf(data)).toEqual(before);
    for (const made of [join(data, '..'), folder]) rmSync(made, { recursive: true, force: true });
    return { said: stdout, writes };
  };
  const whole = run(null);
  expect(whole.said).toBe('ok');
  expect(whole.writes).toBeGreaterThan(10);
  const ends = points(whole.writes).map((full) => run(full).said);
  expect(new Set(ends)).toEqual(new Set(['update-disk-full']));
  addToTotals({ failures: ends.length });
}, 600_000);
