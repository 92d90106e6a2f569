import { open } from 'node:fs/promises';
import { renameFile, writeWhole } from '../atomic-file.ts';
import type { KeptRow } from '../outbox/kept-rows.ts';
import type { Random } from '../ports.ts';
import { createSealer, frameAt } from '../sealing/frames.ts';
import type { Lock } from '../sealing/lock.ts';

/** Larger than a year of a busy shop: then it begins anew with what is open, and one older file stays. */
export const MOST_BYTES = 256 * 1024 * 1024;

const FRAME_BYTES = 400_000;
const READ_BYTES = 1_048_576;
/** A frame ends with its tag. */
const END_BYTES = 16;

/** A file that only grows, open for more. */
export interface BlackBoxFile {
  /** On the disk when it resolves. */
  append(rows: readonly KeptRow[]): Promise<void>;
  /** Where it ends now, and on what bytes. */
  end(): string;
  close(): Promise<void>;
}

/** How far its frames are whole: a stick that was pulled out in the middle of one leaves half of it behind. */
async function endOfWhole(path: string): Promise<number> {
  const handle = await open(path, 'r');
  try {
    let end = 0;
    let held = Buffer.alloc(0);
    for (;;) {
      const found = frameAt(held, 0);
      if (found !== null) {
        end += found.end;
        held = held.subarray(found.end);
        continue;
      }
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, null);
      // Half a frame at its end, or something that is none.
      if (bytesRead === 0 || held.length > 2 * READ_BYTES) return end;
      held = Buffer.concat([held, buffer.subarray(0, bytesRead)]);
    }
  } finally {
    await handle.close();
  }
}

/** As many rows a frame as fit: each row a line. */
function* contentsOf(rows: readonly KeptRow[]): Generator<Buffer> {
  let lines: string[] = [];
  let size = 0;
  for (const row of rows) {
    const line = `${JSON.stringify(row)}\n`;
    if (size > 0 && size + line.length > FRAME_BYTES) {
      yield Buffer.from(lines.join(''), 'utf8');
      [lines, size] = [[], 0];
    }
    lines.push(line);
    size += line.length;
  }
  if (size > 0) yield Buffer.from(lines.join(''), 'utf8');
}

const endAt = (at: number, last: Buffer): string => `${at}:${last.subarray(-END_BYTES).toString('hex')}`;

/** Whether it still has what it had when it ended so: a stick may lose what it said was on it. */
async function hasStill(path: string, ended: string | null, whole: number): Promise<boolean> {
  const at = Number(ended?.split(':')[0] ?? Number.NaN);
  if (!(at >= END_BYTES && at <= whole)) return false;
  const handle = await open(path, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(END_BYTES), 0, END_BYTES, at - END_BYTES);
    return endAt(at, buffer) === ended;
  } finally {
    await handle.close();
  }
}

/**
 * Goes on behind what is whole, under a key of its own each time. `isNew`: not all is there any more that was, when it
 * `ended` so.
 */
export async function openBlackBox(
  { path, ended }: { readonly path: string; readonly ended: string | null },
  lock: Lock,
  random: Pick<Random, 'bytes'>,
): Promise<{ readonly file: BlackBoxFile; readonly isNew: boolean }> {
  const before = await sizeAt(path);
  if (before > MOST_BYTES) await renameFile(path, `${path}.before`);
  const isEmpty = before === 0 || before > MOST_BYTES;
  const end = isEmpty ? 0 : await endOfWhole(path);
  const isNew = isEmpty || !(await hasStill(path, ended, end));
  const handle = await open(path, isEmpty ? 'w' : 'r+', 0o600);
  let at = end;
  let last = '';
  const write = async (bytes: Buffer) => {
    await writeWhole(handle, bytes, at);
    at += bytes.length;
    last = endAt(at, bytes);
  };
  try {
    await handle.truncate(end);
    const sealer = createSealer(lock, random);
    await write(sealer.head);
    return {
      isNew,
      file: {
        append: async (rows) => {
          for (const content of contentsOf(rows)) await write(sealer.seal(content));
          await handle.sync();
        },
        end: () => last,
        close: () => handle.close(),
      },
    };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

async function sizeAt(path: string): Promise<number> {
  try {
    const handle = await open(path, 'r');
    try {
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw thrown;
  }
}
