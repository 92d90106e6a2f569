import { type AppError, appError, type ErrorCode } from '../../../preload/contract/index.ts';
import { heldFailure } from '../held-file.ts';

const codeByPrefix: readonly (readonly [string, ErrorCode])[] = [
  ['SQLITE_BUSY', 'database-locked'],
  ['SQLITE_LOCKED', 'database-locked'],
  ['SQLITE_FULL', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['SQLITE_READONLY', 'database-read-only'],
  ['SQLITE_CANTOPEN', 'database-read-only'],
  ['SQLITE_PERM', 'database-read-only'],
  ['EACCES', 'database-read-only'],
  ['EROFS', 'database-read-only'],
  ['EPERM', 'database-read-only'],
  ['EEXIST', 'database-failed'],
  ['ENOTDIR', 'database-failed'],
  ['EISDIR', 'database-failed'],
  ['SQLITE_CORRUPT', 'database-corrupt'],
  ['SQLITE_NOTADB', 'database-corrupt'],
  // A write that the disk refuses is told apart from nothing else by SQLite's code alone; all of
  // these mean that the row is not there.
  ['SQLITE_IOERR', 'database-failed'],
  ['SQLITE_', 'database-failed'],
];

/** What a failed open, read or write of the database means to a person, or null: it is a bug. */
export function databaseFailure(thrown: unknown): AppError | null {
  if (thrown instanceof DatabaseFailure) return thrown.appError;
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return null;
  const held = heldFailure(thrown);
  if (held !== null) return held;
  const { code } = thrown;
  const known = codeByPrefix.find(([prefix]) => code.startsWith(prefix));
  return known === undefined ? null : appError(known[1], { sqlite: code });
}

/** The tables refuse this row, whatever the disk does: its place is taken, or it is no row of theirs. */
export const isRefusedRow = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  typeof thrown.code === 'string' &&
  thrown.code.startsWith('SQLITE_CONSTRAINT');

/** A failure of the database on its way to whoever can tell a person. */
export class DatabaseFailure extends Error {
  readonly appError: AppError;

  constructor(error: AppError, cause: unknown) {
    super(`database: ${error.code}`, { cause });
    this.name = 'DatabaseFailure';
    this.appError = error;
  }
}
