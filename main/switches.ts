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

export function readSwitches(argv: readonly string[]): Switches {
  return {
    userDataDir: switchValue(argv, 'user-data-dir'),
    provision: switchValue(argv, 'provision'),
    verify: argv.includes('--verify'),
    exportTo: switchValue(argv, 'export'),
  };
}
