import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** What the shim does to the child's file operations; the order of the fields is the shim's. */
const fields = ['operations', 'files', 'action', 'skip', 'times'] as const;
export type Steering = Readonly<Record<(typeof fields)[number] | 'short', number>>;

const FIELD_BYTES = 4;
/** The shim's own: how often it has acted. */
const HITS_AT = 5 * FIELD_BYTES;
const SEEN_AT = 6 * FIELD_BYTES;
const SHORT_AT = 7 * FIELD_BYTES;
export const CONTROL_BYTES = 8 * FIELD_BYTES;

export const onWrite = 1;
export const onSync = 2;
export const onCut = 4;
export const onRename = 8;
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

export function steer(file: string, change: Partial<Steering>): void {
  const steering = { ...nothing, ...change };
  const bytes = Buffer.alloc(fields.length * FIELD_BYTES);
  fields.forEach((name, index) => void bytes.writeInt32LE(steering[name], index * FIELD_BYTES));
  const short = Buffer.alloc(FIELD_BYTES);
  short.writeInt32LE(steering.short);
  const opened = openSync(file, 'r+');
  // What says when to act comes last.
  writeSync(opened, short, 0, FIELD_BYTES, SHORT_AT);
  writeSync(opened, bytes, 0, bytes.length, 0);
  closeSync(opened);
}

function numberAt(file: string, at: number): number {
  const bytes = Buffer.alloc(FIELD_BYTES);
  const opened = openSync(file, 'r');
  readSync(opened, bytes, 0, FIELD_BYTES, at);
  closeSync(opened);
  return bytes.readInt32LE(0);
}

/** How often it has acted since the file was made. */
export const hitsOf = (file: string): number => numberAt(file, HITS_AT);

/** How many operations it has seen of those that it was to look at. */
export const seenBy = (file: string): number => numberAt(file, SEEN_AT);
