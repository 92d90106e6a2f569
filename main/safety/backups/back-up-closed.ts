import { existsSync } from 'node:fs';
import { ok, type Result } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { backupName } from './backup-name.ts';
import { checkDatabase, takeBackup } from './take-backup.ts';

export interface ClosedTill {
  readonly databaseFile: string;
  readonly folder: string;
  readonly integrity: Integrity;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** A backup before an update, with no till open; verified as far as possible without the key. */
export async function backUpClosed({
  databaseFile,
  folder,
  integrity,
  clock,
}: ClosedTill): Promise<Result<Record<string, never>>> {
  if (!existsSync(databaseFile)) return ok({});
  return takeBackup({
    folder,
    name: backupName(clock.nowMs(), 'update'),
    write: (file) => integrity.copy(databaseFile, file),
    check: (file) => checkDatabase(integrity, file, null, { chain: 0, count: 0 }),
  });
}
