import { isDeepStrictEqual } from 'node:util';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';

/** What one save replaced, and by what. */
interface Replaced<T> {
  readonly id: string;
  readonly before: T;
  readonly after: T;
}

/** What holds again when a save is undone. Error: undo-over, where it is not the last save, or something else holds by now. */
export function undone<T>(last: Replaced<T> | null, id: string, now: T): Result<T, AppError> {
  if (last?.id !== id || !isDeepStrictEqual(last.after, now)) return err(appError('undo-over'));
  return ok(last.before);
}

/** The last save of some settings. In memory alone: a restart forgets it. */
export interface LastSave<T> {
  /** By what it can be undone; null where it changed nothing. */
  keep(before: T, after: T): string | null;
  undone(id: string, now: T): Result<T, AppError>;
}

export function createLastSave<T>(newId: () => string): LastSave<T> {
  let last: Replaced<T> | null = null;
  return {
    keep: (before, after) => {
      last = isDeepStrictEqual(before, after) ? null : { id: newId(), before, after };
      return last?.id ?? null;
    },
    undone: (id, now) => undone(last, id, now),
  };
}
