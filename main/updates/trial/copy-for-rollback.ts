import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFile, syncFolder, writeFileAtomically } from '../../kernel/atomic-file.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { Random } from '../../kernel/ports.ts';
import { headFiles } from '../../ledger/journal/index.ts';
import { VAULT_FILE } from '../../people/index.ts';
import { RESTORED_FILE, sizeOf } from '../../safety/index.ts';
import { digestOf } from '../file-hash.ts';
import {
  type Mark,
  markFile,
  markText,
  type RollbackFile,
  removeRollbackCopy,
  rollbackFolder,
  writeNotes,
} from './mark.ts';
import { journalRows } from './rows-repository.ts';

export interface DataPlaces {
  readonly folder: string;
  /** The journals' checkpoint copies, outside the data folder. */
  readonly headCopyFolder: string;
}

const DATABASE = databaseFile('');
const database = [DATABASE, `${DATABASE}-wal`];

export const isOfDatabase = (name: string): boolean => database.includes(name);

type Place = RollbackFile['place'];

/** All that a program may write when it opens a till, and that this version knows. */
const names: Readonly<Record<Place, readonly string[]>> = {
  live: [...database, ...headFiles, VAULT_FILE, RESTORED_FILE],
  practice: [...database, ...headFiles, 'ledger.jsonl'],
  'live-heads': headFiles,
  'practice-heads': headFiles,
};

export function placeOf({ folder, headCopyFolder }: DataPlaces, place: Place): string {
  if (place === 'live') return liveFolder(folder);
  if (place === 'practice') return practiceFolder(folder);
  return join(headCopyFolder, place === 'live-heads' ? 'live' : 'practice');
}

export const rollbackPath = (folder: string, { place, name }: Pick<RollbackFile, 'place' | 'name'>): string =>
  join(rollbackFolder(folder), `${place}-${name}`);

/** The paths of a till's files, whether they exist or not. */
export const filesOf = (data: DataPlaces, places = Object.keys(names) as readonly Place[]) =>
  places.flatMap((place) =>
    names[place].map((name) => ({ place, name, path: join(placeOf(data, place), name) })),
  );

export async function bytesOf(data: DataPlaces): Promise<number> {
  const sizes = await Promise.all(filesOf(data).map(({ path }) => sizeOf(path)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function copied(from: string, to: string): Promise<RollbackFile['kept']> {
  if (!existsSync(from)) return null;
  // A reflink, where the file system supports it, takes neither time nor space.
  await whileRefused(() => copyFile(from, to, constants.COPYFILE_FICLONE));
  await syncFile(to);
  return digestOf(to);
}

/**
 * Snapshots a till's data while no program uses it: databases with their WAL, checkpoints, sealed keys. The
 * mark is written last, so a crash leaves no valid snapshot. Throws as the file system does.
 */
export async function copyForRollback(
  data: DataPlaces,
  versions: Pick<Mark, 'from' | 'to'>,
  random: Pick<Random, 'uuid'>,
): Promise<Mark> {
  const { folder } = data;
  const aside = rollbackFolder(folder);
  await removeRollbackCopy(folder);
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const live = databaseFile(liveFolder(folder));
  const rows = existsSync(live) ? journalRows(live) : 0;
  const files: RollbackFile[] = [];
  for (const { path, ...file } of filesOf(data))
    files.push({ ...file, kept: await copied(path, rollbackPath(folder, file)) });
  await writeNotes(folder);
  await syncFolder(aside);
  await syncFolder(dirname(aside));
  const mark = { ...versions, rows, files };
  await writeFileAtomically(markFile(folder), markText(mark), random.uuid());
  return mark;
}
