import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { PRACTICE_KEY, practiceSecrets } from '../../main/app/open-session.ts';
import { recordsHere, recordsInWorker } from '../../main/app/records-in-worker.ts';
import { kybio as hostProtocol } from '../../main/hosts/kybio/kybio.ts';
import { databaseFile, practiceFolder } from '../../main/kernel/folders.ts';
import type { Progress } from '../../main/kernel/progress.ts';
import { openFilledTill } from '../bench/filled-till.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { recordsWorker } from '../kit/workers.ts';

/** A practice till of some hundred entries that is closed, and its records here and in a thread. */
async function filled(workerFile = recordsWorker) {
  const folder = temporaryFolder();
  const { session } = await openFilledTill(folder, 450);
  const { appKey, journalKey: key } = practiceSecrets(session.kernel.settings.get(PRACTICE_KEY) ?? '');
  await session.close(0);
  const file = databaseFile(practiceFolder(folder));
  const headsAt = { key, slotFolder: dirname(file), copyFolder: join(folder, 'copy', 'practice') };
  const parts = { file, clock: realClock, random: realRandom, protocol: hostProtocol };
  const said: string[] = [];
  const told: Progress[] = [];
  const say = (words: string) => void said.push(words);
  const tell = (progress: Progress) => void told.push(progress);
  const records = { here: recordsHere(parts), beside: recordsInWorker(workerFile, parts, say) };
  return { ...records, appKey, headsAt, folder, said, told, tell };
}

it('a thread of its own verifies as it is verified here, and tells how far it has come', async () => {
  const { here, beside, appKey, headsAt, said, told, tell } = await filled();
  const found = await beside.verify(appKey, headsAt, tell);
  expect(found).toMatchObject({ ok: true, entries: 450, signatures: { valid: 450 } });
  expect(found).toEqual(await here.verify(appKey, headsAt, () => undefined));
  const percents = told.map(({ done, of }) => Math.floor((done / of) * 100));
  expect(percents.at(-1)).toBe(100);
  expect(percents).toEqual([...new Set(percents)].sort((a, b) => a - b));
  expect(percents.length).toBeGreaterThan(10);
  expect(said).toEqual([]);
});

it('and exports as it is exported here', async () => {
  const { here, beside, folder, said, told, tell } = await filled();
  const [one, other] = [join(folder, 'one.csv'), join(folder, 'other.csv')];
  expect(await beside.export(one, tell)).toEqual({ ok: true, value: 450 });
  expect(await here.export(other, () => undefined)).toEqual({ ok: true, value: 450 });
  expect(readFileSync(one, 'utf8')).toBe(readFileSync(other, 'utf8'));
  expect(told.at(-1)).toEqual({ done: 450, of: 450 });
  expect(said).toEqual([]);
});

it('where no thread can be had both are done here, and that is said', async () => {
  const { beside, appKey, headsAt, folder, said, tell } = await filled(join(recordsWorker, 'nowhere'));
  expect(await beside.verify(appKey, headsAt, tell)).toMatchObject({ ok: true, entries: 450 });
  expect(await beside.export(join(folder, 'all.jsonl'), tell)).toEqual({ ok: true, value: 450 });
  expect(said).toHaveLength(2);
});
