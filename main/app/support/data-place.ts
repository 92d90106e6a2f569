import { posix, win32 } from 'node:path';
import type { DataPlace } from '../../../preload/contract/index.ts';

/**
 * Where a data folder must not lie: in what puts older copies back (OneDrive and its like), or on another machine (a share,
 * where SQLite's locks do not hold). Whether a profile roams no path tells.
 */
export type PlaceProblem = DataPlace;

export interface PlaceParts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const synchronisers =
  /^(onedrive( - .+)?|dropbox( \(.+\))?|google ?drive|my drive|icloud ?drive|mobile documents|nextcloud)$/i;

function isInside(folder: string, parent: string | undefined, platform: NodeJS.Platform): boolean {
  if (parent === undefined || parent === '') return false;
  const { relative, isAbsolute, sep } = platform === 'win32' ? win32 : posix;
  const way = relative(parent, folder);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** What is wrong with the place of a data folder, as far as its path tells; null where nothing is to be seen. */
export function placeProblem(folder: string, { platform, env }: PlaceParts): PlaceProblem | null {
  const isWindows = platform === 'win32';
  const inside = (name: string) => isInside(folder, env[name], platform);
  const steps = folder.split(isWindows ? /[\\/]/ : '/');
  if (['OneDrive', 'OneDriveCommercial', 'OneDriveConsumer'].some(inside)) return 'synchronised';
  if (steps.some((step) => synchronisers.test(step))) return 'synchronised';
  return isWindows && /^[\\/]{2}(?![?.][\\/])/.test(folder) ? 'network' : null;
}
