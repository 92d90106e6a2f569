import { createHash } from 'node:crypto';
import { existsSync, realpathSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const nameOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);

/** One path, however it is written: through a link, or with a drive's letter in either case. */
function onePath(folder: string, platform: NodeJS.Platform): string {
  let path = resolve(folder);
  try {
    path = realpathSync.native(path);
  } catch {
    // Not there yet: the first start makes it.
  }
  return platform === 'win32' ? path.toLowerCase() : path;
}

/**
 * Where the copy of a data folder's heads lies. A folder that was opened by another spelling of its path would find
 * none, and give every open entry to a manager. What an older version kept under the path as it was written is moved,
 * unless this start may change nothing.
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
