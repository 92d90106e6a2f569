import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { backupFolder } from '../../../main/kernel/folders.ts';
import { makeLock } from '../../../main/kernel/sealing/lock.ts';
import { sealFile } from '../../../main/kernel/sealing/sealed-file.ts';
import { backupName } from '../../../main/safety/backups/backup-name.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { openProgram } from '../../kit/program.ts';
import { temporaryFolder } from '../../kit/till.ts';

// What was sealed names members: in plain it lies on the disk only while somebody looks at it.

it('leaves nothing in plain of a sealed backup that is none once it was opened', async () => {
  const folder = temporaryFolder();
  const backups = backupFolder(folder);
  mkdirSync(backups, { recursive: true });
  const plain = join(folder, 'plain');
  writeFileSync(plain, 'members, but no database');
  const passphrase = 'seven kopi peng at noon';
  const name = backupName(Date.UTC(2026, 0, 2), 'hourly', true);
  await sealFile(plain, join(backups, name), await makeLock(passphrase, realRandom), realRandom);
  const program = openProgram({ folder });
  await program.till.start();
  await program.must('restore:find', { elsewhere: false });
  expect(await program.call('restore:look', { id: '0', passphrase })).toMatchObject({
    ok: false,
    error: { code: 'backup-damaged' },
  });
  expect(readdirSync(backups)).toEqual([name]);
});

it('takes away what a program had opened that ended while somebody looked at it', () => {
  const folder = temporaryFolder();
  mkdirSync(backupFolder(folder), { recursive: true });
  const opened = join(backupFolder(folder), 'opened.part');
  writeFileSync(opened, 'members');
  openProgram({ folder });
  expect(existsSync(opened)).toBe(false);
});
