import { statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, liveFolder } from '../kernel/folders.ts';
import { isMissing } from '../kernel/held-file.ts';
import { isHeadKept } from '../ledger/journal/index.ts';
import { isModeKept, lastMode } from './last-mode.ts';

/**
 * A live till was open here and its database is gone or empty. That is no new till: its entries are
 * somewhere else, and an empty one in their place would only hide it.
 */
export function isDataMissing(folder: string, headCopyFolder: string): boolean {
  return isGoneOrEmpty(databaseFile(liveFolder(folder))) && wasLive(folder, headCopyFolder);
}

/**
 * The mode is kept, and the journal has a head, only once a session was open. The head's copy counts while the data
 * folder was one of a till: where the folder as a whole was taken away, somebody closed the till for good.
 */
function wasLive(folder: string, headCopyFolder: string): boolean {
  if (lastMode(folder) === 'live' || isHeadKept(liveFolder(folder))) return true;
  return isModeKept(folder) && isHeadKept(join(headCopyFolder, 'live'));
}

/** What cannot even be asked for its size is there: its opening tells what is wrong. */
function isGoneOrEmpty(file: string): boolean {
  try {
    return statSync(file).size === 0;
  } catch (thrown) {
    return isMissing(thrown) || (thrown as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
