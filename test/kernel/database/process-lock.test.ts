import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { takeProcessLock } from '../../../main/kernel/database/process-lock.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { kill, startProcess } from './support.ts';

const holding = "const lock = new Database(file, { timeout: 0 }); lock.exec('BEGIN EXCLUSIVE')";
const secondCopy = { ok: false, error: { code: 'second-copy' } };

it('is held by one process, and is free the moment that process is killed', async () => {
  const file = join(temporaryFolder(), 'made', 'lock.db');
  const first = takeProcessLock(file);
  if (!first.ok) throw new Error(first.error.code);
  first.value.release();
  const child = await startProcess(file, holding);
  expect(takeProcessLock(file)).toEqual(secondCopy);
  expect(takeProcessLock(file)).toEqual(secondCopy);
  await kill(child);
  const after = takeProcessLock(file);
  if (!after.ok) throw new Error(after.error.code);
  after.value.release();
});

it('is not taken twice by one process either, until it is given back', () => {
  const file = join(temporaryFolder(), 'lock.db');
  const first = takeProcessLock(file);
  if (!first.ok) throw new Error(first.error.code);
  expect(takeProcessLock(file)).toEqual(secondCopy);
  first.value.release();
  const second = takeProcessLock(file);
  expect(second.ok).toBe(true);
  if (second.ok) second.value.release();
});

it('says what is wrong where its file is damaged', () => {
  const file = join(temporaryFolder(), 'lock.db');
  writeFileSync(file, 'no database '.repeat(1_000));
  expect(takeProcessLock(file)).toMatchObject({ ok: false, error: { code: 'database-corrupt' } });
});

it('is held for as long as the process lives, though nobody keeps what it returned', async () => {
  // Windows lets nobody remove what this process holds to its end.
  const folder = process.platform === 'win32' ? mkdtempSync(join(tmpdir(), 'held-')) : temporaryFolder();
  const file = join(folder, 'lock.db');
  expect(takeProcessLock(file).ok).toBe(true);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 5; round += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    collect();
  }
  expect(takeProcessLock(file)).toEqual(secondCopy);
});
