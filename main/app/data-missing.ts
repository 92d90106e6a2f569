import { statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, liveFolder } from '../kernel/folders.ts';
import { isMissing } from '../kernel/held-file.ts';
import { isHeadStored } from '../ledger/journal/index.ts';
import { isModeStored, lastMode } from './last-mode.ts';

/** A live till's database is gone or empty. It must not be replaced by a new one, which would hide its entries. */
export function isDataMissing(folder: string, headCopyFolder: string): boolean {
  return isGoneOrEmpty(databaseFile(liveFolder(folder))) && wasLive(folder, headCopyFolder);
}

/**
 * The mode and a checkpoint exist only after a session was open. The checkpoint's copy counts only if the data folder
 * is a till's: where it was removed as a whole, somebody closed the till for good.
 */
function wasLive(folder: string, headCopyFolder: string): boolean {
  if (lastMode(folder) === 'live' || isHeadStored(liveFolder(folder))) return true;
  return isModeStored(folder) && isHeadStored(join(headCopyFolder, 'live'));
}

/** A file without a readable size exists: opening it will report the error. */
function isGoneOrEmpty(file: string): boolean {
  try {
    return statSync(file).size === 0;
  } catch (thrown) {
    return isMissing(thrown) || (thrown as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
