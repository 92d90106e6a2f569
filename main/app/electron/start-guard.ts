/**
 * Decides, before anything opens, whether the program was started in a way that would let somebody
 * else drive it or read its traffic. Pure: the shell below it acts.
 */

const debuggingSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'inspect-publish-uid',
  'inspect-wait',
  'debug',
  'debug-brk',
  'debug-port',
] as const;

const weakeningSwitches = [
  'disable-web-security',
  'allow-running-insecure-content',
  'enable-blink-features',
  'enable-experimental-web-platform-features',
  'ignore-certificate-errors',
  'js-flags',
] as const;

const refusedSwitches: readonly string[] = [...debuggingSwitches, ...weakeningSwitches];

/** An AppImage adds the first by itself where the system forbids its sandbox; nobody would hear of it. */
const sandboxSwitches: readonly string[] = ['no-sandbox', 'disable-gpu-sandbox', 'disable-setuid-sandbox'];

export interface Start {
  /** The command line without the executable. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly name: string;
  readonly version: string;
  /** Started as root, where there is no sandbox to enter. */
  readonly isRoot: boolean;
}

/** Built for tests, with a substitute runtime; never published. */
export const isSubstituteBuild = (name: string, version: string): boolean =>
  name.endsWith('-substitute') || version.endsWith('-substitute');

/** What takes a release's rules: it is packaged and not built for tests. */
export const isRelease = (start: Pick<Start, 'packaged' | 'name' | 'version'>): boolean =>
  start.packaged && !isSubstituteBuild(start.name, start.version);

// Chromium takes one hyphen for two, and on Windows a slash and any case.
function switchName(argument: string, platform: NodeJS.Platform): string | null {
  const prefix = platform === 'win32' ? /^(?:--|-|\/)([^=]+)/ : /^(?:--|-)([^=]+)/;
  return prefix.exec(argument)?.[1]?.toLowerCase() ?? null;
}

/**
 * Why the program must not start, as words for the person at the command line, or null. Certificate
 * checks cannot be switched off in any build; debugging and weaker web rules not in a release.
 */
export function startProblem(start: Start): string | null {
  if (!['', '1', undefined].includes(start.env['NODE_TLS_REJECT_UNAUTHORIZED'])) {
    return 'NODE_TLS_REJECT_UNAUTHORIZED switches off certificate checks. Remove it and start again.';
  }
  if (!isRelease(start)) return null;
  for (const argument of start.argv) {
    const name = switchName(argument, start.platform);
    if (name === null) continue;
    if (refusedSwitches.includes(name)) return `A release does not take --${name}. Start it without.`;
    if (!start.isRoot && sandboxSwitches.includes(name))
      return (
        `A release does not start without its sandbox (--${name}). An AppImage asks for that by itself where this ` +
        'system lets it make none: install the deb instead. Nothing was opened or changed.'
      );
  }
  return null;
}

interface StartingApp {
  readonly isPackaged: boolean;
  readonly commandLine: { hasSwitch(name: string): boolean };
  getName(): string;
  getVersion(): string;
  exit(code: number): void;
  enableSandbox(): void;
}

/**
 * Call first of all, before `ready`: false means that the program is ending, do nothing more. Also
 * puts every renderer into the sandbox. As root on Linux there is no sandbox to enter: Chromium then
 * wants --no-sandbox, and both together loop in crashes.
 */
export function guardStart(
  app: StartingApp,
  surroundings: {
    readonly argv: readonly string[];
    readonly env: NodeJS.ProcessEnv;
    readonly platform: NodeJS.Platform;
    readonly isRoot: boolean;
    readonly say: (words: string) => void;
  },
): boolean {
  const start = {
    packaged: app.isPackaged,
    name: app.getName(),
    version: app.getVersion(),
    isRoot: surroundings.isRoot,
  };
  const chromiumSaw = [...refusedSwitches, ...sandboxSwitches].filter((name) =>
    app.commandLine.hasSwitch(name),
  );
  const problem = startProblem({
    ...start,
    argv: [...surroundings.argv, ...chromiumSaw.map((name) => `--${name}`)],
    env: surroundings.env,
    platform: surroundings.platform,
  });
  if (problem !== null) {
    surroundings.say(`${app.getName()}: ${problem}`);
    app.exit(2);
    return false;
  }
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  return true;
}
