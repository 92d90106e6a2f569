import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { patienceMs } from '../../support/electron-app.ts';

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

/** A home for somebody without rights, which stays until the test is over. */
export function homeOfNobody(): string {
  const home = mkdtempSync(join(tmpdir(), 'counterfoil-nobody-'));
  chmodSync(home, 0o777);
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

/** Starts a program as somebody without rights, and resolves when its page is there. */
export async function startInstalled(executable: string, home: string): Promise<InstalledApp> {
  const asNobody = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'];
  const folders = {
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_RUNTIME_DIR: home,
    TMPDIR: home,
  };
  const child = spawn(
    'setpriv',
    [...asNobody, executable, '--remote-debugging-port=0', '--disable-gpu', '--password-store=basic'],
    { env: { ...process.env, ...folders }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
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
  const browser = await chromium.connectOverCDP(await address, { noDefaults: true });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error(`no page: ${said}`);
  const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: patienceMs }));
  page.setDefaultTimeout(patienceMs);
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

/** The processes that an executable of this name runs, as [pid, kind]; the first of all has no kind. */
export function processesOf(name: string): readonly (readonly [pid: string, kind: string])[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const found = read(pid);
      if (found === null || !found.executable.endsWith(`/${name}`)) return [];
      return [[pid, /--type=([\w-]+)/.exec(found.command)?.[1] ?? ''] as const];
    });
}

/** Whether a process sees other processes than this one does, and may not make every system call. */
export const isConfined = (pid: string): boolean =>
  readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid') &&
  /^Seccomp:\s*2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
