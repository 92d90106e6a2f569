import type { Db } from './open.ts';
import type { Settings } from './settings-repository.ts';

/** Entries of whatever account that are not settled. */
export const hasOpenEntries = (db: Db): boolean =>
  db
    .prepare("SELECT 1 AS found FROM increment WHERE state IN ('queued', 'sending', 'unknown', 'review')")
    .get() !== undefined;

/** What was learnt from one account is nothing to the next: its members, its pauses, its page cursor. */
export function forgetAccount(db: Db, settings: Settings): void {
  db.prepare('DELETE FROM member').run();
  for (const key of ['directory.cursor', 'directory.completedAtMs', 'link.pauses']) settings.remove(key);
}
