import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { childFile } from './build.ts';
import { type Child, createHeard, type Ended } from './child.ts';
import { endWithTest } from './left-over.ts';
import type { Orders } from './orders.ts';

/** A process of its own from its first instruction on. */
export interface StartedChild extends Child {
  send(line: string): void;
}

const living = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts the torture's program with these arguments. */
export function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
) {
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, NODE_COMPILE_CACHE: `${childFile}.cache`, NODE_OPTIONS: '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  living.add(child);
  // It may be killed while it is spoken to.
  child.stdin?.on('error', () => undefined);
  const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  reader.on('line', onLine);
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(([[code, signal]]): Ended => {
    living.delete(child);
    forget();
    return { code, signal };
  });
  const forget = endWithTest(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return {
    send: (line: string) => void child.stdin?.write(`${line}\n`),
    signal: (name: NodeJS.Signals) => void child.kill(name),
    ended,
  };
}

export function startChild(orders: Orders, env: Readonly<Record<string, string>> = {}): StartedChild {
  const heard = createHeard();
  const program = startProgram([childFile, JSON.stringify(orders)], env, heard.hear);
  const ended = program.ended.then((end) => {
    heard.end();
    return end;
  });
  return { ...program, ...{ lines: heard.lines, line: heard.line, ended } };
}
