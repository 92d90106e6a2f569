import type { LoopClock } from '../ports.ts';
import type { Db } from './db.ts';

/**
 * Group commit: works requested at the same moment share one commit, and one wait for the disk. Each `work` runs in a
 * savepoint that is undone alone where it throws. After the commit each `after` runs before anything else; the
 * promise resolves to its result. If the commit fails, all of them fail and nothing is written.
 */
export type GroupCommit = <T, R>(work: () => T, after: (done: T) => R) => Promise<R>;

interface Waiting {
  /** Runs in the transaction; throws only where the whole transaction is lost. */
  work(): void;
  after(): void;
  failed(thrown: unknown): void;
}

const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

export function createGroupCommit(db: Db, clock: Pick<LoopClock, 'soon'>): GroupCommit {
  let waiting: Waiting[] = [];
  // A savepoint inside another transaction.
  const alone = db.transaction((work: () => unknown) => work());
  const all = db.transaction((ready: readonly Waiting[]) => {
    for (const one of ready) one.work();
  });

  const commit = () => {
    const ready = waiting;
    waiting = [];
    // The till has closed: what had not begun is as if the process had died.
    if (!db.open) return;
    try {
      all.immediate(ready);
    } catch (thrown) {
      for (const one of ready) one.failed(thrown);
      return;
    }
    for (const one of ready) one.after();
  };

  return <T, R>(work: () => T, after: (done: T) => R) =>
    new Promise<R>((resolve, reject) => {
      let done: { readonly value: T } | { readonly thrown: unknown } | null = null;
      waiting.push({
        work: () => {
          try {
            done = { value: alone(work) as T };
          } catch (thrown) {
            // A failing disk may have ended the whole transaction.
            if (!db.inTransaction) throw thrown;
            done = { thrown };
          }
        },
        after: () => {
          try {
            if (done === null) throw new Error('nothing was done');
            if ('thrown' in done) throw done.thrown;
            resolve(after(done.value));
          } catch (thrown) {
            reject(errorOf(thrown));
          }
        },
        failed: (thrown) => reject(errorOf(thrown)),
      });
      if (waiting.length === 1) clock.soon(commit);
    });
}
