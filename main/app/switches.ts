/** The program's command line. */
export interface Switches {
  readonly userDataDir: string | null;
  readonly provision: string | null;
  /** Reports what a provisioning file would do. */
  readonly dryRun: boolean;
  /** Imports a provisioning file without a window. */
  readonly noWindow: boolean;
  readonly kiosk: boolean;
  readonly verify: boolean;
  readonly unsent: boolean;
  readonly status: boolean;
  readonly exportTo: string | null;
  readonly diagnosticsTo: string | null;
  /** A copy of a till's data, made by the program to be replaced. */
  readonly rehearse: string | null;
  /** A till's data, of which the program to be replaced has a snapshot. */
  readonly trial: string | null;
  /** Checks on a copy of the till's data whether this program could be installed. */
  readonly prove: boolean;
  /** Asks the running program to end. */
  readonly quit: boolean;
}

/** A task without a window that only reads or writes files. */
export const isCommand = (switches: Switches): boolean => {
  const { dryRun, verify, unsent, status, prove, exportTo, diagnosticsTo, rehearse, trial } = switches;
  return (
    [dryRun, verify, unsent, status, prove].includes(true) ||
    [exportTo, diagnosticsTo, rehearse, trial].some((file) => file !== null)
  );
};

const switchValue = (argv: readonly string[], name: string): string | null => {
  const found = argv.find((argument) => argument.startsWith(`--${name}=`));
  return found === undefined ? null : found.slice(name.length + 3);
};

const withFile = ['--user-data-dir', '--provision', '--export', '--diagnostics', '--rehearse', '--trial'];
const alone = [
  '--verify',
  '--unsent',
  '--status',
  '--prove',
  '--quit',
  '--kiosk',
  '--dry-run',
  '--no-window',
];
const withProvision = ['--dry-run', '--no-window'];
const names = [...withFile, ...alone];

/** The edit distance. */
function lettersApart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, letter] of one.split('').entries()) {
    const next = [index + 1];
    for (const [at, otherLetter] of other.split('').entries()) {
      const changed = (row[at] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Finds a mistyped switch of ours; Electron's own are far from them. */
const meant = (name: string): string | undefined =>
  names.find((known) => known !== name && lettersApart(name.toLowerCase(), known) <= 2);

/** A misused switch, in words; null where there is none. */
export function switchProblem(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const [name = '', ...rest] = argument.split('=');
    if (withFile.includes(name) && rest.join('=') === '') return `${name} needs a value: ${name}=…`;
    const known = name.startsWith('-') ? meant(name) : undefined;
    if (known !== undefined) return `${name} is not known. Was ${known} meant?`;
    if (withProvision.includes(name) && switchValue(argv, 'provision') === null)
      return `${name} needs --provision=FILE.`;
    if (alone.includes(name) && rest.length > 0) return `${name} takes no value.`;
  }
  // The profile's own files would be written into the data folder.
  const { rehearse, trial, userDataDir } = readSwitches(argv);
  if (userDataDir !== null) return null;
  if (rehearse !== null) return '--rehearse needs a --user-data-dir of its own.';
  return trial === null ? null : '--trial needs a --user-data-dir of its own.';
}

export function readSwitches(argv: readonly string[]): Switches {
  return {
    userDataDir: switchValue(argv, 'user-data-dir'),
    provision: switchValue(argv, 'provision'),
    dryRun: argv.includes('--dry-run'),
    noWindow: argv.includes('--no-window'),
    kiosk: argv.includes('--kiosk'),
    verify: argv.includes('--verify'),
    unsent: argv.includes('--unsent'),
    status: argv.includes('--status'),
    exportTo: switchValue(argv, 'export'),
    diagnosticsTo: switchValue(argv, 'diagnostics'),
    rehearse: switchValue(argv, 'rehearse'),
    trial: switchValue(argv, 'trial'),
    prove: argv.includes('--prove'),
    quit: argv.includes('--quit'),
  };
}
