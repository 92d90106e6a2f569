import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupName } from './backup-name.ts';
import { PLACE_FOLDER } from './second-place.ts';
import { backupsIn } from './take-backup.ts';

export interface FoundBackup extends BackupName {
  readonly file: string;
}

/** A folder of a person's choice may be anything: no more of it is looked at. */
const MOST_FOLDERS = 50;

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : []));
  } catch {
    return [];
  }
}

/** The backups in a folder, newest first: in it, or where a till puts them in a place that was chosen for them. */
export async function findBackups(folder: string, most: number): Promise<readonly FoundBackup[]> {
  const tills = [...(await foldersIn(join(folder, PLACE_FOLDER))), ...(await foldersIn(folder))];
  const found: FoundBackup[] = [];
  for (const at of [folder, ...tills.slice(0, MOST_FOLDERS)]) {
    for (const backup of await backupsIn(at)) found.push({ ...backup, file: join(at, backup.name) });
  }
  return found.sort((a, b) => b.atMs - a.atMs).slice(0, most);
}
