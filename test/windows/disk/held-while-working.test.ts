import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openRotatingFile } from '../../../main/app/log/rotating-file.ts';
import { writeFileAtomically } from '../../../main/kernel/atomic-file.ts';
import { liveFolder } from '../../../main/kernel/folders.ts';
import { createHeadSlots, headFiles } from '../../../main/ledger/journal/head.ts';
import { takeBackup } from '../../../main/safety/backups/take-backup.ts';
import { isWhatWasSigned } from '../../../main/updates/file-hash.ts';
import { openStoredState } from '../../../main/updates/stored-state.ts';
import { number, uid } from '../../kit/losing.ts';
import { realRandom, startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../../kit/till.ts';
import { sha512 } from '../../updates/feed.ts';
import { hold, PASSES_BY_MS } from './support/holder.ts';
import { itOnWindows } from './support/marks.ts';

itOnWindows('heads that somebody holds keep a till from sending, and from nothing else', async () => {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  till.session.start();
  await till.session.members.lookUp.find(number);
  const holders = await Promise.all(headFiles.map((name) => hold(join(liveFolder(till.folder), name))));
  const { reference } = till.topUp(uid, '10.00');
  await till.until(({ session }) => session.hosts.link.state.pauses.some(({ reason }) => reason === 'disk'));
  expect(store.increments()).toEqual([]);
  const second = till.topUp(uid, '5.00');
  await Promise.all(holders.map((holder) => holder.release()));
  await till.untilState(reference, 'confirmed');
  await till.untilState(second.reference, 'confirmed');
  expect(store.increments()).toHaveLength(2);
  const { keeper, journal } = till.session.ledger;
  await keeper.checkpoint();
  const slots = createHeadSlots(liveFolder(till.folder), Buffer.alloc(32, 9));
  expect(slots.read()).toEqual(journal?.head());
});

itOnWindows('a head that is held for a moment costs a send that moment', async () => {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  till.session.start();
  await till.session.members.lookUp.find(number);
  const holders = await Promise.all(headFiles.map((name) => hold(join(liveFolder(till.folder), name))));
  const { reference } = till.topUp(uid, '10.00');
  for (const holder of holders) void holder.release(PASSES_BY_MS);
  await till.untilState(reference, 'confirmed');
  // One attempt: it waited, and was not refused and begun anew.
  expect(store.increments()).toHaveLength(1);
  expect(till.session.hosts.link.state.pauses).toEqual([]);
});

itOnWindows('a file that is replaced is the old one or the new one, whoever holds it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'f');
  writeFileSync(path, 'old');
  const passing = await hold(path);
  await Promise.all([writeFileAtomically(path, 'new', 'a'), passing.release(PASSES_BY_MS)]);
  expect(readFileSync(path, 'utf8')).toBe('new');
  const staying = await hold(path);
  await expect(writeFileAtomically(path, 'newer', 'b')).rejects.toMatchObject({ code: 'EPERM' });
  await staying.release();
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['f']);
});

itOnWindows('a backup that a scanner looks at gets its name, and half a one is cleared away', async () => {
  const folder = temporaryFolder();
  const write = async (file: string) => writeFileSync(file, 'a copy');
  const take = (check: (file: string) => Promise<string | null>) =>
    takeBackup({ folder, name: 'a.backup', write, check });
  const scanned = async (file: string) => {
    const scanner = await hold(file);
    void scanner.release(PASSES_BY_MS);
    return null;
  };
  expect(await take(scanned)).toEqual({ ok: true, value: {} });
  expect(readdirSync(folder)).toEqual(['a.backup']);
  let holder: Awaited<ReturnType<typeof hold>> | null = null;
  const kept = async (file: string) => {
    holder = await hold(file);
    return null;
  };
  expect(await take(kept)).toMatchObject({ ok: false, error: { code: 'file-held' } });
  expect(readFileSync(join(folder, 'a.backup'), 'utf8')).toBe('a copy');
  await (holder as Awaited<ReturnType<typeof hold>> | null)?.release();
  expect(await take(async () => null)).toEqual({ ok: true, value: {} });
  expect(readdirSync(folder)).toEqual(['a.backup']);
});

itOnWindows('what was brought of an update is what was signed, though a scanner is at it', async () => {
  const path = join(temporaryFolder(), 'Counterfoil.exe');
  writeFileSync(path, 'a program');
  const scanner = await hold(path);
  const file = { name: 'Counterfoil.exe', size: 9, sha512: sha512(Buffer.from('a program')) };
  const [isSigned] = await Promise.all([
    isWhatWasSigned(path, file as Parameters<typeof isWhatWasSigned>[1]),
    scanner.release(PASSES_BY_MS),
  ]);
  expect(isSigned).toBe(true);
});

itOnWindows('what is known of updates is not forgotten for being held', async () => {
  const folder = temporaryFolder();
  const parts = { folder, random: realRandom, logger: silentLogger };
  const before = openStoredState(parts);
  await before.change({ floor: '3.0.0' });
  const holder = await hold(join(folder, 'updates.json'));
  const kept = openStoredState(parts);
  await kept.change({ countOpen: true });
  await holder.release();
  expect(kept.now()).toEqual({ ...before.now(), countOpen: true });
});

itOnWindows('a log that somebody holds loses none of the older ones', async () => {
  const folder = temporaryFolder();
  const log = openRotatingFile({ folder, name: 'till', maxBytes: 10, files: 3 });
  for (const line of ['first....\n', 'second...\n', 'third....\n']) log.write(line);
  log.close();
  const holder = await hold(join(folder, 'till.log'));
  for (let line = 0; line < 5; line += 1) log.write('lost.....\n');
  await holder.release();
  expect(readFileSync(join(folder, 'till.2.log'), 'utf8')).toBe('first....\n');
  expect(readFileSync(join(folder, 'till.1.log'), 'utf8')).toBe('second...\n');
  log.close();
});
