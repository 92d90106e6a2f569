import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';

const root = resolve(import.meta.dirname, '../..');

const heldApp = join(import.meta.dirname, 'held-app');

/** How long one wait for the window may take before it is a failure. */
export const timeoutMs = 45_000;

interface Launch {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

let known: Launch | null = null;

/** How to start the built app on this machine; asked once a test file. */
export function launchDescription(): Launch {
  known ??= JSON.parse(
    execFileSync('npm', ['run', '-s', 'electron:where'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    }),
  ) as Launch;
  return known;
}

const environment = (): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  ...launchDescription().env,
  TZ: storeTimeZone,
});

/** A folder that goes with the running test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-window-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export interface OpenApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
  /** What the page complained of: errors, and everything that the content policy refused. */
  readonly complaints: readonly string[];
  /** SIGKILL to the main process itself: nothing is finished, nothing closed in order. */
  kill(): Promise<void>;
  /** Ends the program in order. */
  close(): Promise<void>;
  /** Resolves when it has ended, by whatever. */
  untilEnded(): Promise<void>;
  resize(width: number, height: number): Promise<void>;
}

/** A clock that the app goes by in place of the machine's. */
export interface AppClock {
  /** By how much it is ahead of the machine's. */
  aheadMs(): number;
  /** The app is open and goes with the clock from now on. */
  hold(open: Pick<OpenApp, 'app' | 'page'>): Promise<void>;
}

export interface OpenOptions {
  readonly folder?: string;
  readonly args?: readonly string[];
  readonly clock?: AppClock;
  /** Beside what the machine has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that a test has killed itself may be gone before the driver says so. */
function killWhatIsThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

/** So often the driver is asked anew; what loses an answer is over within a second. */
const MOST_QUESTIONS = 20;

/** The driver's first questions sometimes lose their answers while the program reads its code; they are asked again. */
export async function mainPid(app: ElectronApplication, asked = 1): Promise<number> {
  try {
    return await app.evaluate(() => process.pid);
  } catch (thrown) {
    const isLost = String(thrown).includes('promise was garbage collected');
    if (!isLost || asked === MOST_QUESTIONS) throw thrown;
    return mainPid(app, asked + 1);
  }
}

/** Opens the built app in a real window on a folder of its own, and takes it away with the test. */
export async function openApp({
  folder = testFolder(),
  args = [],
  clock,
  env = {},
}: OpenOptions = {}): Promise<OpenApp> {
  const launch = launchDescription();
  const app = await _electron.launch({
    executablePath: launch.executable,
    args: [...launch.args.map((arg) => (arg === root ? heldApp : arg)), `--user-data-dir=${folder}`, ...args],
    env: {
      ...environment(),
      ...env,
      ...(clock === undefined ? {} : { COUNTERFOIL_AHEAD_MS: String(clock.aheadMs()) }),
    },
    timeout: 30_000,
  });
  const pid = await mainPid(app);
  let gone = false;
  const closed = new Promise<void>((done) =>
    app.once('close', () => {
      gone = true;
      done();
    }),
  );
  const exited = new Promise<void>((done) => app.process().once('exit', () => done()));
  const kill = async () => {
    if (!gone) killWhatIsThere(pid);
    await closed;
  };
  onTestFinished(kill);
  const page = await app.firstWindow();
  page.setDefaultTimeout(timeoutMs);
  await clock?.hold({ app, page });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return {
    app,
    page,
    folder,
    complaints,
    kill,
    untilEnded: async () => {
      await closed;
      await exited;
    },
    close: async () => {
      await app.close();
      await closed;
    },
    resize: async (width, height) => {
      await app.evaluate(
        ({ BrowserWindow }, size) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      );
      await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
        width,
        height,
      });
    },
  };
}

/**
 * Writes a provisioning file for a store, as whoever installs PCs would. How a member pays is asked where a test is about
 * that (`policy.tenders`): anywhere else it would be one press more.
 */
export function provisioningFile(
  store: PracticeStore,
  change: Readonly<Record<string, unknown>> = {},
): string {
  const file = join(testFolder(), 'provisioning.json');
  const provisioning = {
    host: store.baseUrl,
    appId: store.appId,
    appKey: store.appKey,
    tillName: 'Counter 1',
    storeTimeZone,
    currency: 'SGD',
    language: 'en',
    ...change,
    policy: { tenders: [], ...(change['policy'] as object | undefined) },
  };
  writeFileSync(file, JSON.stringify(provisioning));
  return file;
}

/** A till that is provisioned to the store, its window open. */
export const openTill = (
  store: PracticeStore,
  change: Readonly<Record<string, unknown>> = {},
  options: OpenOptions = {},
): Promise<OpenApp> =>
  openApp({ ...options, args: [`--provision=${provisioningFile(store, change)}`, ...(options.args ?? [])] });

export interface ProcessEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built app as a process and waits for its end; for what needs no window. */
export async function runApp(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessEnd> {
  const launch = launchDescription();
  const child = spawn(launch.executable, [...launch.args, `--user-data-dir=${folder}`, ...args], {
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  onTestFinished(() => void child.kill('SIGKILL'));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Every file below a folder, with what it holds. */
export function* filesIn(folder: string): Generator<{ readonly path: string; readonly bytes: Buffer }> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) yield* filesIn(path);
    else if (stat?.isFile()) yield { path, bytes: readFileSync(path) };
  }
}
