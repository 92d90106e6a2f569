import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron, type CDPSession, type ElectronApplication, type Page } from 'playwright-core';
import { projectRoot as root } from '../../../faults/source-index.ts';
import { mainPid } from '../../../support/electron-app.ts';
import { buildApp, scratch } from './build.ts';
import type { Undone } from './doors.ts';

export interface Launch {
  readonly kind: 'official' | 'substitute';
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface Scripts {
  findElectron(): Promise<Pick<Launch, 'kind' | 'executable'>>;
  machineSwitches(env: NodeJS.ProcessEnv): string[];
}

/** As the scripts start an app folder on this machine. */
export async function launchOnThisMachine(app: string): Promise<Launch> {
  const scripts = (await import(pathToFileURL(join(root, 'scripts/lib/runtime.mjs')).href)) as Scripts;
  const found = await scripts.findElectron();
  return { ...found, args: [app, ...scripts.machineSwitches(process.env)], env: {} };
}

const timeoutMs = 20_000;

export interface OpenApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** The developer's door into the page, for what no page can do: switching its policy off. */
  readonly cdp: CDPSession;
  readonly folder: string;
  log(): string;
  /** Runs a command of the same program on the same data to its end. */
  command(...args: readonly string[]): Promise<void>;
  /** Ends it by force, and opens it again on the same data. */
  again(): Promise<OpenApp>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** What the app lacks. */
  readonly undone?: readonly Undone[];
  readonly args?: readonly string[];
  /** False leaves it as it starts. */
  readonly practice?: boolean;
  /** Changes how it is started, e.g. as another user. */
  readonly launch?: (launch: Launch, app: string) => Launch & { readonly chromiumSandbox?: boolean };
}

/** The same promise, which names itself where it does not end: a hang would only say "timed out". */
export function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no end in ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Builds, starts, and opens the practice store, so that there is a till to attack. */
export async function openApp(options: OpenOptions = {}): Promise<OpenApp> {
  const app = await buildApp(options.undone ?? []);
  const folder = scratch('data');
  chmodSync(folder, 0o777);
  return startOn(app, folder, options);
}

/** A command, which needs no window and no driver. */
async function runCommand(launch: Launch, args: readonly string[]): Promise<void> {
  const child = spawn(launch.executable, [...launch.args, ...args], {
    env: { ...process.env, ...launch.env },
    stdio: 'ignore',
  });
  const [code] = (await within('the command', once(child, 'exit'))) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
}

async function startOn(app: string, folder: string, options: OpenOptions): Promise<OpenApp> {
  const { args = [], practice = true, launch } = options;
  const usual = await launchOnThisMachine(app);
  const started = launch?.(usual, app) ?? usual;
  const electron = await within(
    'the start',
    _electron.launch({
      executablePath: started.executable,
      args: [...started.args, `--user-data-dir=${folder}`, ...args],
      env: { ...process.env, ...started.env } as Record<string, string>,
      chromiumSandbox: 'chromiumSandbox' in started && started.chromiumSandbox === true,
    }),
  );
  const pid = await mainPid(electron);
  const end = async () => {
    const closed = new Promise<void>((resolve) => electron.once('close', () => resolve()));
    process.kill(pid, 'SIGKILL');
    await within('the end', closed);
  };
  const page = await within('the window', electron.firstWindow());
  await within('the page', page.waitForLoadState('load'));
  if (practice) {
    await within(
      'the practice store',
      page.evaluate(() => window.till?.setupOpenPractice({})),
    );
  }
  return {
    electron,
    page,
    cdp: await within('the debugger', electron.context().newCDPSession(page)),
    folder,
    log: () => readFileSync(join(folder, 'logs', 'till.log'), 'utf8'),
    command: (...command) => runCommand(started, ['--not-held', `--user-data-dir=${folder}`, ...command]),
    again: async () => {
      await end();
      return startOn(app, folder, options);
    },
    // By force: nothing is left to be saved, and a debugged Electron does not always end by itself.
    close: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      rmSync(app, { recursive: true, force: true });
    },
  };
}
