import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { childFile } from './build.ts';
import { endWithTest } from './left-over.ts';
import type { Orders } from './orders.ts';

/** The child process, and every line that it has told. */
export interface Child {
  readonly pid: number;
  readonly lines: readonly string[];
  /** Resolves with the first line that `matches`, told already or not; null if the child ended without. */
  line(matches: (line: string) => boolean): Promise<string | null>;
  send(line: string): void;
  signal(name: NodeJS.Signals): void;
  /** Resolves when all that it told has been read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

const living = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

export function startChild(orders: Orders, env: Readonly<Record<string, string>> = {}): Child {
  const child: ChildProcess = spawn(process.execPath, [childFile, JSON.stringify(orders)], {
    env: { ...process.env, NODE_COMPILE_CACHE: `${childFile}.cache`, NODE_OPTIONS: '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  living.add(child);
  child.stdin?.on('error', () => undefined);
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  reader.on('line', (line) => {
    lines.push(line);
    for (const listener of [...listeners]) listener();
  });
  let over = false;
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(([[code, signal]]) => {
    over = true;
    living.delete(child);
    forget();
    for (const listener of [...listeners]) listener();
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const forget = endWithTest(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return {
    pid: child.pid ?? 0,
    lines,
    line: (matches) =>
      new Promise((resolve) => {
        const check = () => {
          const found = lines.find(matches);
          if (found === undefined && !over) return;
          listeners.delete(check);
          resolve(found ?? null);
        };
        listeners.add(check);
        check();
      }),
    send: (line) => void child.stdin?.write(`${line}\n`),
    signal: (name) => void child.kill(name),
    ended,
  };
}
