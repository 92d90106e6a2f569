import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { readBackupName } from '../../../main/safety/backups/backup-name.ts';
import { checkFile } from '../../../main/safety/integrity/integrity-repository.ts';
import { RESTORED_FILE } from '../../../main/safety/restored.ts';
import { isInDepth } from '../../kit/depth.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill } from '../../kit/till.ts';

const KILLS = isInDepth ? 8 : 3;
const key = Buffer.alloc(32, 9);

async function closedTill() {
  const till = await openTestTill(await startPracticeStore());
  await till.session.members.lookUp.find(meiLing.number);
  till.topUp(meiLing.customerUid, '10.00');
  await till.close();
  return till.folder;
}

function start(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'backup-process.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Killed at some moment of its second round, wherever that is: another one each time. */
async function killAt(child: ChildProcess, afterMs: number): Promise<void> {
  if (child.stdout === null) throw new Error('no output');
  await once(child.stdout, 'data');
  await passes(afterMs);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('a process that is killed while it makes backups leaves only whole ones under their names', async () => {
  const folder = await closedTill();
  for (let kill = 0; kill < KILLS; kill += 1) {
    await killAt(start('make', folder), kill * 3);
    const names = readdirSync(join(folder, 'backups')).filter((name) => readBackupName(name) !== null);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names)
      expect(checkFile(join(folder, 'backups', name), key)).toMatchObject({
        ok: true,
        value: { chain: 'whole' },
      });
  }
});

it('a process that is killed while it puts one back leaves a whole database, or none that is taken for one', async () => {
  const folder = await closedTill();
  const file = databaseFile(liveFolder(folder));
  const db = new Database(file);
  db.pragma('journal_mode = DELETE');
  db.close();
  const backup = join(folder, 'counterfoil-20261126-104700-hourly.cfbackup');
  copyFileSync(file, backup);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await killAt(start('put-back', folder, backup), kill * 2);
    expect(existsSync(join(liveFolder(folder), RESTORED_FILE))).toBe(true);
    if (existsSync(file)) expect(checkFile(file, key)).toMatchObject({ ok: true, value: { chain: 'whole' } });
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(checkFile(backup, key).ok).toBe(true);
  }
});
