import { spawnSync } from 'node:child_process';

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
export const processGroup: ProcessTree = {
  hasGroup: true,
  askToEnd: (pid) => signal(pid, 'SIGTERM'),
  end: (pid) => signal(pid, 'SIGKILL'),
};

/** A tree that is ended by a number is walked from there: of one whose root has ended nothing is found. */
export function windowsTree(run: (program: string, args: readonly string[]) => void): ProcessTree {
  const end = (pid: number) => run('taskkill.exe', ['/T', '/F', '/PID', String(pid)]);
  return { hasGroup: false, askToEnd: end, end };
}

const PATIENCE_MS = 10_000;

export const systemTree = (platform: NodeJS.Platform = process.platform): ProcessTree =>
  platform === 'win32'
    ? windowsTree(
        (program, args) =>
          void spawnSync(program, [...args], { stdio: 'ignore', timeout: PATIENCE_MS, windowsHide: true }),
      )
    : processGroup;
