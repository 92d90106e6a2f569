import { join } from 'node:path';
import { databaseFile, practiceFolder } from '../../../main/kernel/folders.ts';
import { makeLock } from '../../../main/kernel/sealing/lock.ts';
import { hashOfFile, sealFile } from '../../../main/kernel/sealing/sealed-file.ts';
import { backupName } from '../../../main/safety/backups/backup-name.ts';
import { checkDatabase, takeBackup } from '../../../main/safety/backups/take-backup.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { createWorkerIntegrity } from '../../../main/safety/integrity/worker-integrity.ts';
import { createTestClock } from '../../kit/clock.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { integrityWorker } from '../../kit/workers.ts';
import type { Figure } from '../figure.ts';
import { endOfFilling, openTill, silent } from '../filled-till.ts';
import { held, heldFigures } from '../held.ts';
import { type Row, sizeText } from '../row.ts';

/** For how long a backup beside an open till holds main's thread, here and sealed into a second place. */
export const backupRow: Row = {
  name: 'backup',
  measure: async (bench) => {
    const figures: Figure[] = [];
    const lock = await makeLock('seven kopi peng at noon', realRandom);
    for (const entries of bench.sizes) {
      const folder = await bench.filled(entries);
      const session = await openTill(folder, createTestClock(endOfFilling));
      const integrity = createWorkerIntegrity(integrityWorker, checkHere, silent);
      const head = session.ledger.journal?.head() ?? { chain: 0, count: 0 };
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
      for (const [what, took] of [
        ['a backup', taken],
        ['its sealed copy', sealed],
      ] as const)
        figures.push(...heldFigures(what, sizeText(entries), took));
    }
    return figures;
  },
};
