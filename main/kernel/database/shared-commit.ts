import type { LoopClock } from '../ports.ts';
import type { Db } from './db.ts';

/**
 * What several do at the same moment, in one commit: the disk is waited for once, and not once for each. `work` is done
 * as if alone, in a transaction of its own that is undone where it throws, and leaves the others'. After the commit
 * comes each one's `after`, before anything else runs; resolves to what that returns. Where the commit fails it fails
 * for all of them, and nothing of any is there.
 */
export type SharedCommit = <T, R>(work: () => T, after: (done: T) => R) => Promise<R>;

interface Waiting {
  /** In the transaction; throws only where nothing of the transaction can stand. */
  work(): void;
  after(): void;
  failed(thrown: unknown): void;
}

const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

export function createSharedCommit(db: Db, clock: Pick<LoopClock, 'soon'>): SharedCommit {
  let waiting: Waiting[] = [];
  // Inside another one it is a savepoint.
  const alone = db.transaction((work: () => unknown) => work());
  const all = db.transaction((ready: readonly Waiting[]) => {
    for (const one of ready) one.work();
  });

  const commit = () => {
    const ready = waiting;
    waiting = [];
    // The till has closed: what was not begun by then is as if the process had died.
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
            // A disk that refuses may have ended the transaction of all.
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
