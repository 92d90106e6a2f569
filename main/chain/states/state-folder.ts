import { lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { isMissing } from '../../kernel/held-file.ts';

// The chain's folder has a folder of states and one of Zs. Each of them may have been put there by whoever has it.

export type PartOfFolder = 'states' | 'zs';

const failed = (code: string): Error => Object.assign(new Error(code), { code });

async function mustBeFolder(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) throw failed('ELOOP');
  if (!found.isDirectory()) throw failed('ENOTDIR');
}

/** The part's path, made where it is missing; the chain's folder itself is not. Rejects where it cannot be, or is a link. */
export async function partOf(folder: string, part: PartOfFolder): Promise<string> {
  await mustBeFolder(folder);
  const path = join(folder, part);
  await mustBeFolder(path).catch(async (thrown: unknown) => {
    if (!isMissing(thrown)) throw thrown;
    // Another till may make it at this very moment.
    await mkdir(path).catch(() => mustBeFolder(path));
  });
  return path;
}

/** The part's names that are wanted, of the first `most`; none where it is missing. */
export async function namesIn(
  folder: string,
  part: PartOfFolder,
  { most, isWanted }: { readonly most: number; readonly isWanted: (name: string) => boolean },
): Promise<readonly string[]> {
  await mustBeFolder(folder);
  const path = join(folder, part);
  try {
    await mustBeFolder(path);
    // Names alone: where a share does not say what each of them is, `opendir` asks it on main's thread, and waits.
    return (await readdir(path)).slice(0, most).filter(isWanted);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

/** Why work in the folder failed, as the chain's card says it. */
export function folderFailure(thrown: unknown): AppError {
  const { code = 'unknown' } = thrown as NodeJS.ErrnoException;
  if (code === 'ETIMEDOUT') return appError('chain-folder-hangs');
  return isMissing(thrown) ? appError('chain-folder-gone') : appError('chain-not-written', { system: code });
}
