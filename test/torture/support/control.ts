import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { shimFile } from './build.ts';
import type { Watch } from './nursery.ts';

/** What the shim does to the child's file operations; the order of the fields is the shim's. */
const fields = ['operations', 'files', 'action', 'skip', 'times'] as const;
type Steering = Readonly<Record<(typeof fields)[number] | 'short', number>>;

const FIELD_BYTES = 4;
/** The shim's own: how often it has acted. */
const HITS_AT = 5 * FIELD_BYTES;
const SHORT_AT = 7 * FIELD_BYTES;
const CONTROL_BYTES = 8 * FIELD_BYTES;

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
  short: 0,
};

/** A control file that a child reads as it goes: what is set holds from its next file operation on. */
export interface Control {
  /** For a process that is started. */
  readonly env: Readonly<Record<string, string>>;
  /** For one that is forked. */
  readonly watch: Watch;
  set(change: Partial<Steering>): void;
  /** How often it has acted since it was made. */
  hits(): number;
}

export function createControl(file: string, watchedFolder: string): Control {
  const write = (steering: Steering) => {
    const bytes = Buffer.alloc(fields.length * FIELD_BYTES);
    fields.forEach((name, index) => void bytes.writeInt32LE(steering[name], index * FIELD_BYTES));
    const short = Buffer.alloc(FIELD_BYTES);
    short.writeInt32LE(steering.short);
    const opened = openSync(file, 'r+');
    // What says when to act comes last.
    writeSync(opened, short, 0, FIELD_BYTES, SHORT_AT);
    writeSync(opened, bytes, 0, bytes.length, 0);
    closeSync(opened);
  };
  writeFileSync(file, Buffer.alloc(CONTROL_BYTES));
  return {
    watch: { folder: watchedFolder, control: file },
    env: { LD_PRELOAD: shimFile, SHIM_DIR: watchedFolder, SHIM_CONTROL: file },
    set: (change) => write({ ...nothing, ...change }),
    hits: () => {
      const bytes = Buffer.alloc(FIELD_BYTES);
      const opened = openSync(file, 'r');
      readSync(opened, bytes, 0, FIELD_BYTES, HITS_AT);
      closeSync(opened);
      return bytes.readInt32LE(0);
    },
  };
}
