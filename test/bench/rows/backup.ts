import { join } from 'node:path';
import { backupName } from '../../../main/backups/backup-name.ts';
import { checkDatabase, takeBackup } from '../../../main/backups/take-backup.ts';
import { databaseFile, practiceFolder } from '../../../main/folders.ts';
import { createWorkerIntegrity } from '../../../main/integrity/worker-integrity.ts';
import { makeLock } from '../../../main/sealing/lock.ts';
import { hashOfFile, sealFile } from '../../../main/sealing/sealed-file.ts';
import { createTestClock } from '../../kit/clock.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { atMost, type Figure } from '../figure.ts';
import { endOfFilling, openTill, silent } from '../filled-till.ts';
import { type Row, sizeText } from '../row.ts';

/** What a screen has for a frame: whoever presses a key must not wait for a backup. */
const LIMIT_MS = 16;

const worker = join(import.meta.dirname, '../../../main/integrity/integrity-worker.ts');

interface Held {
  /** The longest that main's thread let nothing else in, by the wall. */
  readonly wallMs: number;
  /** The most work of its own that it did meanwhile: what a busy machine takes from it is no work. */
  readonly workMs: number;
}

async function held(work: () => Promise<unknown>): Promise<Held> {
  let [isOver, wallMs, workMs] = [false, 0, 0];
  let [lastMs, last] = [performance.now(), process.threadCpuUsage()];
  const watch = () => {
    const { user, system } = process.threadCpuUsage(last);
    wallMs = Math.max(wallMs, performance.now() - lastMs);
    workMs = Math.max(workMs, (user + system) / 1_000);
    [lastMs, last] = [performance.now(), process.threadCpuUsage()];
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  await work();
  isOver = true;
  return { wallMs, workMs };
}

/** For how long a backup beside an open till holds main's thread, here and sealed into a second place. */
export const backupRow: Row = {
  name: 'backup',
  measure: async (bench) => {
    const figures: Figure[] = [];
    const lock = await makeLock('seven kopi peng at noon', realRandom);
    for (const entries of bench.sizes) {
      const folder = await bench.filled(entries);
      const session = await openTill(folder, createTestClock(endOfFilling));
      const integrity = createWorkerIntegrity(worker, silent);
      const head = session.core.journal?.head() ?? { chain: 0, count: 0 };
      const [here, name] = [bench.scratch(), backupName(endOfFilling, 'hourly')];
      const taken = await held(() =>
        takeBackup({
          ...{ folder: here, name },
          write: (to) => integrity.copy(databaseFile(practiceFolder(folder)), to),
          check: (file) => checkDatabase(integrity, file, null, head),
        }),
      );
      const sealed = await held(async () => {
        const there = join(bench.scratch(), 'sealed');
        await sealFile(join(here, name), there, lock, realRandom);
        await hashOfFile(there);
      });
      await session.close(0);
      for (const [what, { wallMs, workMs }] of [
        ['a backup', taken],
        ['its sealed copy', sealed],
      ] as const) {
        const limit = {
          unit: 'ms',
          against: LIMIT_MS,
          beside: 'limit',
          goal: atMost(1),
          bound: null,
        } as const;
        figures.push(
          { ...limit, name: `main held by ${what}, ${sizeText(entries)}`, ours: wallMs },
          { ...limit, name: `its own work in that, ${sizeText(entries)}`, ours: workMs },
        );
      }
    }
    return figures;
  },
};
