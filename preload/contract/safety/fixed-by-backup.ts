import type { ErrorCode } from '../kernel/errors.ts';

/** Damaged or missing records; other errors have other remedies. */
export const fixedByBackup: readonly ErrorCode[] = [
  'till-retired',
  'database-corrupt',
  'database-failed',
  'data-missing',
  'till-not-opened',
];

/** Caused by another program: the till can be opened again unchanged. */
export const worthAnotherTry: readonly ErrorCode[] = ['file-held', 'database-locked'];
