import { posix } from 'node:path';

/** Written by this program and by nobody else, so that whoever switches it off takes away only what is ours. */
const OURS = 'X-Counterfoil-Autostart=true';

// What a shell would read into a word in quotation marks, by the Desktop Entry Specification, "The Exec key".
const quoted = (word: string): string =>
  `"${word.replace(/[\\"`$]/g, (special) => `\\${special}`)}"`.replaceAll('%', '%%');

/** A backslash of a value is written twice, by the same specification, "Possible value types". */
const value = (text: string): string => text.replaceAll('\\', '\\\\').replace(/[\r\n]/g, ' ');

export interface Autostarted {
  readonly name: string;
  /** What is started; of an AppImage the file itself, not what it has unpacked. */
  readonly program: string;
  readonly args: readonly string[];
}

/** What a Linux desktop starts a program by when somebody logs in. */
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

/** Where it lies, by the Desktop Application Autostart Specification. */
export function autostartFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  const folder = posix.isAbsolute(configured) ? configured : posix.join(home, '.config');
  return posix.join(folder, 'autostart', 'counterfoil.desktop');
}
