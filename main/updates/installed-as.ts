import { join, posix, win32 } from 'node:path';
import type { PackageKind } from './release-list.ts';

/** The installation, as far as this slice asks about it. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly executable: string;
  readonly resources: string;
  /** Null where there is no such file. */
  readonly read: (path: string) => string | null;
  readonly exists: (path: string) => boolean;
  /** With links resolved; the path itself where it does not exist. */
  readonly real: (path: string) => string;
}

/** The AppImage that was started; null where none was, for another program may have set the variables. */
export function startedAppImage({ env, executable, exists, real }: Place): string | null {
  const { APPIMAGE: file, APPDIR: folder } = env;
  if (file === undefined || folder === undefined || ![file, folder].every(posix.isAbsolute)) return null;
  return real(executable).startsWith(`${real(folder)}/`) && exists(file) ? file : null;
}

/** Starts the current version; lies in the folder of all versions. */
export const LAUNCHER = 'Counterfoil.exe';

/**
 * Windows' launcher, by which everything else names the program, since this version's folder goes some day;
 * null where this copy is not in a folder `app-…` beside one.
 */
export function launcherOf({ platform, executable, exists }: Place): string | null {
  if (platform !== 'win32') return null;
  const own = win32.dirname(executable);
  const launcher = win32.join(own, '..', LAUNCHER);
  // The pointer may be lost: an installed version has its own list.
  const known = [win32.join(own, '..', 'current'), win32.join(own, 'files.txt')];
  const isOneOfMany = /^app-./i.test(win32.basename(own)) && known.some(exists);
  return isOneOfMany && exists(launcher) ? launcher : null;
}

/** How the program was installed; null for a copy without an installer, which nothing can replace. */
export function installedAs(place: Place): PackageKind | null {
  const { platform, resources, read } = place;
  if (platform === 'linux') {
    if (startedAppImage(place) !== null) return 'appimage';
    return read(join(resources, 'package-type'))?.trim() === 'deb' ? 'deb' : null;
  }
  if (platform === 'win32') return launcherOf(place) === null ? null : 'nsis';
  return platform === 'darwin' && resources.includes('.app/Contents/') ? 'mac-zip' : null;
}

/** What starts the program next time, where it is not the running file. */
export const startedBy = (place: Place): string | null => startedAppImage(place) ?? launcherOf(place);
