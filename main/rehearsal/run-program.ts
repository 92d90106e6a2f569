import { spawn } from 'node:child_process';
import type { Clock } from '../ports.ts';
import type { Ended } from './answer.ts';

export interface RunParts {
  readonly clock: Clock;
  /** Then it is ended, with all that it has started. */
  readonly limitMs: number;
}

/**
 * Runs a program to its end, which is also when nobody wants it any more. What it reads ends when this program does,
 * however that may be: so it need not outlive it.
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

/** With a group of processes of its own, so that none is left which it has started. */
export const runWith =
  ({ clock, limitMs }: RunParts): RunProgram =>
  (program, args, unwanted) =>
    new Promise((resolve) => {
      let stdout = '';
      let isLate = false;
      let exitCode: number | null = null;
      let forget = (): void => undefined;
      const child = spawn(program, [...args], {
        ...{ detached: true, stdio: ['pipe', 'pipe', 'ignore'], env: environment() },
      });
      const end = (signal: NodeJS.Signals) => {
        try {
          if (child.pid !== undefined) process.kill(-child.pid, signal);
        } catch {
          // It has ended.
        }
      };
      const kill = () => end('SIGKILL');
      const endSoon = () => {
        forget();
        end('SIGTERM');
        forget = clock.schedule(GRACE_MS, kill);
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
        endSoon();
      });
      child.once('close', done);
    });
