import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFile, syncFolder, writeFileAtomically } from '../../kernel/atomic-file.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { Random } from '../../kernel/ports.ts';
import { headFiles } from '../../ledger/journal/index.ts';
import { VAULT_FILE } from '../../people/index.ts';
import { RESTORED_FILE } from '../../safety/index.ts';
import { hashInto } from '../file-hash.ts';
import {
  type AsideFile,
  asideFolder,
  type Mark,
  markFile,
  markText,
  removeAside,
  writeNotes,
} from './mark.ts';
import { journalRows } from './rows-repository.ts';

/** Where a till's data lies. */
export interface DataPlaces {
  readonly folder: string;
  /** The copies of the journals' heads, outside the data folder. */
  readonly headCopyFolder: string;
}

const DATABASE = 'counterfoil.db';
const database = [DATABASE, `${DATABASE}-wal`] as const;

/** All that a program which opens a till may write to, and that this one reads. */
const kept: Readonly<Record<AsideFile['place'], readonly string[]>> = {
  live: [...database, ...headFiles, VAULT_FILE, RESTORED_FILE],
  practice: [...database, ...headFiles, 'ledger.jsonl'],
  'live-heads': headFiles,
  'practice-heads': headFiles,
};

export function placeOf({ folder, headCopyFolder }: DataPlaces, place: AsideFile['place']): string {
  if (place === 'live') return liveFolder(folder);
  if (place === 'practice') return practiceFolder(folder);
  return join(headCopyFolder, place === 'live-heads' ? 'live' : 'practice');
}

export const asidePath = (folder: string, { place, name }: Pick<AsideFile, 'place' | 'name'>): string =>
  join(asideFolder(folder), `${place}-${name}`);

const namedFiles = (data: DataPlaces) =>
  (Object.keys(kept) as AsideFile['place'][]).flatMap((place) =>
    kept[place].map((name) => ({ place, name, path: join(placeOf(data, place), name) })),
  );

/** How much room a copy of all of it takes. */
export async function bytesToPutAside(data: DataPlaces): Promise<number> {
  const sizes = namedFiles(data).map(async ({ path }) => (existsSync(path) ? (await stat(path)).size : 0));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

export async function digestOf(path: string): Promise<NonNullable<AsideFile['kept']>> {
  const file = await whileRefused(() => open(path, 'r'));
  try {
    const hash = createHash('sha512');
    const bytes = await hashInto(hash, file);
    return { bytes, sha512: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

async function copied(from: string, to: string): Promise<AsideFile['kept']> {
  if (!existsSync(from)) return null;
  // Where the file system can, the copy takes neither time nor room.
  await whileRefused(() => copyFile(from, to, constants.COPYFILE_FICLONE));
  await syncFile(to);
  return digestOf(to);
}

/**
 * Copies a till's data as it lies there while nobody works on it: a database with its log, the heads of its journal, its
 * sealed keys. The mark is written last, so what a crash leaves without one is nothing. Throws what the disk says.
 */
export async function putAside(
  data: DataPlaces,
  versions: Pick<Mark, 'from' | 'to'>,
  random: Pick<Random, 'uuid'>,
): Promise<Mark> {
  const { folder } = data;
  const aside = asideFolder(folder);
  await removeAside(folder);
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const live = databaseFile(liveFolder(folder));
  const rows = existsSync(live) ? journalRows(live) : 0;
  const files: AsideFile[] = [];
  for (const { path, ...file } of namedFiles(data))
    files.push({ ...file, kept: await copied(path, asidePath(folder, file)) });
  await writeNotes(folder);
  await syncFolder(aside);
  await syncFolder(dirname(aside));
  const mark = { ...versions, rows, files };
  await writeFileAtomically(markFile(folder), markText(mark), random.uuid());
  return mark;
}
