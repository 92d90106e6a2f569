/** What the program was asked to do on its command line. */
export interface Switches {
  readonly userDataDir: string | null;
  readonly provision: string | null;
  readonly verify: boolean;
  readonly exportTo: string | null;
}

const switchValue = (argv: readonly string[], name: string): string | null => {
  const found = argv.find((argument) => argument.startsWith(`--${name}=`));
  return found === undefined ? null : found.slice(name.length + 3);
};

/** A switch of ours that is written in a way that means nothing; in words, or null. */
export function switchProblem(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const [name = '', ...rest] = argument.split('=');
    const takesFile = name === '--export' || name === '--provision' || name === '--user-data-dir';
    if (takesFile && rest.join('=') === '') return `${name} needs a value: ${name}=…`;
    if (name === '--verify' && rest.length > 0) return '--verify takes no value.';
  }
  return null;
}

export function readSwitches(argv: readonly string[]): Switches {
  return {
    userDataDir: switchValue(argv, 'user-data-dir'),
    provision: switchValue(argv, 'provision'),
    verify: argv.includes('--verify'),
    exportTo: switchValue(argv, 'export'),
  };
}
