import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { Random } from '../ports.ts';
import { createOpener, createSealer, type Frame, frameAt, lockOfHead, MOST_FRAME_BYTES } from './frames.ts';
import type { Lock } from './lock.ts';

const PIECE_BYTES = 262_144;

/** Writes an encrypted copy of a file, after `first` where given; resolves to the SHA-256 of what was written. */
export async function sealFile(
  from: string,
  to: string,
  lock: Lock,
  random: Pick<Random, 'bytes'>,
  first?: Buffer,
): Promise<string> {
  const sealer = createSealer(lock, random);
  const hash = createHash('sha256');
  const target = await open(to, 'wx', 0o600);
  const write = async (bytes: Buffer) => {
    hash.update(bytes);
    await target.writeFile(bytes);
  };
  try {
    await write(sealer.head);
    if (first !== undefined) await write(sealer.seal(first));
    for await (const piece of createReadStream(from, { highWaterMark: PIECE_BYTES }))
      await write(sealer.seal(piece as Buffer));
    await write(sealer.seal(Buffer.alloc(0), 'last'));
    await target.sync();
  } finally {
    await target.close();
  }
  return hash.digest('hex');
}

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

const damaged = (what: string) => err(appError('backup-damaged', { what }));

/** What reads on in an open file. */
export interface FrameSource {
  read(
    into: Buffer,
    offset: number,
    length: number,
    position: null,
  ): Promise<{ readonly buffer: Buffer; readonly bytesRead: number }>;
}

/** The frames of a file in order; null where one is incomplete. */
export async function* framesOf(handle: FrameSource): AsyncGenerator<Frame | null> {
  let held = Buffer.alloc(0);
  for (;;) {
    const found = frameAt(held, 0);
    if (found !== null) {
      yield found.frame;
      held = held.subarray(found.end);
      continue;
    }
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, null);
    if (bytesRead === 0) {
      if (held.length > 0) yield null;
      return;
    }
    held = Buffer.concat([held, buffer.subarray(0, bytesRead)]);
    if (held.length > 2 * MOST_FRAME_BYTES) {
      yield null;
      return;
    }
  }
}

/**
 * Decrypts a sealed file into another. `keyFor` opens its lock, or returns null where it cannot; `takeFirst` takes
 * what precedes the file, if it was written with such. Errors: `passphrase-wrong`, `backup-damaged`; then the output
 * must not be used.
 */
export async function unsealFile(
  from: string,
  to: string,
  keyFor: (lock: Lock) => Promise<KeyObject | null>,
  takeFirst?: (first: Buffer) => void,
): Promise<Result<Record<string, never>>> {
  const source = await open(from, 'r');
  const target = await open(to, 'w', 0o600);
  try {
    let openFrame: ((frame: Frame) => Buffer | null) | null = null;
    let isWhole = false;
    let take = takeFirst;
    for await (const frame of framesOf(source)) {
      if (frame === null || isWhole) return damaged('frame');
      if (openFrame === null) {
        const lock = frame.kind === 'head' ? lockOfHead(frame.content) : null;
        if (lock === null) return damaged('head');
        const opening = await keyFor(lock);
        if (opening === null) return err(appError('passphrase-wrong'));
        openFrame = createOpener(frame.content, opening);
        continue;
      }
      const plain = openFrame(frame);
      if (plain === null) return damaged('sealed');
      if (take === undefined) await target.writeFile(plain);
      else take(plain);
      take = undefined;
      isWhole = frame.kind === 'last';
    }
    if (!isWhole) return damaged('end');
    await target.sync();
    return ok({});
  } finally {
    await source.close();
    await target.close();
  }
}
