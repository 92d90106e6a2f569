/**
 * Whether the program was started so that others could drive it or read its traffic; decided before anything opens.
 * Pure but for `guardStart`.
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

/** An AppImage adds the first by itself where the system forbids its sandbox, unnoticed. */
const sandboxSwitches: readonly string[] = ['no-sandbox', 'disable-gpu-sandbox', 'disable-setuid-sandbox'];

export interface Start {
  /** Without the executable. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly name: string;
  readonly version: string;
  /** As root there is no sandbox. */
  readonly isRoot: boolean;
}

/** A test build with the substitute runtime, never published. */
export const isSubstituteBuild = (name: string, version: string): boolean =>
  name.endsWith('-substitute') || version.endsWith('-substitute');

/** Packaged, and no test build. */
export const isRelease = (start: Pick<Start, 'packaged' | 'name' | 'version'>): boolean =>
  start.packaged && !isSubstituteBuild(start.name, start.version);

// Chromium takes one hyphen for two, on Windows also a slash and any case.
function switchName(argument: string, platform: NodeJS.Platform): string | null {
  const prefix = platform === 'win32' ? /^(?:--|-|\/)([^=]+)/ : /^(?:--|-)([^=]+)/;
  return prefix.exec(argument)?.[1]?.toLowerCase() ?? null;
}

/**
 * Why the program must not start, in words for the command line; null where it may. No build may switch off certificate
 * checks, no release allows debugging or weaker web security.
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
 * Call it first, before `ready`: false means that the program is ending. Also sandboxes every renderer, except as root
 * on Linux: Chromium then requires --no-sandbox, and both together crash in a loop.
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
