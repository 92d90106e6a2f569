import { dirname, isAbsolute, join, sep } from 'node:path';
import type { PackageKind } from './release-list.ts';

/** What this room asks of the place where the program lies. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly executable: string;
  readonly resources: string;
  readonly appName: string;
  /** Null where there is no such file. */
  readonly read: (path: string) => string | null;
  readonly exists: (path: string) => boolean;
  /** Where a path leads when links are followed; itself where it leads nowhere. */
  readonly real: (path: string) => string;
}

/** The AppImage that was started; null where none was: another program may have left its own in the environment. */
export function startedAppImage({ env, executable, exists, real }: Place): string | null {
  const { APPIMAGE: file, APPDIR: folder } = env;
  if (file === undefined || folder === undefined || !isAbsolute(file) || !isAbsolute(folder)) return null;
  return real(executable).startsWith(real(folder) + sep) && exists(file) ? file : null;
}

/** How the program came onto this PC; null for a copy that no installer made: nobody knows what would replace it. */
export function installedAs(place: Place): PackageKind | null {
  const { platform, executable, resources, appName, read, exists } = place;
  if (platform === 'linux') {
    if (startedAppImage(place) !== null) return 'appimage';
    return read(join(resources, 'package-type'))?.trim() === 'deb' ? 'deb' : null;
  }
  if (platform === 'win32') {
    return exists(join(dirname(executable), `Uninstall ${appName}.exe`)) ? 'nsis' : null;
  }
  return platform === 'darwin' && resources.includes('.app/Contents/') ? 'mac-zip' : null;
}
