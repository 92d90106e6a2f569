import { dirname, join } from 'node:path';
import { recordsInWorker } from '../../../main/app/records-in-worker.ts';
import { kybio as hostProtocol } from '../../../main/hosts/kybio/kybio.ts';
import { databaseFile, practiceFolder } from '../../../main/kernel/folders.ts';
import { ignoreProgress } from '../../../main/kernel/progress.ts';
import { checkDatabase } from '../../../main/safety/backups/take-backup.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { createWorkerIntegrity } from '../../../main/safety/integrity/worker-integrity.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { integrityWorker, recordsWorker } from '../../kit/workers.ts';
import { atMost, type Figure } from '../figure.ts';
import { silent } from '../filled-till.ts';
import { type Held, held, heldFigures } from '../held.ts';
import { type Bench, type Row, sizeText } from '../row.ts';
import { practiceKeys } from '../verified.ts';

const integrity = createWorkerIntegrity(integrityWorker, checkHere, silent);

const works = ['the look after a start', 'a backup', 'an export', 'a verification'] as const;
type Measured = Readonly<Record<(typeof works)[number], Held>>;

const must = (problem: unknown): void => {
  if (problem !== null) throw new Error(JSON.stringify(problem));
};

/** All that goes through every record of a till, in threads of their own, one after the other. */
async function measure(bench: Bench, entries: number): Promise<Measured> {
  const folder = await bench.filled(entries);
  const file = databaseFile(practiceFolder(folder));
  const { appKey, journalKey: key } = practiceKeys(file);
  const headsAt = { key, slotFolder: dirname(file), copyFolder: join(folder, 'copy', 'practice') };
  const parts = { file, clock: realClock, random: realRandom, protocol: hostProtocol };
  const records = recordsInWorker(recordsWorker, parts, must);
  const scratch = bench.scratch();
  return {
    'the look after a start': await held(async () => must(await integrity.checkPages(file))),
    'a backup': await held(async () => {
      const copy = join(scratch, 'copy.db');
      await integrity.copy(file, copy);
      must(await checkDatabase(integrity, copy, key, { chain: 1, count: 0 }));
    }),
    'an export': await held(async () => {
      const exported = await records.export(join(scratch, 'all.csv'), ignoreProgress);
      must(exported.ok ? null : exported.error);
    }),
    'a verification': await held(async () => {
      const { problems } = await records.verify(appKey, headsAt, ignoreProgress);
      must(problems[0] ?? null);
    }),
  };
}

/** What takes longer with every entry: by how much a large till's entry costs more, and what it costs the counter. */
export const recordsRow: Row = {
  name: 'records',
  measure: async (bench) => {
    const figures: Figure[] = [];
    const base = await measure(bench, bench.base);
    for (const entries of bench.sizes) {
      const size = sizeText(entries);
      const large = await measure(bench, entries);
      for (const work of works)
        figures.push(
          {
            ...{ name: `${work}, an entry of ${size}`, unit: 'µs', beside: `of ${sizeText(bench.base)}` },
            ours: (large[work].tookMs * 1_000) / entries,
            against: (base[work].tookMs * 1_000) / bench.base,
            ...{ goal: atMost(1.1), bound: atMost(5) },
          },
          // For how long a backup holds main is said where it lies beside an open till.
          ...(work === 'a backup' ? [] : heldFigures(work, size, large[work])),
        );
    }
    return figures;
  },
};
