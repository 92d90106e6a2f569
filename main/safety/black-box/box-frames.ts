import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import {
  type Frame,
  frameAt,
  frameEndAt,
  lockOfHead,
  MOST_FRAME_BYTES,
} from '../../kernel/sealing/frames.ts';

/** A stretch of a box; `frame` is null where it holds no valid frame. */
export interface Piece {
  readonly frame: Frame | null;
  readonly bytes: Buffer;
  readonly at: number;
  readonly end: number;
}

/** Small enough that its frames block nobody. */
const READ_BYTES = 262_144;
/** Length and kind of the next frame. */
const NEXT_BYTES = 5;
const MOST_HELD = MOST_FRAME_BYTES + 2 * NEXT_BYTES;
const MOST_HEAD_BYTES = 1_024;
/** The beginning of every head after its length: its kind, and the first key of its lock. */
const HEAD_MARK = Buffer.from('\0{"salt":"');
const LENGTH_BYTES = 4;

/** The next head in `held` between `from` and `to`; -1 where there is none. */
function nextHead(held: Buffer, from: number, to: number): number {
  for (let mark = held.indexOf(HEAD_MARK, from + LENGTH_BYTES); mark !== -1; ) {
    const start = mark - LENGTH_BYTES;
    if (start >= to) return -1;
    const found = frameAt(held, start);
    if (found?.frame.kind === 'head' && lockOfHead(found.frame.content) !== null) return start;
    mark = held.indexOf(HEAD_MARK, mark + 1);
  }
  return -1;
}

/** A plausible frame or the end follows; otherwise its length may be damaged. */
const isFollowed = (held: Buffer, end: number): boolean =>
  end === held.length || frameEndAt(held, end) !== null;

interface Taken {
  readonly frame: Frame | null;
  readonly length: number;
}

/** The first stretch of `held`, which has at least one frame and what follows, or everything to the end. */
function take(held: Buffer, isEnd: boolean): Taken {
  const found = frameAt(held, 0);
  if (found !== null) {
    const inside = isFollowed(held, found.end) ? -1 : nextHead(held, 1, found.end);
    return inside === -1 ? { frame: found.frame, length: found.end } : { frame: null, length: inside };
  }
  const next = nextHead(held, 1, held.length);
  if (next !== -1) return { frame: null, length: next };
  return { frame: null, length: isEnd ? held.length : Math.max(1, held.length - MOST_HEAD_BYTES) };
}

/** All stretches from `from` on; after damage it resumes at the next head, which stands for itself. */
export async function* piecesOf(handle: FileHandle, from = 0): AsyncGenerator<Piece> {
  let held = Buffer.alloc(0);
  let at = from;
  let isEnd = false;
  for (;;) {
    const found = frameAt(held, 0);
    const isEnough = found !== null ? held.length >= found.end + NEXT_BYTES : held.length >= MOST_HELD;
    if (!isEnough && !isEnd) {
      const room = Buffer.allocUnsafe(READ_BYTES);
      const { bytesRead } = await handle.read(room, 0, READ_BYTES, at + held.length);
      isEnd = bytesRead === 0;
      held = Buffer.concat([held, room.subarray(0, bytesRead)]);
      continue;
    }
    if (held.length === 0) return;
    const { frame, length } = take(held, isEnd);
    yield { frame, bytes: held.subarray(0, length), at, end: at + length };
    held = held.subarray(length);
    at += length;
  }
}

/** A rolling digest of all frames. */
export const nextDigest = (before: string, frame: Uint8Array): string =>
  createHash('sha256').update(before).update(frame).digest('hex');
