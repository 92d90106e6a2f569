import type { Db } from './open.ts';

/**
 * Runs the work in one transaction: what it writes is committed together, or not at all where it throws. Inside a
 * transaction it belongs to that one, whose owner must let an error undo both.
 */
export type Together = <T>(work: () => T) => T;

/** Made once for a connection: to make a transaction costs as much as a short one. */
export function createTogether(db: Db): Together {
  const transaction = db.transaction((work: () => unknown) => work());
  return <T>(work: () => T) => (db.inTransaction ? work() : (transaction.immediate(work) as T));
}
