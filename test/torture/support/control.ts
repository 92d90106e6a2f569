import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { shimFile } from './build.ts';
import type { Watch } from './nursery.ts';

/** What the shim does to the child's file operations; the order of the fields is the shim's. */
const fields = ['operations', 'files', 'action', 'skip', 'times', 'hits', 'seen', 'short'] as const;
type Steering = Readonly<Record<(typeof fields)[number], number>>;

export const onWrite = 1;
export const onSync = 2;
export const onCut = 4;
export const database = 1;
export const log = 2;
export const headSlot = 4;
export const anyFile = 15;
export const killBefore = -9;
export const killAfter = -10;
/** Writes half of the data and kills. */
export const killTorn = -11;

const nothing: Steering = {
  operations: 0,
  files: 0,
  action: 0,
  skip: 0,
  times: 0,
  hits: 0,
  seen: 0,
  short: 0,
};

/** A control file that a child reads as it goes: what is set holds from its next file operation on. */
export interface Control {
  /** For a process that is started. */
  readonly env: Readonly<Record<string, string>>;
  /** For one that is forked. */
  readonly watch: Watch;
  set(change: Partial<Steering>): void;
  hits(): number;
}

export function createControl(file: string, watchedFolder: string): Control {
  const write = (steering: Steering) => {
    const bytes = Buffer.alloc(fields.length * 4);
    fields.forEach((name, index) => void bytes.writeInt32LE(steering[name], index * 4));
    const opened = openSync(file, 'r+');
    writeSync(opened, bytes, 0, bytes.length, 0);
    closeSync(opened);
  };
  writeFileSync(file, Buffer.alloc(fields.length * 4));
  return {
    watch: { folder: watchedFolder, control: file },
    env: { LD_PRELOAD: shimFile, SHIM_DIR: watchedFolder, SHIM_CONTROL: file },
    set: (change) => write({ ...nothing, ...change }),
    hits: () => {
      const bytes = Buffer.alloc(4);
      const opened = openSync(file, 'r');
      readSync(opened, bytes, 0, 4, fields.indexOf('hits') * 4);
      closeSync(opened);
      return bytes.readInt32LE(0);
    },
  };
}
