import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron, type CDPSession, type ElectronApplication, type Page } from 'playwright-core';
import { buildApp, root, scratch } from './build.ts';
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

const patienceMs = 20_000;

export interface OpenApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** The developer's door into the page, for what no page can do: switching its policy off. */
  readonly cdp: CDPSession;
  readonly folder: string;
  log(): string;
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
    timer = setTimeout(() => reject(new Error(`${what}: no end in ${patienceMs} ms`)), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Builds, starts, and opens the practice store, so that there is a till to attack. */
export async function openApp({
  undone = [],
  args = [],
  practice = true,
  launch,
}: OpenOptions = {}): Promise<OpenApp> {
  const app = await buildApp(undone);
  const folder = scratch('data');
  chmodSync(folder, 0o777);
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
  const pid = await electron.evaluate(() => process.pid);
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
    // By force: nothing is left to be saved, and a debugged Electron does not always end by itself.
    close: async () => {
      const closed = new Promise<void>((resolve) => electron.once('close', () => resolve()));
      process.kill(pid, 'SIGKILL');
      await within('the end', closed);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      rmSync(app, { recursive: true, force: true });
    },
  };
}
