import type { ErrorCode } from './errors.ts';

/** Where the records themselves are damaged or gone; a full disk or a second copy is mended otherwise. */
export const mendedByBackup: readonly ErrorCode[] = [
  'till-retired',
  'database-corrupt',
  'database-failed',
  'data-missing',
  'till-not-opened',
];
