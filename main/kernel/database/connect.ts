import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

/** As better-sqlite3 would find it for Electron, which there is with one C library alone. */
function addonOfElectron(): string {
  const home = dirname(createRequire(import.meta.url).resolve('better-sqlite3'));
  return join(home, '..', 'prebuilds', `${process.platform}-${process.arch}.node`);
}

/** Left to look for its addon, better-sqlite3 reads the map of all of the process's memory: a start would wait for it. */
const named: Database.Options =
  process.versions['electron'] === undefined ? {} : { nativeBinding: addonOfElectron() };

/** Opens a connection; throws as SQLite does. */
export const connect = (file: string, options: Database.Options = {}): Database.Database =>
  new Database(file, { ...options, ...named });
