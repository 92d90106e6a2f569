import { posix } from 'node:path';

/** Marks our own file, so that switching off removes no other. */
const OURS = 'X-Counterfoil-Autostart=true';

// Quoting by the Desktop Entry Specification, "The Exec key".
const quoted = (word: string): string =>
  `"${word.replace(/[\\"`$]/g, (special) => `\\${special}`)}"`.replaceAll('%', '%%');

/** Backslashes are doubled by the same specification, "Possible value types". */
const value = (text: string): string => text.replaceAll('\\', '\\\\').replace(/[\r\n]/g, ' ');

export interface Autostarted {
  readonly name: string;
  /** For an AppImage the file itself, not its mount. */
  readonly program: string;
  readonly args: readonly string[];
}

/** Starts a program at login on a Linux desktop. */
export const desktopEntry = ({ name, program, args }: Autostarted): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${value(name)}`,
    `Exec=${value([program, ...args].map(quoted).join(' '))}`,
    'Terminal=false',
    OURS,
    '',
  ].join('\n');

export const isOurEntry = (text: string): boolean => text.split('\n').includes(OURS);

/** By the Desktop Application Autostart Specification. */
export function autostartFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  const folder = posix.isAbsolute(configured) ? configured : posix.join(home, '.config');
  return posix.join(folder, 'autostart', 'counterfoil.desktop');
}
