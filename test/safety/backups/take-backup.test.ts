import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { backupName } from '../../../main/safety/backups/backup-name.ts';
import { checkDatabase, takeBackup } from '../../../main/safety/backups/take-backup.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { checkFile } from '../../../main/safety/integrity/integrity-repository.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill } from '../../kit/till.ts';

const key = Buffer.alloc(32, 9);
const name = backupName(Date.parse('2026-11-26T10:47:00Z'), 'hourly');
const nothing = { chain: 0, count: 0, mac: '' };

/** A closed till with an entry, its database in one file. */
async function used() {
  const till = await openTestTill(await startPracticeStore());
  await till.session.members.lookUp.find(meiLing.number);
  till.topUp(meiLing.customerUid, '10.00');
  await till.close();
  const file = databaseFile(liveFolder(till.folder));
  const db = new Database(file);
  db.pragma('journal_mode = DELETE');
  db.close();
  const folder = join(till.folder, 'backups');
  const take = (write: (to: string) => Promise<void>, atLeast = nothing) =>
    takeBackup({ folder, name, write, check: (to) => checkDatabase(checkHere, to, key, atLeast) });
  return { file, folder, take, names: () => (existsSync(folder) ? readdirSync(folder) : []) };
}

const failing = (code: string) => Object.assign(new Error(code), { code });

describe('a backup', () => {
  it('has its name once it was opened and looked at', async () => {
    const { file, folder, take, names } = await used();
    const taken = await take(async (to) => {
      copyFileSync(file, to);
      expect(names()).toEqual([`${name}.part`]);
    });
    expect(taken).toEqual({ ok: true, value: {} });
    expect(names()).toEqual([name]);
    expect(readFileSync(join(folder, name)).equals(readFileSync(file))).toBe(true);
  });

  it.each([
    ['SQLITE_FULL', 'backup-no-room'],
    ['ENOSPC', 'backup-no-room'],
    ['EFBIG', 'backup-no-room'],
    ['ENOENT', 'backup-place-gone'],
    ['EIO', 'backup-place-gone'],
    ['EROFS', 'backup-place-gone'],
    ['SQLITE_BUSY', 'backup-failed'],
  ])('that meets %s half written is told as %s, and what was there stays', async (code, told) => {
    const { file, folder, take, names } = await used();
    const before = backupName(Date.parse('2026-11-26T09:47:00Z'), 'hourly');
    mkdirSync(folder);
    copyFileSync(file, join(folder, before));
    const taken = await take(async (to) => {
      writeFileSync(to, readFileSync(file).subarray(0, 8_192));
      throw failing(code);
    });
    expect(taken).toMatchObject({ ok: false, error: { code: told, details: { what: code } } });
    expect(names()).toEqual([before]);
    expect(checkFile(join(folder, before), key).ok).toBe(true);
  });

  it('of which a part is missing is none', async () => {
    const { file, take, names } = await used();
    const taken = await take(async (to) => {
      const whole = readFileSync(file);
      writeFileSync(to, whole.subarray(0, whole.length - 8_192));
    });
    expect(taken).toMatchObject({ ok: false, error: { code: 'backup-damaged' } });
    expect(names()).toEqual([]);
  });

  it('that is older than the till was when it was begun is none', async () => {
    const { file, take } = await used();
    const taken = await take(async (to) => copyFileSync(file, to), { chain: 1, count: 1_000, mac: '' });
    expect(taken).toMatchObject({ ok: false, error: { code: 'backup-damaged' } });
  });

  it('takes away what a process that died has left half written', async () => {
    const { file, folder, take, names } = await used();
    mkdirSync(folder);
    for (const left of ['a.cfbackup.part', 'a.cfbackup.part-journal']) writeFileSync(join(folder, left), 'x');
    await take(async (to) => copyFileSync(file, to));
    expect(names()).toEqual([name]);
  });

  it('into a folder that cannot be made is told', async () => {
    const { file, folder, take } = await used();
    writeFileSync(folder, 'a file in its place');
    expect(await take(async (to) => copyFileSync(file, to))).toMatchObject({ ok: false });
    expect(dirname(folder)).not.toBe(folder);
  });
});

describe('a whole look at a file', () => {
  it('follows the journal where the key is at hand, and says so where it is not', async () => {
    const { file } = await used();
    expect(checkFile(file, key)).toMatchObject({
      ok: true,
      value: { chain: 'whole', hasOpenEntries: true },
    });
    expect(checkFile(file, null)).toMatchObject({ ok: true, value: { chain: 'unproven' } });
    expect(checkFile(file, Buffer.alloc(32, 1))).toMatchObject({
      ok: true,
      value: { chain: 'other-key' },
    });
  });

  it('names the first row that was altered', async () => {
    const { file } = await used();
    const db = new Database(file);
    const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
      name: string;
      sql: string;
    }[];
    for (const { name: trigger } of triggers) db.exec(`DROP TRIGGER "${trigger}"`);
    db.exec("UPDATE journal SET reason = reason || 'x' WHERE number = 3");
    for (const { sql } of triggers) db.exec(sql);
    db.close();
    expect(checkFile(file, key)).toMatchObject({
      ok: true,
      value: { chain: 'broken', brokenAt: 3 },
    });
  });

  it.each([
    ['no database', (file: string) => writeFileSync(file, 'x'.repeat(9_000)), 'database-corrupt'],
    [
      'of a newer program',
      (file: string) => {
        const db = new Database(file);
        db.pragma('user_version = 99');
        db.close();
      },
      'database-newer',
    ],
    [
      'with a trigger of somebody else’s',
      (file: string) => {
        const db = new Database(file);
        db.exec('CREATE TRIGGER t AFTER INSERT ON setting BEGIN SELECT 1; END');
        db.close();
      },
      'database-corrupt',
    ],
  ])('refuses what is %s', async (_, change, code) => {
    const { file } = await used();
    change(file);
    expect(checkFile(file, key)).toMatchObject({ ok: false, error: { code } });
  });
});
