import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeFileAtomically } from '../../../main/kernel/atomic-file.ts';
import { databaseFailure } from '../../../main/kernel/database/failure.ts';
import { copyOfFile } from '../../../main/kernel/database/online-copy.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { createHeadSlots } from '../../../main/ledger/journal/head.ts';
import { takeBackup } from '../../../main/safety/backups/take-backup.ts';
import { openStoredState } from '../../../main/updates/stored-state.ts';
import { amount } from '../../../preload/contract/index.ts';
import { atTheTill } from '../../kit/actors.ts';
import { number, uid } from '../../kit/losing.ts';
import { realRandom, startPracticeStore } from '../../kit/practice-store.ts';
import { asSeen, openTestTill, silentLogger } from '../../kit/till.ts';
import { notRun } from './support/marks.ts';
import { headOf } from './support/scribe.ts';

/** A folder on a disk of some megabytes that is there for this alone, made by whoever runs these tests. */
const smallDisk = process.env['COUNTERFOIL_SMALL_DISK'] ?? '';

const itOnSmallDisk = (name: string, run: (folder: string) => Promise<void>): void => {
  if (smallDisk === '') notRun(name, 'no small disk is named by COUNTERFOIL_SMALL_DISK');
  else
    it(name, async () => {
      const folder = mkdtempSync(join(smallDisk, 'full-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
      await run(folder);
    });
};

const BLOCK_BYTES = 4_096;

/** Takes what room there is but for so much; returns how to give it back. */
function fill(folder: string, leftBytes = 0): () => void {
  const path = join(folder, 'filler');
  const file = openSync(path, 'a');
  const bytes = Buffer.alloc(BLOCK_BYTES, 1);
  const free = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  try {
    while (free() > leftBytes + BLOCK_BYTES) writeSync(file, bytes);
    while (leftBytes === 0) writeSync(file, bytes, 0, 64);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown;
  } finally {
    fsyncSync(file);
    closeSync(file);
  }
  return () => rmSync(path);
}

itOnSmallDisk(
  'a till on a disk that fills loses nothing that it took, and goes on when there is room',
  async (folder) => {
    const store = await startPracticeStore();
    const till = await openTestTill(store, { folder });
    await till.session.members.lookUp.find(number);
    await store.setPlug(false);
    const acknowledged: string[] = [];
    let cents = 0;
    const enter = () => {
      cents += 1;
      const wish = {
        ...{ requestId: realRandom.uuid(), ...asSeen(till.session, uid), note: 'x'.repeat(200) },
        ...{ balanceIncrement: amount((cents / 100).toFixed(2)), pointIncrement: amount('0') },
      };
      try {
        const saved = till.session.counter.topUps.create(wish, atTheTill);
        if (saved.ok) acknowledged.push(saved.value.id);
        return saved.ok ? 'entered' : saved.error.code;
      } catch (thrown) {
        return databaseFailure(thrown)?.code ?? String(thrown);
      }
    };
    expect(enter()).toBe('entered');
    const giveBack = fill(folder, 64 * 1_024);
    const said: string[] = [];
    while (said.filter((word) => word !== 'entered').length < 3) said.push(enter());
    expect(new Set(said)).toEqual(new Set(['entered', 'disk-full']));
    giveBack();
    const entered = acknowledged.length;
    expect(enter()).toBe('entered');
    await till.session.ledger.keeper.checkpoint();
    await till.close();
    const again = await openTestTill(store, { folder });
    again.session.start();
    expect(again.session.journalProblem).toBeNull();
    const kept = acknowledged.map((id) => again.session.ledger.outbox.byId(id)?.state);
    expect(kept).toEqual(acknowledged.map(() => 'queued'));
    expect(acknowledged.length).toBe(entered + 1);
    await again.close();
  },
);

itOnSmallDisk(
  'a head takes no more room than the one before, so a full disk keeps no journal from it',
  async (folder) => {
    const slots = createHeadSlots(folder, Buffer.alloc(32, 9));
    for (const count of [1, 2]) slots.write(headOf(count));
    const giveBack = fill(folder);
    slots.write(headOf(3));
    expect(slots.read()).toEqual(headOf(3));
    giveBack();
  },
);

itOnSmallDisk('what is replaced stays as it was, and no half of the new one is left', async (folder) => {
  const parts = { folder, random: realRandom, logger: silentLogger };
  const kept = openStoredState(parts);
  await kept.change({ floor: '3.0.0' });
  const path = join(folder, 'f');
  await writeFileAtomically(path, 'old', 'a');
  const giveBack = fill(folder);
  await expect(writeFileAtomically(path, 'new'.repeat(10_000), 'b')).rejects.toMatchObject({
    code: 'ENOSPC',
  });
  await kept.change({ list: 'x'.repeat(50_000) });
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(openStoredState(parts).now()).toMatchObject({ floor: '3.0.0', list: null });
  expect(readdirSync(folder).sort()).toEqual(['f', 'filler', 'updates.json']);
  giveBack();
});

itOnSmallDisk('a backup that finds no room is none, and the one before stays whole', async (folder) => {
  const store = await startPracticeStore();
  const till = await openTestTill(store, { folder });
  const database = databaseFile(liveFolder(folder));
  const backups = join(folder, 'backups');
  const take = (name: string) =>
    takeBackup({
      ...{ folder: backups, name },
      write: (file) => copyOfFile(database, file),
      check: async () => null,
    });
  expect(await take('1.backup')).toEqual({ ok: true, value: {} });
  const before = readFileSync(join(backups, '1.backup'));
  const giveBack = fill(folder, 64 * 1_024);
  expect(await take('2.backup')).toMatchObject({ ok: false, error: { code: 'backup-no-room' } });
  expect(readdirSync(backups)).toEqual(['1.backup']);
  expect(readFileSync(join(backups, '1.backup')).equals(before)).toBe(true);
  giveBack();
  expect(await take('2.backup')).toEqual({ ok: true, value: {} });
  await till.close();
});
