import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { copyForRollback } from '../../../main/updates/trial/copy-for-rollback.ts';
import { dropNote, isUnderWay, markFile, rollbackFolder } from '../../../main/updates/trial/mark.ts';
import { comeBack, settleTrial } from '../../../main/updates/trial/roll-back.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { append, aTill, bytesOf, harm, isAside, versions } from './support.ts';

/** A till whose data was put aside, and what was done to it since. */
async function tried(change: (till: ReturnType<typeof aTill>) => void = harm) {
  const till = aTill();
  const before = bytesOf(till.folder);
  await copyForRollback(till, versions, realRandom);
  change(till);
  return { ...till, before };
}

const start = (till: ReturnType<typeof aTill>, version: string = versions.from) =>
  settleTrial({ ...till, version });

describe('a trial that was cut off', () => {
  it('is put back at the next start, byte for byte', async () => {
    const till = await tried();
    expect(bytesOf(till.folder)).not.toEqual(till.before);
    expect(await start(till)).toMatchObject({
      ...{ problem: null, notice: { code: 'update-cut-off', details: { version: versions.to } } },
    });
    expect(bytesOf(till.folder)).toEqual(till.before);
    expect(isAside(till.folder)).toBe(false);
    expect(await start(till)).toMatchObject({ notice: null, problem: null });
  });

  it('is put back with its log, where the till had one', async () => {
    const till = aTill();
    const db = new Database(till.live);
    db.pragma('journal_mode = WAL');
    db.exec("INSERT INTO setting VALUES ('only', 'in the log')");
    const before = bytesOf(till.folder);
    expect(before).toHaveProperty(['/live/counterfoil.db-wal']);
    await copyForRollback(till, versions, realRandom);
    db.exec("INSERT INTO setting VALUES ('of', 'the trial')");
    // Killed with its log: the copy has one of its own.
    const left = ['', '-wal'].map(
      (end) => [`${till.live}${end}`, readFileSync(`${till.live}${end}`)] as const,
    );
    db.close();
    for (const [path, bytes] of left) writeFileSync(path, bytes);
    await start(till);
    expect(bytesOf(till.folder)).toEqual(before);
  });

  it('leaves no log of the trial behind, which would be read into the database that comes', async () => {
    const till = await tried(({ live }) => writeFileSync(`${live}-wal`, 'of the trial'));
    await start(till);
    expect(bytesOf(till.folder)).toEqual(till.before);
  });

  it('takes away what was not there before', async () => {
    const till = aTill();
    rmSync(join(till.folder, 'live', 'vault.json'));
    const before = bytesOf(till.folder);
    await copyForRollback(till, versions, realRandom);
    harm(till);
    await start(till);
    expect(bytesOf(till.folder)).toEqual(before);
  });

  it('whose put-back was cut off is put back by whatever starts next, also the version that was tried', async () => {
    const till = await tried();
    await dropNote(till.folder, 'undecided');
    // As far as it came: the database lies in its place, the heads and the keys do not.
    renameSync(join(rollbackFolder(till.folder), 'live-counterfoil.db'), till.live);
    const settled = await start(till, versions.to);
    await settled.drawn();
    expect(bytesOf(till.folder)).toEqual(till.before);
    expect(isAside(till.folder)).toBe(false);
  });

  it('is nothing where its mark was not written yet', async () => {
    const till = await tried();
    rmSync(markFile(till.folder));
    const now = bytesOf(till.folder);
    expect(await start(till)).toMatchObject({ notice: null, problem: null });
    expect(bytesOf(till.folder)).toEqual(now);
    expect(isAside(till.folder)).toBe(false);
  });

  it('is put back where the trial has left a database that nobody can read, and that is kept', async () => {
    const till = await tried(({ live }) => writeFileSync(live, 'no database '.repeat(900)));
    expect(await start(till)).toMatchObject({ notice: { code: 'update-cut-off' } });
    expect(bytesOf(till.folder)).toEqual(till.before);
    expect(readFileSync(`${rollbackFolder(till.folder)}-unreadable/counterfoil.db`, 'utf8')).toMatch(
      /^no data/,
    );
  });
});

describe('what was written since', () => {
  it.each(['added', 'sending', 'cancelled', 'decided', 'setting', 'an event of tomorrow'])(
    'is not thrown away where a trial cannot have written it: %s',
    async (event) => {
      const till = await tried((it) => harm(it, event));
      const now = bytesOf(till.folder);
      expect(await start(till)).toMatchObject({ notice: { code: 'update-data-kept' }, problem: null });
      expect(bytesOf(till.folder)).toEqual(now);
      expect(readdirSync(`${rollbackFolder(till.folder)}-kept-1`)).toContain('live-counterfoil.db');
      expect(await start(till)).toMatchObject({ notice: null });
    },
  );

  it('by the version that was put in place is not thrown away, not even a note', async () => {
    const till = await tried(() => undefined);
    const settled = await start(till, versions.to);
    expect(settled).toMatchObject({ notice: null, problem: null });
    append(till.live, 'noted');
    const now = bytesOf(till.folder);
    // Somebody has put the old program in its place by hand.
    expect(await start(till)).toMatchObject({ notice: { code: 'update-data-kept' } });
    expect(bytesOf(till.folder)).toEqual(now);
  });

  it('is none where the version that was put in place has opened the till and not come to anything', async () => {
    const till = await tried(({ live }) => {
      const db = new Database(live);
      db.pragma('user_version = 999');
      db.close();
    });
    await start(till, versions.to);
    expect(await start(till)).toMatchObject({ notice: { code: 'update-cut-off' } });
    expect(bytesOf(till.folder)).toEqual(till.before);
  });

  it('counts also where a put-back was begun before', async () => {
    const till = await tried(() => undefined);
    await start(till, versions.to);
    await dropNote(till.folder, 'undecided');
    append(till.live, 'added');
    expect(await start(till)).toMatchObject({ notice: { code: 'update-data-kept' } });
  });
});

describe('a copy that was put aside', () => {
  it('goes when the version that was put in place has drawn the till, and not before', async () => {
    const till = await tried();
    const now = bytesOf(till.folder);
    const settled = await start(till, versions.to);
    expect(isAside(till.folder)).toBe(true);
    await settled.drawn();
    expect(isAside(till.folder)).toBe(false);
    expect(bytesOf(till.folder)).toEqual(now);
  });

  it.each(['live-counterfoil.db', 'live-heads-head-a.json'])(
    'that is not what it was is not put back by halves, and nothing is opened: %s',
    async (name) => {
      const till = await tried();
      const now = bytesOf(till.folder);
      writeFileSync(join(rollbackFolder(till.folder), name), 'something else');
      expect(await start(till)).toMatchObject({ notice: null, problem: { code: 'update-not-put-back' } });
      expect(bytesOf(till.folder)).toEqual(now);
      expect(existsSync(markFile(till.folder))).toBe(true);
    },
  );

  it('whose mark cannot be read is kept', async () => {
    const till = await tried();
    writeFileSync(markFile(till.folder), '{"from":');
    expect(isUnderWay(till.folder, versions.from)).toBe(true);
    expect(await start(till)).toMatchObject({ notice: { code: 'update-data-kept' }, problem: null });
    expect(isUnderWay(till.folder, versions.from)).toBe(false);
  });

  it('names no file outside the till', async () => {
    const till = await tried();
    const mark = JSON.parse(readFileSync(markFile(till.folder), 'utf8'));
    mark.files[0].name = '../../elsewhere';
    writeFileSync(markFile(till.folder), JSON.stringify(mark));
    expect(await comeBack(till)).toEqual({ ok: true, value: 'kept' });
  });
});
