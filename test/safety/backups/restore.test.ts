import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../../main/safety/backups/restore.ts';
import { findBackups } from '../../../main/safety/backups/restore-room.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { type MachineMarks, marksOf } from '../../../main/safety/machine/marks.ts';
import { copyOf } from '../../kit/data-folder.ts';
import { realClock, realRandom, startPracticeStore } from '../../kit/practice-store.ts';
import { openProgram } from '../../kit/program.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../../kit/till.ts';

const marks = (board: string): MachineMarks => marksOf({ installation: 'i', board, disk: null });
const journalKey = Buffer.alloc(32, 9);

async function backedUp(board = 'b1') {
  const machine = { marks: async () => marks(board) };
  const till = await openTestTill(await startPracticeStore(), { backups: {}, world: { machine } });
  await till.session.members.lookUp.find(meiLing.number);
  till.session.start();
  till.topUp(meiLing.customerUid, '10.00');
  const made = await till.session.safety.backups?.backupNow('asked');
  if (made === undefined || !made.ok) throw new Error('no backup');
  await till.close();
  const restore = (change: { file?: string; key?: Buffer; board?: string; otherMachine?: boolean } = {}) =>
    restoreBackup(
      {
        ...{
          clock: realClock,
          random: realRandom,
          logger: silentLogger,
          integrity: checkHere,
          protocol: kybio,
        },
        ...{ liveFolder: liveFolder(till.folder), headCopyFolder: join(till.folder, 'copy') },
        backupFolder: join(till.folder, 'backups'),
        vault: createMemoryVault(
          { appKey: 'k', pinPepper: journalKey, journalKey: change.key ?? journalKey },
          realRandom,
        ),
        machine: { marks: async () => marks(change.board ?? board) },
      },
      {
        file: change.file ?? made.value.file,
        madeAtMs: made.value.atMs,
        secrets: null,
        open: [],
        otherMachine: change.otherMachine ?? false,
      },
    );
  return { folder: till.folder, file: made.value.file, restore };
}

/** The data folder is as it was: not a byte of the till's own is another. */
async function expectUntouched(folder: string, act: () => Promise<unknown>): Promise<void> {
  const before = copyOf(folder);
  await act();
  const read = (root: string) =>
    readdirSync(liveFolder(root)).map((name) => [name, readFileSync(join(liveFolder(root), name), 'base64')]);
  expect(read(folder)).toEqual(read(before));
}

describe('refused by name, with nothing changed', () => {
  it('a backup of another till', async () => {
    const { folder, restore } = await backedUp();
    await expectUntouched(folder, async () =>
      expect(await restore({ key: Buffer.alloc(32, 3) })).toMatchObject({
        ok: false,
        error: { code: 'backup-other-till', details: { till: 'Counter 1' } },
      }),
    );
  });

  it('one of another computer, until a person says that it is gone', async () => {
    const { folder, restore } = await backedUp();
    await expectUntouched(folder, async () =>
      expect(await restore({ board: 'b2' })).toMatchObject({
        ok: false,
        error: { code: 'backup-other-machine' },
      }),
    );
    expect(await restore({ board: 'b2', otherMachine: true })).toMatchObject({ ok: true });
  });

  it('one of a newer format', async () => {
    const { folder, file, restore } = await backedUp();
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    await expectUntouched(folder, async () =>
      expect(await restore()).toMatchObject({
        ok: false,
        error: { code: 'backup-newer', details: { found: '99' } },
      }),
    );
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    [
      'overwritten',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length, 0xa5)]),
    ],
    ['no database at all', () => Buffer.from('<html>')],
    ['empty', () => Buffer.alloc(0)],
  ])('one that is %s', async (_, change) => {
    const { folder, file, restore } = await backedUp();
    writeFileSync(file, change(readFileSync(file)));
    await expectUntouched(folder, async () =>
      expect(await restore()).toMatchObject({ ok: false, error: { code: 'backup-damaged' } }),
    );
  });

  it('one that is gone', async () => {
    const { folder, restore } = await backedUp();
    await expectUntouched(folder, async () =>
      expect(await restore({ file: join(folder, 'nowhere') })).toMatchObject({
        ok: false,
        error: { code: 'backup-place-gone' },
      }),
    );
  });
});

it('brings the sealed keys back where they are gone, and leaves those that are there', async () => {
  const { folder, restore } = await backedUp();
  const [kept, there] = [join(folder, 'backups', 'vault.json'), join(liveFolder(folder), 'vault.json')];
  writeFileSync(kept, 'sealed');
  expect(existsSync(there)).toBe(false);
  await restore();
  expect(readFileSync(there, 'utf8')).toBe('sealed');
  writeFileSync(there, 'newer');
  await restore();
  expect(readFileSync(there, 'utf8')).toBe('newer');
});

it('keeps every database that was there, each in a folder of its own', async () => {
  const { folder, restore } = await backedUp();
  const before = readFileSync(databaseFile(liveFolder(folder)));
  await restore();
  const [aside = ''] = readdirSync(liveFolder(folder)).filter((name) => name.startsWith('set-aside-'));
  expect(readFileSync(join(liveFolder(folder), aside, 'counterfoil.db')).equals(before)).toBe(true);
});

it('finds backups in a folder, and where a till puts them in one that was chosen', async () => {
  const { file } = await backedUp();
  expect((await findBackups(join(file, '..'), 10)).map((found) => found.file)).toEqual([file]);
  expect((await findBackups(join(file, '..', '..'), 10)).map((found) => found.file)).toEqual([file]);
  expect(await findBackups(temporaryFolder(), 10)).toEqual([]);
  expect(await findBackups(join(temporaryFolder(), 'nowhere'), 10)).toEqual([]);
});

it('keeps the list where a person who was asked for another folder chooses none', async () => {
  const { folder } = await backedUp();
  writeFileSync(databaseFile(liveFolder(folder)), 'no database');
  const program = openProgram({ folder });
  await program.till.start();
  const { backups } = await program.must('restore:find', { elsewhere: false });
  expect(backups).toHaveLength(1);
  expect(await program.must('restore:find', { elsewhere: true })).toEqual({ backups: null });
  expect(await program.must('restore:look', { id: '0' })).toMatchObject({ till: 'Counter 1' });
});
