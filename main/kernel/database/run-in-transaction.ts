import type { Db } from './db.ts';

/**
 * Runs the work in one transaction, all or nothing. Nested inside another one it joins that, whose owner must let an
 * error undo both.
 */
export type RunInTransaction = <T>(work: () => T) => T;

/** Created once for a connection: creating a transaction costs as much as running a short one. */
export function createRunInTransaction(db: Db): RunInTransaction {
  const transaction = db.transaction((work: () => unknown) => work());
  return <T>(work: () => T) => (db.inTransaction ? work() : (transaction.immediate(work) as T));
}
