import { join, posix, win32 } from 'node:path';
import type { PackageKind } from './release-list.ts';

/** What this room asks of the place where the program lies. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly executable: string;
  readonly resources: string;
  /** Null where there is no such file. */
  readonly read: (path: string) => string | null;
  readonly exists: (path: string) => boolean;
  /** Where a path leads when links are followed; itself where it leads nowhere. */
  readonly real: (path: string) => string;
}

/** The AppImage that was started; null where none was: another program may have left its own in the environment. */
export function startedAppImage({ env, executable, exists, real }: Place): string | null {
  const { APPIMAGE: file, APPDIR: folder } = env;
  if (file === undefined || folder === undefined || ![file, folder].every(posix.isAbsolute)) return null;
  return real(executable).startsWith(`${real(folder)}/`) && exists(file) ? file : null;
}

/** What starts the version that is in place, in the folder that all versions lie in. */
export const LAUNCHER = 'Counterfoil.exe';

/**
 * Where Windows' launcher lies, which starts whatever version is in place; null where this copy lies in no folder
 * `app-…` beside one. All else that names the program goes by it: this version's own folder goes some day.
 */
export function launcherOf({ platform, executable, exists }: Place): string | null {
  if (platform !== 'win32') return null;
  const own = win32.dirname(executable);
  const launcher = win32.join(own, '..', LAUNCHER);
  // The pointer may be lost: a version that the installer has put there has its list.
  const known = [win32.join(own, '..', 'current'), win32.join(own, 'files.txt')];
  const isOneOfMany = /^app-./i.test(win32.basename(own)) && known.some(exists);
  return isOneOfMany && exists(launcher) ? launcher : null;
}

/** How the program came onto this PC; null for a copy that no installer made: nobody knows what would replace it. */
export function installedAs(place: Place): PackageKind | null {
  const { platform, resources, read } = place;
  if (platform === 'linux') {
    if (startedAppImage(place) !== null) return 'appimage';
    return read(join(resources, 'package-type'))?.trim() === 'deb' ? 'deb' : null;
  }
  if (platform === 'win32') return launcherOf(place) === null ? null : 'nsis';
  return platform === 'darwin' && resources.includes('.app/Contents/') ? 'mac-zip' : null;
}

/** What starts the program at its next start, where that is not the file that runs now. */
export const startedBy = (place: Place): string | null => startedAppImage(place) ?? launcherOf(place);
