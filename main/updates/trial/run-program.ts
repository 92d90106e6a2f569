import { spawn, spawnSync } from 'node:child_process';
import type { Clock } from '../../kernel/ports.ts';
import type { Ended } from './answer.ts';

/** How a platform ends a process with its children. */
export interface ProcessTree {
  /** Whether the program gets a process group of its own. */
  readonly hasGroup: boolean;
  /** Asks for a clean end where the platform can; otherwise ends. */
  askToEnd(pid: number): void;
  /** Returns once the system was told. */
  end(pid: number): void;
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended.
  }
};

/** Members of a group are found after its leader has ended, too. */
const processGroup: ProcessTree = {
  hasGroup: true,
  askToEnd: (pid) => signal(pid, 'SIGTERM'),
  end: (pid) => signal(pid, 'SIGKILL'),
};

/** Windows walks the tree from a process id: nothing is found once the root has ended. */
export function windowsTree(run: (program: string, args: readonly string[]) => void): ProcessTree {
  const end = (pid: number) => run('taskkill.exe', ['/T', '/F', '/PID', String(pid)]);
  return { hasGroup: false, askToEnd: end, end };
}

const END_TIMEOUT_MS = 10_000;

export const systemTree = (platform: NodeJS.Platform = process.platform): ProcessTree =>
  platform === 'win32'
    ? windowsTree(
        (program, args) =>
          void spawnSync(program, [...args], { stdio: 'ignore', timeout: END_TIMEOUT_MS, windowsHide: true }),
      )
    : processGroup;

/** A till that takes longer to verify gets no update. */
const LIMIT_MS = 120_000;

export interface RunParts {
  readonly clock: Clock;
  /** Then it is ended with its children; two minutes by default. */
  readonly limitMs?: number;
  /** The platform's by default. */
  readonly tree?: ProcessTree;
}

/**
 * Runs a program to its end, or ends it when `unwanted` aborts. Its stdin closes when this process ends, by
 * which it ends too; on Windows Node's job object ends it.
 */
export type RunProgram = (program: string, args: readonly string[], unwanted?: AbortSignal) => Promise<Ended>;

/** A result is one line. */
const MOST_BYTES = 65_536;
/** Between asking it to end and killing it. */
const GRACE_MS = 3_000;

/** The running AppImage's; the next one sets its own. */
const ownVariables = ['APPIMAGE', 'APPDIR', 'ARGV0', 'OWD'];

const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !ownVariables.includes(name)));

/** Ends the children, too. */
export const runWith =
  ({ clock, limitMs = LIMIT_MS, tree = systemTree() }: RunParts): RunProgram =>
  (program, args, unwanted) =>
    new Promise((resolve) => {
      let stdout = '';
      let isLate = false;
      let exitCode: number | null = null;
      let hasEnded = false;
      let forget = (): void => undefined;
      const child = spawn(program, [...args], {
        detached: tree.hasGroup,
        windowsHide: true,
        stdio: ['pipe', 'pipe', 'ignore'],
        env: environment(),
      });
      const end = (how: ProcessTree['end']) => {
        // Without a group the id of an ended process may be another one's.
        if (child.pid !== undefined && (tree.hasGroup || !hasEnded)) how(child.pid);
      };
      const kill = () => end(tree.end);
      const endSoon = () => {
        forget();
        end(tree.askToEnd);
        forget = clock.schedule(GRACE_MS, () => {
          kill();
          // A child that cannot be found may hold the pipe open: it is not waited for.
          if (!tree.hasGroup && hasEnded) child.stdout?.destroy();
        });
      };
      forget = clock.schedule(limitMs, () => {
        isLate = true;
        endSoon();
      });
      process.once('exit', kill);
      unwanted?.addEventListener('abort', endSoon);
      child.stdin?.on('error', () => undefined);
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        if (stdout.length + text.length <= MOST_BYTES) stdout += text;
      });
      const done = () => {
        forget();
        process.off('exit', kill);
        unwanted?.removeEventListener('abort', endSoon);
        resolve({ exitCode, isLate, stdout });
      };
      child.once('error', () => {
        if (child.pid === undefined) done();
      });
      // Its children hold the pipe open.
      child.once('exit', (code) => {
        exitCode = code;
        hasEnded = true;
        endSoon();
      });
      child.once('close', done);
    });
