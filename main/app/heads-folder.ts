import { createHash } from 'node:crypto';
import { existsSync, realpathSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const nameOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);

/** Resolves links, and the case of a drive's letter. */
function onePath(folder: string, platform: NodeJS.Platform): string {
  let path = resolve(folder);
  try {
    path = realpathSync.native(path);
  } catch {
    // The first start creates it.
  }
  return platform === 'win32' ? path.toLowerCase() : path;
}

/**
 * The folder of a data folder's checkpoint copies, by its canonical path: by another spelling none would be found, and
 * everything open would go to review. An older version's folder, by the path as written, is moved, unless this start
 * may change nothing.
 */
export function headsFolder(
  root: string,
  folder: string,
  {
    mayMove,
    platform = process.platform,
  }: { readonly mayMove: boolean; readonly platform?: NodeJS.Platform },
): string {
  const now = join(root, nameOf(onePath(folder, platform)));
  const before = join(root, nameOf(resolve(folder)));
  if (existsSync(now) || !existsSync(before)) return now;
  if (!mayMove) return before;
  try {
    renameSync(before, now);
    return now;
  } catch {
    return before;
  }
}
