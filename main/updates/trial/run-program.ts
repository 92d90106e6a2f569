import { spawn, spawnSync } from 'node:child_process';
import type { Clock } from '../../kernel/ports.ts';
import type { Ended } from './answer.ts';

/** How a system ends a program with all that it has started. */
export interface ProcessTree {
  /** Whether the program is to be the first of a group of its own. */
  readonly hasGroup: boolean;
  /** Lets them put away what they have to; at once over where the system knows no such thing. */
  askToEnd(pid: number): void;
  /** Does not come back before the system has been told. */
  end(pid: number): void;
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended.
  }
};

/** Whoever stays in the group is found, also when its first has ended. */
const processGroup: ProcessTree = {
  hasGroup: true,
  askToEnd: (pid) => signal(pid, 'SIGTERM'),
  end: (pid) => signal(pid, 'SIGKILL'),
};

/** A tree that is ended by a number is walked from there: of one whose root has ended nothing is found. */
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

/** A till whose verification alone takes so long takes no update. */
const LIMIT_MS = 120_000;

export interface RunParts {
  readonly clock: Clock;
  /** Then it is ended, with all that it has started; two minutes where absent. */
  readonly limitMs?: number;
  /** The system's own where absent. */
  readonly tree?: ProcessTree;
}

/**
 * Runs a program to its end, which is also when nobody wants it any more. What it reads ends when this program does,
 * however that may be: so it need not outlive it. Windows ends it with this program: Node puts what is not detached into a job
 * that ends when this process does.
 */
export type RunProgram = (program: string, args: readonly string[], unwanted?: AbortSignal) => Promise<Ended>;

/** An answer is one line. */
const MOST_BYTES = 65_536;
/** For what it has to put away, before it is killed. */
const GRACE_MS = 3_000;

/** Of the program that runs: the next AppImage makes its own. */
const ownVariables = ['APPIMAGE', 'APPDIR', 'ARGV0', 'OWD'];

const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !ownVariables.includes(name)));

/** With all that it starts, so that none of that is left. */
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
        // Where there is no group, nothing of a program that has ended is known by its number: that may be another's.
        if (child.pid !== undefined && (tree.hasGroup || !hasEnded)) how(child.pid);
      };
      const kill = () => end(tree.end);
      const endSoon = () => {
        forget();
        end(tree.askToEnd);
        forget = clock.schedule(GRACE_MS, () => {
          kill();
          // What cannot be found any more may hold the line open: nobody waits for that.
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
      // Whatever it has left behind holds the line open.
      child.once('exit', (code) => {
        exitCode = code;
        hasEnded = true;
        endSoon();
      });
      child.once('close', done);
    });
