import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

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
 * everything open would go to review.
 */
export const headsFolder = (
  root: string,
  folder: string,
  platform: NodeJS.Platform = process.platform,
): string => join(root, createHash('sha256').update(onePath(folder, platform)).digest('hex').slice(0, 16));
