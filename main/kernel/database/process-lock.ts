import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { heldNow } from '../held-file.ts';
import { connect } from './connect.ts';
import { databaseFailure } from './failure.ts';

/** The lock file's name in a data folder. */
export const LOCK_FILE = 'till.lock';

/** Keeps connections referenced: garbage collection would close one, and release its lock. */
const locksForLife = new Set<Database.Database>();

/**
 * Lets one process send: an exclusive lock that the system releases when the process dies, never by time, since after
 * an expired lease a suspended process could wake up and send. Waits at most `waitMs`.
 */
export function takeProcessLock(file: string, waitMs = 0): Result<{ release(): void }> {
  let lock: Database.Database | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    lock = connect(file, { timeout: waitMs });
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
