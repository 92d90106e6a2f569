import { join } from 'node:path';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { systemClock, systemRandom } from '../../../main/kernel/system.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { backupName } from '../../../main/safety/backups/backup-name.ts';
import { restoreBackup } from '../../../main/safety/backups/restore.ts';
import { checkDatabase, takeBackup } from '../../../main/safety/backups/take-backup.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';

// Started by a test, which kills it: makes backups, or puts one back, again and again, and says before each what it does.
const [, , act, folder = '', backup = ''] = process.argv;
const key = Buffer.alloc(32, 9);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function makeBackups(): Promise<void> {
  for (let second = 0; ; second += 1) {
    const name = backupName(1_800_000_000_000 + second * 1_000, 'hourly');
    const taken = await takeBackup({
      ...{ folder: join(folder, 'backups'), name },
      write: (file) => checkHere.copy(databaseFile(liveFolder(folder)), file),
      check: (file) => checkDatabase(checkHere, file, key, { chain: 1, count: 1 }),
    });
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    process.stdout.write('.');
  }
}

async function putBack(): Promise<void> {
  const secrets = { appKey: 'k', pinPepper: key, journalKey: key };
  for (;;) {
    const restored = await restoreBackup(
      {
        ...{
          clock: systemClock,
          random: systemRandom,
          logger: silent,
          integrity: checkHere,
          protocol: kybio,
          machine: null,
        },
        ...{ liveFolder: liveFolder(folder), headCopyFolder: join(folder, 'copy') },
        ...{ backupFolder: join(folder, 'backups'), vault: createMemoryVault(secrets, systemRandom) },
      },
      { file: backup, madeAtMs: 0, otherMachine: false, secrets: null, open: [] },
    );
    if (!restored.ok) throw new Error(JSON.stringify(restored.error));
    process.stdout.write('.');
  }
}

await (act === 'make' ? makeBackups() : putBack());
