import { posix, win32 } from 'node:path';
import type { DataPlace } from '../../../preload/contract/index.ts';

/**
 * An unsafe data folder: one that is synchronised (OneDrive and others), which may bring back older files, or a network
 * share, where SQLite's locks do not hold. A roaming profile cannot be recognised by path.
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

/** By the path alone; null where nothing is wrong. */
export function placeProblem(folder: string, { platform, env }: PlaceParts): PlaceProblem | null {
  const isWindows = platform === 'win32';
  const inside = (name: string) => isInside(folder, env[name], platform);
  const steps = folder.split(isWindows ? /[\\/]/ : '/');
  if (['OneDrive', 'OneDriveCommercial', 'OneDriveConsumer'].some(inside)) return 'synchronised';
  if (steps.some((step) => synchronisers.test(step))) return 'synchronised';
  return isWindows && /^[\\/]{2}(?![?.][\\/])/.test(folder) ? 'network' : null;
}
