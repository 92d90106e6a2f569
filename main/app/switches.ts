/** What the program was asked to do on its command line. */
export interface Switches {
  readonly userDataDir: string | null;
  readonly provision: string | null;
  /** What a provisioning file would come to; nothing is changed. */
  readonly dryRun: boolean;
  /** Ends when the provisioning file is imported, without a window. */
  readonly noWindow: boolean;
  readonly kiosk: boolean;
  readonly verify: boolean;
  readonly unsent: boolean;
  readonly exportTo: string | null;
  readonly readBlackBox: string | null;
  readonly diagnosticsTo: string | null;
  /** A copy of a till's data, made by the program that this one is to replace. */
  readonly rehearse: string | null;
  /** A till's data, which the program that this one is to replace has put aside. */
  readonly trial: string | null;
  /** Looks, before this program is in place, whether it can be: on a copy of the till's data, whoever is open on that. */
  readonly prove: boolean;
  /** Asks the program that is open on this data to end. */
  readonly quit: boolean;
}

/** Whether something is to be told or written, without a window. */
export const isCommand = (switches: Switches): boolean => {
  const { dryRun, verify, unsent, prove, exportTo, readBlackBox, diagnosticsTo, rehearse, trial } = switches;
  return (
    [dryRun, verify, unsent, prove].includes(true) ||
    [exportTo, readBlackBox, diagnosticsTo, rehearse, trial].some((file) => file !== null)
  );
};

const switchValue = (argv: readonly string[], name: string): string | null => {
  const found = argv.find((argument) => argument.startsWith(`--${name}=`));
  return found === undefined ? null : found.slice(name.length + 3);
};

const withFile = [
  '--user-data-dir',
  '--provision',
  '--export',
  '--diagnostics',
  '--read-black-box',
  '--rehearse',
  '--trial',
];
const alone = ['--verify', '--unsent', '--prove', '--quit', '--kiosk', '--dry-run', '--no-window'];
const withProvision = ['--dry-run', '--no-window'];
const names = [...withFile, ...alone];

/** How many letters must be put in, taken out or changed to make the one into the other. */
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

/** The switch of ours that a mistyped one was meant to be. Electron has many of its own: those are far from ours. */
const meant = (name: string): string | undefined =>
  names.find((known) => known !== name && lettersApart(name.toLowerCase(), known) <= 2);

/** A switch of ours that is written in a way that means nothing; in words, or null. */
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
  // The system's own files of the profile are written beside it.
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
    exportTo: switchValue(argv, 'export'),
    diagnosticsTo: switchValue(argv, 'diagnostics'),
    readBlackBox: switchValue(argv, 'read-black-box'),
    rehearse: switchValue(argv, 'rehearse'),
    trial: switchValue(argv, 'trial'),
    prove: argv.includes('--prove'),
    quit: argv.includes('--quit'),
  };
}
