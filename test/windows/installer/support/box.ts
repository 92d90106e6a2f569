// A Windows of its own for a file of tests: made for it, and ended with it. Nothing here waits for ever.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAllOf, inPrefix, makePrefix } from '../../../../scripts/lib/wine.mjs';

export interface Asked {
  readonly env?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
}

export interface Running {
  readonly process: ChildProcess;
  /** The exit code, or null where it was killed. */
  readonly ended: Promise<number | null>;
}

function startWine(prefix: string, args: readonly string[], asked: Asked): Running {
  // No screen but the one that a test asks for.
  const env = inPrefix(prefix, { DISPLAY: undefined, ...asked.env });
  const child = spawn('wine', args, { env, stdio: 'ignore' });
  const limitMs = asked.limitMs ?? 60_000;
  const ended = new Promise<number | null>((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`still running after ${limitMs} ms: ${args.join(' ')}`));
    }, limitMs);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(limit);
      resolve(code);
    });
  });
  // Whoever does not wait for it has killed it, or hears of it by what it left.
  ended.catch(() => undefined);
  return { process: child, ended };
}

/** Processes of Windows programs of this prefix, by the last part of what they were started as. */
function programsOf(prefix: string): readonly { readonly pid: number; readonly command: string }[] {
  const of = (pid: string) => {
    try {
      const env = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return env.includes(`WINEPREFIX=${prefix}`) ? [{ pid: Number(pid), command }] : [];
    } catch {
      return []; // it has ended meanwhile, or is another user's
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(of);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export interface Box {
  readonly prefix: string;
  readonly path: (...windows: readonly string[]) => string;
  readonly run: (exe: string, args?: readonly string[], asked?: Asked) => Promise<number | null>;
  readonly start: (exe: string, args?: readonly string[], asked?: Asked) => Running;
  /** Ends those whose command matches, at once, as a power cut does. */
  readonly kill: (command: RegExp) => void;
  readonly isRunning: (command: RegExp) => boolean;
  readonly close: () => void;
}

/** `tools` is a folder whose files lie on the drive; `env` is what all that runs there is given; a screen must be there from the first program on. */
export function openBox(tools: string, env: Readonly<Record<string, string>> = {}): Box {
  const prefix = mkdtempSync(join(tmpdir(), 'counterfoil-set-ups-'));
  makePrefix(prefix);
  cpSync(tools, join(prefix, 'drive_c'), { recursive: true });
  mkdirSync(join(prefix, 'drive_c', 'control'));
  const matching = (command: RegExp) => programsOf(prefix).filter((program) => command.test(program.command));
  const start = (exe: string, args: readonly string[] = [], asked: Asked = {}) =>
    startWine(prefix, [exe, ...args], { ...asked, env: { ...env, ...asked.env } });
  return {
    prefix,
    path: (...parts) => join(prefix, 'drive_c', ...parts),
    start,
    run: (exe, args, asked) => start(exe, args, asked).ended,
    kill: (command) => {
      // One that ends may just have started another.
      for (let found = matching(command); found.length > 0; found = matching(command))
        for (const { pid } of found) kill(pid);
    },
    isRunning: (command) => matching(command).length > 0,
    close: () => {
      endAllOf(prefix);
      rmSync(prefix, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
