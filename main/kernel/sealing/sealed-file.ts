import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
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

/** The frames of a file in order; null where one is incomplete. */
async function* framesOf(handle: FileHandle): AsyncGenerator<Frame | null> {
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

/** The same for what is held in memory. */
async function* framesIn(bytes: Buffer): AsyncGenerator<Frame | null> {
  let at = 0;
  while (at < bytes.length) {
    const found = frameAt(bytes, at);
    yield found?.frame ?? null;
    at = found?.end ?? bytes.length;
  }
}

type KeyFor = (lock: Lock) => Promise<KeyObject | null>;

/** Opens the frames in order; `take` gets what is in each. */
async function unseal(
  frames: AsyncIterable<Frame | null>,
  keyFor: KeyFor,
  take: (plain: Buffer) => Promise<void> | void,
): Promise<Result<Record<string, never>>> {
  let openFrame: ((frame: Frame) => Buffer | null) | null = null;
  let isWhole = false;
  for await (const frame of frames) {
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
    await take(plain);
    isWhole = frame.kind === 'last';
  }
  return isWhole ? ok({}) : damaged('end');
}

/**
 * Decrypts a sealed file into another. `keyFor` opens its lock, or returns null where it cannot; `takeFirst` takes
 * what precedes the file, if it was written with such. Errors: `passphrase-wrong`, `backup-damaged`; then the output
 * must not be used.
 */
export async function unsealFile(
  from: string,
  to: string,
  keyFor: KeyFor,
  takeFirst?: (first: Buffer) => void,
): Promise<Result<Record<string, never>>> {
  const source = await open(from, 'r');
  const target = await open(to, 'w', 0o600);
  try {
    let first = takeFirst;
    const unsealed = await unseal(framesOf(source), keyFor, async (plain) => {
      if (first === undefined) await target.writeFile(plain);
      else first(plain);
      first = undefined;
    });
    if (unsealed.ok) await target.sync();
    return unsealed;
  } finally {
    await source.close();
    await target.close();
  }
}

/** Encrypts what is small enough to be held in memory. */
export function sealBytes(plain: Buffer, lock: Lock, random: Pick<Random, 'bytes'>): Buffer {
  const sealer = createSealer(lock, random);
  const pieces = [sealer.head];
  for (let at = 0; at < plain.length; at += PIECE_BYTES)
    pieces.push(sealer.seal(plain.subarray(at, at + PIECE_BYTES)));
  return Buffer.concat([...pieces, sealer.seal(Buffer.alloc(0), 'last')]);
}

/** The inverse. Errors: `passphrase-wrong`, `backup-damaged`. */
export async function unsealBytes(sealed: Buffer, keyFor: KeyFor): Promise<Result<Buffer>> {
  const pieces: Buffer[] = [];
  const unsealed = await unseal(framesIn(sealed), keyFor, (plain) => void pieces.push(plain));
  return unsealed.ok ? ok(Buffer.concat(pieces)) : unsealed;
}
