import { execFile } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ErrorCode } from '../../preload/contract/index.ts';
import { type OpenApp, testFolder } from './electron-app.ts';

/** Runs a system command; resolves to whether it went well. */
const systemDoes = (command: string, ...args: string[]): Promise<boolean> =>
  new Promise((done) => execFile(command, args, (error) => done(error === null)));

async function mount(folder: string, ...options: string[]): Promise<boolean> {
  if (!(await systemDoes('mount', ...options))) return false;
  onTestFinished(async () => {
    await systemDoes('umount', '-l', folder);
  });
  return true;
}

export interface SmallDisk {
  readonly folder: string;
  /** What the till is told once nothing more can be written. */
  readonly code: ErrorCode;
  /** Leaves the app no byte to write; resolves to a way to give it room again. */
  fill(app: OpenApp): Promise<() => Promise<void>>;
}

/**
 * A data folder that can be filled: a small disk of its own or, where none may be mounted (a container,
 * say), any folder with a limit on how far the app's files may grow. Both refuse the write itself.
 */
export async function smallDisk(): Promise<SmallDisk> {
  const folder = testFolder();
  if (await mount(folder, '-t', 'tmpfs', '-o', 'size=48m,mode=0700', 'tmpfs', folder)) {
    return { folder, code: 'disk-full', fill: async () => ballast(folder) };
  }
  return { folder, code: 'database-failed', fill: (app) => limitGrowth(folder, app) };
}

/** Fills the disk to its last byte. */
function ballast(folder: string): () => Promise<void> {
  const file = join(folder, 'ballast');
  const handle = openSync(file, 'w');
  for (let size = 1 << 20; size >= 1; ) {
    try {
      writeSync(handle, Buffer.alloc(size));
    } catch {
      size >>= 1;
    }
  }
  closeSync(handle);
  return async () => rmSync(file);
}

/** No file may grow beyond what the write-ahead log has now; only the soft limit, so that it can be lifted. */
async function limitGrowth(folder: string, { app }: OpenApp): Promise<() => Promise<void>> {
  const pid = String(await app.evaluate(() => process.pid));
  const { size } = statSync(join(folder, 'live', 'counterfoil.db-wal'));
  if (!(await systemDoes('prlimit', '--pid', pid, `--fsize=${size}:`))) {
    throw new Error('neither a disk can be mounted nor a limit be set: a full disk cannot be had here');
  }
  return async () => {
    await systemDoes('prlimit', '--pid', pid, '--fsize=unlimited:');
  };
}
