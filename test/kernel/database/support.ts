import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type Db, openDatabase } from '../../../main/kernel/database/open.ts';

export function mustOpen(file: string): Db {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.code);
  onTestFinished(() => void opened.value.close());
  return opened.value;
}

/** The code under which `action` fails in SQLite, or `nothing`. */
export function sqliteCode(action: () => unknown): string {
  try {
    action();
    return 'nothing';
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
  }
}

/**
 * Another real process that runs `script` (CommonJS, with `Database` and `file` at hand) and stays until
 * it is killed; resolves once it has said `ready`.
 */
export async function startProcess(file: string, script: string): Promise<ChildProcess> {
  const code = `const Database = require('better-sqlite3'); const file = ${JSON.stringify(file)}; ${script}; process.send('ready'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the process ended'))),
  ]);
  return child;
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
