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
  // SQLite's code alone distinguishes a write that the disk refused; each of these means that the row is not stored.
  ['SQLITE_IOERR', 'database-failed'],
  ['SQLITE_', 'database-failed'],
];

/** The error to show for a failed open, read or write of the database; null where it is a bug. */
export function databaseFailure(thrown: unknown): AppError | null {
  if (thrown instanceof DatabaseFailure) return thrown.appError;
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return null;
  const held = heldFailure(thrown);
  if (held !== null) return held;
  const { code } = thrown;
  const known = codeByPrefix.find(([prefix]) => code.startsWith(prefix));
  return known === undefined ? null : appError(known[1], { sqlite: code });
}

/** Whether a constraint of the tables refused this row, independent of the disk. */
export const isRefusedRow = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  typeof thrown.code === 'string' &&
  thrown.code.startsWith('SQLITE_CONSTRAINT');

/** A database failure on its way to where it can be shown. */
export class DatabaseFailure extends Error {
  readonly appError: AppError;

  constructor(error: AppError, cause: unknown) {
    super(`database: ${error.code}`, { cause });
    this.name = 'DatabaseFailure';
    this.appError = error;
  }
}
