import type { Db } from './open.ts';
import type { Seals } from './seals.ts';
import type { Settings } from './settings-repository.ts';

/** The states of entries that are not settled. */
export const openStates = ['queued', 'sending', 'unknown', 'review'] as const;
export type OpenState = (typeof openStates)[number];

/** How many entries are not settled, by state; states without entries are left out. */
export const countOpenEntries = (
  db: Db,
): readonly { readonly state: OpenState; readonly entries: number }[] =>
  db
    .prepare(
      `SELECT state, COUNT(*) AS entries FROM increment
       WHERE state IN ('queued', 'sending', 'unknown', 'review') GROUP BY state`,
    )
    .all() as { state: OpenState; entries: number }[];

export const hasOpenEntries = (db: Db): boolean => countOpenEntries(db).length > 0;

/** Whether there was ever an entry, by the journal or by the tables. */
export const hadEntries = (db: Db): boolean =>
  db
    .prepare('SELECT 1 FROM increment UNION ALL SELECT 1 FROM journal WHERE entry IS NOT NULL LIMIT 1')
    .get() !== undefined;

/** Deletes what was learnt about one account before another one is used: members, pauses, page cursor, calls, its log. */
export function forgetAccount(db: Db, settings: Settings, seals: Seals): void {
  const remove = db.prepare('DELETE FROM member WHERE customer_uid = ?');
  for (const { customer_uid: uid } of db.prepare('SELECT customer_uid FROM member').all() as {
    customer_uid: string;
  }[]) {
    seals.change('member', [uid], () => void remove.run(uid));
  }
  const keys = [
    'directory.cursor',
    'directory.completedAtMs',
    'directory.pages',
    'link.pauses',
    'link.brake',
    'link.skew',
    'calls.freed',
  ];
  const matching = db.prepare("SELECT key FROM setting WHERE key GLOB 'matching.*'").all() as {
    key: string;
  }[];
  for (const key of [...keys, ...matching.map(({ key }) => key)]) settings.remove(key);
}
