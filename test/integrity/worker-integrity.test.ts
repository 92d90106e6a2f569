import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databaseFile, liveFolder } from '../../main/compose.ts';
import { checkFile } from '../../main/integrity/integrity-repository.ts';
import { createWorkerIntegrity } from '../../main/integrity/worker-integrity.ts';
import { meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger } from '../kit/till.ts';

const key = Buffer.alloc(32, 9);
const worker = join(import.meta.dirname, '../../main/integrity/integrity-worker.ts');

async function openTill() {
  const till = await openTestTill(await startPracticeStore());
  await till.session.lookUp.find(meiLing.number);
  till.topUp(meiLing.customerUid, '10.00');
  return { till, file: databaseFile(liveFolder(till.folder)) };
}

it('a thread of its own finds what is found here, beside a till at work', async () => {
  const { file } = await openTill();
  const warned: string[] = [];
  const logger = { ...silentLogger, warn: (event: string) => void warned.push(event) };
  expect(await createWorkerIntegrity(worker, logger).check(file, key)).toEqual(checkFile(file, key));
  expect(warned).toEqual([]);
});

it('where no thread can be had it is looked at here, and that is logged', async () => {
  const { file } = await openTill();
  const warned: string[] = [];
  const logger = { ...silentLogger, warn: (event: string) => void warned.push(event) };
  const found = await createWorkerIntegrity(join(worker, 'nowhere'), logger).check(file, key);
  expect(found).toMatchObject({ ok: true, value: { chain: 'whole' } });
  expect(warned).toEqual(['integrity.no-worker']);
});
