import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import type { Progress } from '../../../main/kernel/progress.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { checkFile } from '../../../main/safety/integrity/integrity-repository.ts';
import { createWorkerIntegrity } from '../../../main/safety/integrity/worker-integrity.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill, silentLogger } from '../../kit/till.ts';
import { integrityWorker } from '../../kit/workers.ts';
import { inDatabase } from '../../torture/support/till-folder.ts';

const key = Buffer.alloc(32, 9);
const quiet = () => {
  const warned: string[] = [];
  return { warned, logger: { ...silentLogger, warn: (event: string) => void warned.push(event) } };
};

async function openTill() {
  const till = await openTestTill(await startPracticeStore());
  await till.session.members.lookUp.find(meiLing.number);
  till.topUp(meiLing.customerUid, '10.00');
  return { till, file: databaseFile(liveFolder(till.folder)) };
}

it('a thread of its own finds what is found here, beside a till at work', async () => {
  const { file } = await openTill();
  const { warned, logger } = quiet();
  expect(await createWorkerIntegrity(integrityWorker, checkHere, logger).check(file, key)).toEqual(
    checkFile(file, key),
  );
  expect(warned).toEqual([]);
});

it('finds a row that the table itself refuses, over which SQLite passes where it only reads', async () => {
  const { till, file } = await openTill();
  expect(await checkHere.checkPages(file)).toBeNull();
  inDatabase(file, (db) => {
    db.pragma('ignore_check_constraints = ON');
    db.exec(`INSERT INTO journal (number, chain, at_ms, event, version, actor, reason, content, mac)
      SELECT MAX(number) + 1, 0, 0, 'noted', 1, '', '', '', zeroblob(16) FROM journal`);
  });
  const rows = till.session.ledger.journal?.head().count;
  const found = { code: 'database-corrupt', details: { sqlite: `journal ${rows}` } };
  expect(await checkHere.checkPages(file)).toEqual(found);
  expect(checkFile(file, key)).toEqual({ ok: false, error: found });
});

it('where no thread can be had it is looked at here, and that is logged', async () => {
  const { file } = await openTill();
  const { warned, logger } = quiet();
  const found = await createWorkerIntegrity(join(integrityWorker, 'nowhere'), checkHere, logger).check(
    file,
    key,
  );
  expect(found).toMatchObject({ ok: true, value: { chain: 'whole' } });
  expect(warned).toEqual(['integrity.no-worker']);
});

it('copies a database as it is at one moment, while entries are made', async () => {
  const { till, file } = await openTill();
  const { warned, logger } = quiet();
  const to = join(till.folder, 'copy.db');
  const before = till.session.ledger.journal?.head().count ?? 0;
  const told: Progress[] = [];
  const tell = (progress: Progress) => void told.push(progress);
  const copying = createWorkerIntegrity(integrityWorker, checkHere, logger).copy(file, to, tell);
  for (let more = 0; more < 20; more += 1) till.topUp(meiLing.customerUid, `${more + 20}.00`);
  await copying;
  const found = checkFile(to, key);
  expect(found).toMatchObject({ ok: true, value: { chain: 'whole' } });
  expect(found.ok && found.value.head.count).toBeGreaterThanOrEqual(before);
  expect(existsSync(`${to}-wal`)).toBe(false);
  expect(told.at(-1)).toSatisfy(({ done, of }: Progress) => of > 0 && done === of);
  await createWorkerIntegrity(integrityWorker, checkHere, logger).check(to, key, tell);
  expect(told.at(-1)).toEqual({
    done: found.ok && found.value.head.count,
    of: found.ok && found.value.head.count,
  });
  expect(warned).toEqual([]);
});

it('says by its code why a database could not be copied', async () => {
  const { till, file } = await openTill();
  const to = join(till.folder, 'a folder');
  mkdirSync(to);
  await expect(
    createWorkerIntegrity(integrityWorker, checkHere, silentLogger).copy(file, to),
  ).rejects.toMatchObject({
    code: expect.stringMatching(/^SQLITE_CANTOPEN/),
  });
});

it('where no thread can be had it is copied here, over what a thread has left half written', async () => {
  const { till, file } = await openTill();
  const { warned, logger } = quiet();
  const to = join(till.folder, 'copy.db');
  writeFileSync(to, 'half');
  await createWorkerIntegrity(join(integrityWorker, 'nowhere'), checkHere, logger).copy(file, to);
  expect(checkFile(to, key)).toMatchObject({ ok: true, value: { chain: 'whole' } });
  expect(warned).toEqual(['integrity.no-worker']);
});
