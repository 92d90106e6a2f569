import { statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, liveFolder } from '../folders.ts';
import { isHeadKept } from '../journal/head.ts';
import { lastMode } from './last-mode.ts';

/**
 * A live till was open here and its database is gone or empty. That is no new till: its entries are
 * somewhere else, and an empty one in their place would only hide it.
 */
export function isDataMissing(folder: string, headCopyFolder: string): boolean {
  return sizeOf(databaseFile(liveFolder(folder))) === 0 && wasLive(folder, headCopyFolder);
}

/**
 * The mode is kept, and the journal has a head, only once a session was open. The head's copy counts while the data
 * folder was one of a till: where the folder as a whole was taken away, somebody closed the till for good.
 */
function wasLive(folder: string, headCopyFolder: string): boolean {
  const mode = lastMode(folder);
  if (mode === 'live' || isHeadKept(liveFolder(folder))) return true;
  return mode !== null && isHeadKept(join(headCopyFolder, 'live'));
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
