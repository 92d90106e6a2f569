import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import {
  type Frame,
  frameAt,
  frameEndAt,
  lockOfHead,
  MOST_FRAME_BYTES,
} from '../../kernel/sealing/frames.ts';

/** What stands in a box, from its first byte on; `frame` is null where something does that is none. */
export interface Piece {
  readonly frame: Frame | null;
  readonly bytes: Buffer;
  readonly at: number;
  readonly end: number;
}

/** Small enough that to open all frames of one keeps nobody waiting. */
const READ_BYTES = 262_144;
/** Length and kind of the frame that follows. */
const NEXT_BYTES = 5;
const MOST_HELD = MOST_FRAME_BYTES + 2 * NEXT_BYTES;
/** Larger than any head. */
const MOST_HEAD_BYTES = 1_024;
/** How each head begins behind its length: its kind, and the first name of its lock. */
const HEAD_MARK = Buffer.from('\0{"salt":"');
const LENGTH_BYTES = 4;

/** Where the next head begins in `held`, not before `from`; -1 where none does. */
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

/** Whether a frame seems to begin behind it, or nothing is there any more: else its length is perhaps not its own. */
const isFollowed = (held: Buffer, end: number): boolean =>
  end === held.length || frameEndAt(held, end) !== null;

interface Taken {
  readonly frame: Frame | null;
  readonly length: number;
}

/** What stands at the beginning of `held`, of which at least one frame and what follows it is there, or all until the end. */
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

/** All that stands from `from` on. Behind what is no frame it goes on with the next head: each stands for itself. */
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

/** Stands for all frames from the first on to one: each goes on from what stood for those before it. */
export const nextDigest = (before: string, frame: Uint8Array): string =>
  createHash('sha256').update(before).update(frame).digest('hex');
