import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { heldNow } from '../held-file.ts';
import { databaseFailure } from './failure.ts';

/** In a data folder. */
export const LOCK_FILE = 'till.lock';

/** A connection that nobody holds is closed when memory is collected, and its lock with it. */
const locksForLife = new Set<Database.Database>();

/**
 * One drainer: an exclusive lock that the system releases at the process's death and never by time.
 * A lease that expires would let a suspended process wake up and send. It is waited for so long.
 */
export function takeProcessLock(file: string, waitMs = 0): Result<{ release(): void }> {
  let lock: Database.Database | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    lock = new Database(file, { timeout: waitMs });
    lock.exec('BEGIN EXCLUSIVE');
    const own = lock;
    locksForLife.add(own);
    return ok({
      release: () => {
        locksForLife.delete(own);
        own.close();
      },
    });
  } catch (thrown) {
    lock?.close();
    const failure = databaseFailure(thrown);
    if (failure === null) throw thrown;
    if (failure.code === 'database-locked') return err(appError('second-copy'));
    return err(heldNow([file]) ?? failure);
  }
}
