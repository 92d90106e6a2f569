import type { Db } from './open.ts';
import type { Seals } from './seals.ts';
import type { Settings } from './settings-repository.ts';

/** Entries of whatever account that are not settled. */
export const hasOpenEntries = (db: Db): boolean =>
  db
    .prepare("SELECT 1 AS found FROM increment WHERE state IN ('queued', 'sending', 'unknown', 'review')")
    .get() !== undefined;

/** What was learnt from one account is nothing to the next: its members, its pauses, its page cursor. */
export function forgetAccount(db: Db, settings: Settings, seals: Seals): void {
  const remove = db.prepare('DELETE FROM member WHERE customer_uid = ?');
  for (const { customer_uid: uid } of db.prepare('SELECT customer_uid FROM member').all() as {
    customer_uid: string;
  }[]) {
    seals.change('member', [uid], () => void remove.run(uid));
  }
  for (const key of ['directory.cursor', 'directory.completedAtMs', 'link.pauses', 'link.brake'])
    settings.remove(key);
}
