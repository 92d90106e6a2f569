import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import type { DataPlaces } from '../../../main/updates/trial/copy-for-rollback.ts';
import { copyOfClosedTill } from '../../kit/closed-till.ts';
import { slashed } from '../../kit/slashes.ts';
import { silentLogger } from '../../kit/till.ts';
import { sha512 } from '../feed.ts';

export const versions = { from: '1.0.0', to: '1.1.0' } as const;

/** A till that is closed. */
export function aTill() {
  const data = copyOfClosedTill();
  const places: DataPlaces = { folder: data, headCopyFolder: join(data, 'copy') };
  writeFileSync(join(liveFolder(data), 'vault.json'), '{"sealed":"as it was"}');
  mkdirSync(join(data, 'practice'), { recursive: true });
  writeFileSync(join(data, 'practice', 'ledger.jsonl'), 'made-up money\n');
  return { ...places, data, logger: silentLogger, live: databaseFile(liveFolder(data)) };
}

/** Every file of a till with what is in it, but for what updates keep, and what readers of a log leave. */
export const bytesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/-shm$|till\.lock/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.startsWith(join(folder, 'updates')))
      .filter((path) => !path.endsWith('-wal') || statSync(path).size > 0)
      .sort((one, other) => one.localeCompare(other))
      .map((path) => [slashed(path.slice(folder.length)), sha512(readFileSync(path)).slice(0, 16)]),
  );

/** What a new version does to a till's data while it is tried: a newer format, a note, other keys, other heads. */
export function harm({ live, folder, headCopyFolder }: ReturnType<typeof aTill>, event = 'noted'): void {
  append(live, event);
  const db = new Database(live);
  db.exec('CREATE TABLE of_tomorrow (x)');
  db.exec('INSERT INTO of_tomorrow VALUES (1)');
  db.pragma('user_version = 999');
  db.close();
  writeFileSync(join(liveFolder(folder), 'vault.json'), '{"sealed":"anew"}');
  for (const name of ['head-a.json', 'head-b.json']) {
    writeFileSync(join(liveFolder(folder), name), 'a head of tomorrow');
    writeFileSync(join(headCopyFolder, 'live', name), 'a head of tomorrow');
  }
  writeFileSync(join(folder, 'practice', 'ledger.jsonl'), 'other money\n');
}

/** A row at the end of the journal, which nobody has sealed. */
export function append(file: string, event: string): void {
  const db = new Database(file);
  db.prepare(
    `INSERT INTO journal (number, chain, at_ms, entry, event, version, actor, reason, content, mac)
     SELECT max(number) + 1, max(chain), 1, NULL, ?, 1, '', '', '', zeroblob(16) FROM journal`,
  ).run(event);
  db.close();
}

export const isAside = (folder: string): boolean => existsSync(join(folder, 'updates', 'before'));
