import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, liveFolder } from '../folders.ts';
import { lastMode } from './till.ts';

/**
 * A live till was open here and its database is gone or empty. That is no fresh till: its entries are
 * somewhere else, and an empty one in their place would only hide it.
 */
export function isDataMissing(folder: string): boolean {
  return lastMode(folder) === 'live' && sizeOf(databaseFile(liveFolder(folder))) === 0 && hasVault(folder);
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function hasVault(folder: string): boolean {
  try {
    return readFileSync(join(liveFolder(folder), 'vault.json')).length > 0;
  } catch {
    return false;
  }
}
