import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile, renameFile, syncFile, syncFolder } from '../../kernel/atomic-file.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { AsideFile } from './mark.ts';
import { asidePath, type DataPlaces, digestOf, placeOf } from './put-aside.ts';

type Kept = AsideFile & { readonly kept: NonNullable<AsideFile['kept']> };

const isKept = (file: AsideFile): file is Kept => file.kept !== null;

async function isWhole(path: string, { kept }: Kept): Promise<boolean> {
  if (!existsSync(path)) return false;
  const found = await digestOf(path);
  return found.bytes === kept.bytes && found.sha512 === kept.sha512;
}

/** What a put-back that did not come to its end has moved already lies in its place. */
async function stillAside(data: DataPlaces, file: Kept, target: string): Promise<boolean> {
  const aside = asidePath(data.folder, file);
  if (await isWhole(aside, file)) return true;
  if (!existsSync(aside) && (await isWhole(target, file))) return false;
  throw new Error(`${file.place} ${file.name} is not what was put aside`);
}

/** A name alone changes, which a full disk takes too; only what lies on another disk is copied. */
async function move(from: string, to: string): Promise<void> {
  try {
    await renameFile(from, to);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EXDEV') throw thrown;
    const part = `${to}.part`;
    await whileRefused(() => copyFile(from, part));
    await syncFile(part);
    await renameFile(part, to);
  }
}

const targetOf = (data: DataPlaces, { place, name }: AsideFile): string => join(placeOf(data, place), name);

/**
 * Puts a till's data back as it was put aside, while nobody works on it. All of it is looked at before anything is
 * touched. Whatever moment it is killed at, the mark is there still, and doing it again ends the same. Throws where it
 * cannot be done; then it is not done by halves, as far as it was possible to know.
 */
export async function putBack(data: DataPlaces, files: readonly AsideFile[]): Promise<void> {
  const moves: { from: string; to: string }[] = [];
  for (const file of files.filter(isKept)) {
    const to = targetOf(data, file);
    if (await stillAside(data, file, to)) moves.push({ from: asidePath(data.folder, file), to });
  }
  // A log of another database would be read into the one that comes: it goes first, and so does what only readers made.
  const logs = moves.map(({ to }) => to).filter((to) => to.endsWith('-wal'));
  const absent = files.filter(({ kept }) => kept === null).map((file) => targetOf(data, file));
  const shared = [liveFolder, practiceFolder].map((of) => `${databaseFile(of(data.folder))}-shm`);
  for (const path of [...logs, ...absent, ...shared]) await removeFile(path);
  const folders = [...new Set(files.map(({ place }) => placeOf(data, place)))];
  for (const folder of folders) if (existsSync(folder)) await syncFolder(folder);
  for (const { from, to } of moves) {
    await mkdir(join(to, '..'), { recursive: true, mode: 0o700 });
    await move(from, to);
  }
  for (const folder of folders) if (existsSync(folder)) await syncFolder(folder);
}
