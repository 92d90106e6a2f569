import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { temporaryFolder } from './till.ts';

// What becomes of a data folder while no till has it open, or behind the back of one that has.

/** A copy of a folder, as an image of a disk or a copying person makes it. */
export function copyOf(folder: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Keeps a folder as it is now; what it answers with puts it back, whole, with nothing of what came since. */
export function backUp(folder: string): () => void {
  const kept = copyOf(folder);
  return () => putBack(kept, folder);
}

/** One folder takes the place of another. */
export function putBack(kept: string, folder: string): void {
  remove([folder]);
  cpSync(kept, folder, { recursive: true });
}

export function remove(paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

/** The two places of the journal's head beside the database. */
export const headSlots = (folder: string): readonly string[] =>
  ['head-a.json', 'head-b.json'].map((name) => join(liveFolder(folder), name));

/** Everything that knows how far the journal was: the head, and its copy elsewhere. */
export const heads = (folder: string): readonly string[] => [...headSlots(folder), join(folder, 'copy')];

/** In the live till's database, behind its back. */
export function inDatabase<T>(folder: string, work: (db: Database.Database) => T): T {
  const db = new Database(databaseFile(liveFolder(folder)));
  try {
    return work(db);
  } finally {
    db.close();
  }
}
