import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { launchDescription } from '../support/electron-app.ts';

const root = resolve(import.meta.dirname, '../..');

interface StartedWindow {
  /** From the start of the process to the frame in which it could be used. */
  readonly usableMs: number;
  /** What all its processes have of the memory, each page shared by how many have it; null where no system tells. */
  memoryMb(): number | null;
  /** Runs in the page, and resolves to what it gives. */
  run(script: string): Promise<unknown>;
  close(): Promise<void>;
}

/** The process and all that it has started, by what the system tells of parents. */
function familyOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return { pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
      } catch {
        // Ended meanwhile.
        return { pid: 0, parent: 0 };
      }
    });
  const family = [pid];
  for (const member of family)
    family.push(...parents.filter(({ parent }) => parent === member).map((child) => child.pid));
  return family;
}

function memoryMb(pid: number): number | null {
  if (!existsSync('/proc/self/smaps_rollup')) return null;
  const kilobytes = familyOf(pid).map((member) => {
    try {
      const text = readFileSync(`/proc/${member}/smaps_rollup`, 'utf8');
      return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1_024;
}

/** Where a person types first. */
const MEMBER_FIELD = 'input[data-scan="member"]';

/** The archive of a package for this computer that lies in `dist`; null where there is none. */
export function packagedProgram(): string | null {
  const folders = ['dist', 'dist/substitute'].flatMap((folder) =>
    ['linux-unpacked', 'win-unpacked'].map((name) => join(root, folder, name, 'resources', 'app.asar')),
  );
  return folders.find((archive) => existsSync(archive)) ?? null;
}

/**
 * A window of the built app on this data folder, or an empty one that is as shut in; no driver is attached. `program` is what
 * is started in place of what was built last: a package's archive.
 */
export async function startWindow(
  kind: 'till' | 'empty',
  folder: string,
  program = root,
): Promise<StartedWindow> {
  const { executable, args, env } = launchDescription();
  if (kind === 'till') writeFileSync(join(folder, 'mode.json'), '{"mode":"practice"}\n');
  const startApp = join(import.meta.dirname, 'start-app');
  const beganMs = performance.now();
  const child = spawn(
    executable,
    [...args.map((arg) => (arg === root ? startApp : arg)), `--user-data-dir=${folder}`],
    {
      env: {
        ...process.env,
        ...env,
        XDG_CONFIG_HOME: join(folder, 'config'),
        COUNTERFOIL_BENCH_WINDOW: kind,
        COUNTERFOIL_BENCH_PROGRAM: program,
        COUNTERFOIL_BENCH_SHOWS: kind === 'till' ? MEMBER_FIELD : 'body',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<{ readonly answer?: unknown }> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the ${kind} window ended`);
      if (value.startsWith('bench ')) return JSON.parse(value.slice(6)) as { readonly answer?: unknown };
    }
  };
  await next();
  const usableMs = performance.now() - beganMs;
  return {
    usableMs,
    memoryMb: () => memoryMb(child.pid ?? 0),
    run: async (script) => {
      child.stdin.write(`${script.replaceAll('\n', ' ')}\n`);
      return (await next()).answer;
    },
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
