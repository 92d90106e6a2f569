import type { ErrorCode } from '../kernel/errors.ts';

/** Where the records themselves are damaged or gone; a full disk or a second copy is mended otherwise. */
export const mendedByBackup: readonly ErrorCode[] = [
  'till-retired',
  'database-corrupt',
  'database-failed',
  'data-missing',
  'till-not-opened',
];

/** What another program does to the till's files: it passes, and the till can be opened again as it is. */
export const worthAnotherTry: readonly ErrorCode[] = ['file-held', 'database-locked'];
