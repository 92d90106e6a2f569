import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished, vi } from 'vitest';
import { timeoutMs } from '../../support/electron-app.ts';

// A packaged program is driven by its page alone: its fuses keep out what else drives a main process. A build for tests
// takes a debugger of the page; a release takes none.

const nobody = 65_534;

export interface InstalledApp {
  readonly page: Page;
  readonly home: string;
  readonly process: ChildProcess;
  said(): string;
  /** Ends it as the window's close button would, and gives its exit code. */
  close(): Promise<number | null>;
}

const pids = (): readonly string[] => readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));

export const giveToNobody = (path: string): void => chownSync(path, nobody, nobody);

/** The environment of a process; empty where it is gone since. */
function environOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/**
 * All that runs with this home or out of it, whatever has started it: a till that started itself anew, its keyring.
 * Chromium writes over the environment of some of its processes.
 */
const runningAt = (home: string): readonly number[] =>
  pids()
    .filter((pid) => environOf(pid).includes(`HOME=${home}`) || read(pid)?.executable.startsWith(`${home}/`))
    .map(Number);

/** A home for somebody without rights; with the test it goes, and all that runs there. */
export function homeOfNobody(): string {
  const home = mkdtempSync(join(tmpdir(), 'counterfoil-nobody-'));
  giveToNobody(home);
  onTestFinished(async () => {
    // What still writes there would leave a part of it behind.
    await vi.waitFor(
      () => {
        const running = runningAt(home);
        for (const pid of running) kill(pid);
        if (running.length > 0) throw new Error(`still running: ${running.join(', ')}`);
      },
      { timeout: timeoutMs },
    );
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return home;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** A command line that somebody without rights runs. */
export const asNobody = (...command: readonly string[]): readonly [string, readonly string[]] => [
  'setpriv',
  [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--', ...command],
];

/** What a program at somebody's home finds of that in its environment. */
export const environmentIn = (home: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home },
  ...{ XDG_STATE_HOME: home, XDG_RUNTIME_DIR: home, TMPDIR: home },
});

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Drives the page of a program by what listens at this address. */
async function drive(address: string): Promise<{ readonly page: Page; readonly browser: Browser }> {
  const browser = await chromium.connectOverCDP(address, { noDefaults: true });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('no page');
  const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: timeoutMs }));
  page.setDefaultTimeout(timeoutMs);
  return { page, browser };
}

/** Starts a program as somebody without rights; it ends with that home at the latest. */
export function spawnInstalled(
  executable: string,
  home: string,
  { args = ['--password-store=basic'], env = {} }: StartOptions = {},
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(...asNobody(executable, '--remote-debugging-port=0', '--disable-gpu', ...args), {
    env: { ...environmentIn(home), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts it, and resolves when its page is there. */
export async function startInstalled(
  executable: string,
  home: string,
  options: StartOptions = {},
): Promise<InstalledApp> {
  const child = spawnInstalled(executable, home, options);
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    const hear = (chunk: unknown) => {
      said += String(chunk);
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  const { page, browser } = await drive(await address);
  return {
    page,
    home,
    process: child,
    said: () => said,
    close: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : [child.exitCode];
      await page.evaluate(() => window.close());
      await browser.close();
      const [code] = await ended;
      return code as number | null;
    },
  };
}

/** Replacing a program takes its time. */
const _restartMs = 150_000;

/** Null where it is gone since. */
function read(pid: string): { readonly executable: string; readonly command: string } | null {
  try {
    return {
      executable: readlinkSync(`/proc/${pid}/exe`),
      command: readFileSync(`/proc/${pid}/cmdline`, 'latin1'),
    };
  } catch {
    return null;
  }
}

/** The processes that an executable of this name in this folder runs, as [pid, kind]; the first of all has no kind. */
export function processesOf(name: string, folder: string): readonly (readonly [pid: string, kind: string])[] {
  return pids().flatMap((pid) => {
    const found = read(pid);
    // Linux marks a program that was removed meanwhile behind its name.
    const executable = found?.executable.replace(/ \(deleted\)$/, '') ?? '';
    if (found === null || basename(executable) !== name || !executable.startsWith(`${folder}/`)) return [];
    return [[pid, /--type=([\w-]+)/.exec(found.command)?.[1] ?? ''] as const];
  });
}

/** Whether a process sees other processes than this one does, and may not make every system call. */
export const isConfined = (pid: string): boolean =>
  readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid') &&
  /^Seccomp:\s*2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
