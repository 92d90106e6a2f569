import { expect, it, vi } from 'vitest';
import { createEntryChanges } from '../../main/counter/entry-changes.ts';
import type { Db } from '../../main/kernel/database/db.ts';
import { createActiveEntries } from '../../main/ledger/tables/active-entries.ts';
import { openOutbox } from '../kit/outbox.ts';

const followers: readonly [who: string, create: (db: Db) => unknown][] = [
  ['what waits', (db) => createActiveEntries(db, () => [])],
  ['what the screens hear of', (db) => createEntryChanges(db)],
];

// They ask after every change: what they read must not grow with the journal.
it.each(followers)('%s is read from the newest rows of the journal alone', (_, create) => {
  const { db } = openOutbox();
  const prepare = vi.spyOn(db, 'prepare');
  create(db);
  const following = prepare.mock.calls.map(([sql]) => sql).filter((sql) => /number > \?/.test(sql));
  expect(following).toHaveLength(1);
  const [first] = db.prepare(`EXPLAIN QUERY PLAN ${following[0]}`).all(0) as { detail: string }[];
  expect(first?.detail).toMatch(/^SEARCH (journal|j) USING INTEGER PRIMARY KEY \(rowid>\?\)$/);
});
