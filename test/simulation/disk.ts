import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

/** Thrown out of the statement at which the simulated process dies; nothing of it runs on afterwards. */
export class ProcessDeath extends Error {}

/**
 * What lies between `main/` and the disk: the real SQLite, with a process that can die between any two
 * statements, and a disk that can be full. One per Node process.
 */
export interface Disk {
  /** The process dies before this many more statements or file writes; 0 = it does not. */
  deathIn: number;
  /** Ends the process and throws. */
  onDeath: () => never;
  full: boolean;
  /** False while the simulator itself reads. */
  watching: boolean;
  statements: number;
  /** Connections that were opened since they were last taken. */
  readonly opened: Set<Database.Database>;
}

const noDeath = (): never => {
  throw new Error('no process to end');
};

export const disk: Disk = {
  deathIn: 0,
  onDeath: noDeath,
  full: false,
  watching: false,
  statements: 0,
  opened: new Set(),
};

type Method = (this: Database.Statement, ...values: unknown[]) => unknown;
interface Patched {
  run: Method;
  get: Method;
  all: Method;
}

const isWrite = (source: string): boolean => /^\s*(INSERT|UPDATE|DELETE|COMMIT)/i.test(source);

function countDown(): void {
  disk.statements += 1;
  if (disk.deathIn === 0) return;
  disk.deathIn -= 1;
  if (disk.deathIn === 0) disk.onDeath();
}

const wrap = (method: Method): Method =>
  function (this: Database.Statement, ...values) {
    if (disk.watching) {
      countDown();
      if (disk.full && isWrite(this.source))
        throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    }
    return method.apply(this, values);
  };

function wrapFiles(): void {
  const { writeSync, openSync, fsyncSync, fdatasyncSync } = fs;
  const dying =
    <A extends unknown[], R>(method: (...args: A) => R, half?: (...args: A) => void) =>
    (...args: A): R => {
      if (!disk.watching) return method(...args);
      if (disk.deathIn === 1) half?.(...args);
      countDown();
      if (disk.full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return method(...args);
    };
  const half = (file: number, content: unknown): void => {
    if (typeof content === 'string') writeSync(file, content.slice(0, content.length / 2));
    else if (Buffer.isBuffer(content)) writeSync(file, content.subarray(0, content.length / 2));
  };
  Object.assign(fs, {
    writeSync: dying(writeSync as (...args: unknown[]) => number, half as (...args: unknown[]) => void),
    openSync: dying(openSync as (...args: unknown[]) => number),
    fsyncSync: dying(fsyncSync as (...args: unknown[]) => void),
    fdatasyncSync: dying(fdatasyncSync as (...args: unknown[]) => void),
  });
  syncBuiltinESMExports();
}

let installed = false;

/** Puts the disk in place, once; everything goes through untouched until `watching`. */
export function installDisk(): void {
  if (installed) return;
  installed = true;
  const probe = new Database(':memory:');
  const prototype = Object.getPrototypeOf(probe.prepare('SELECT 1')) as Patched;
  probe.close();
  prototype.run = wrap(prototype.run);
  prototype.get = wrap(prototype.get);
  prototype.all = wrap(prototype.all);
  const pragma = Database.prototype.pragma;
  Database.prototype.pragma = function (this: Database.Database, ...args) {
    disk.opened.add(this);
    const [words] = args;
    if (words === 'journal_mode') return 'wal';
    if (words !== 'journal_mode = WAL') return pragma.apply(this, args);
    // What a power cut leaves of a write-ahead log is torture's: here a process that dies between two statements
    // loses what it had not committed either way, and a file can be taken into memory as it is.
    return pragma.call(this, 'journal_mode = MEMORY');
  };
  wrapFiles();
}
