import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { writeWhole } from '../kernel/atomic-file.ts';
import { isMissing, whileRefused } from '../kernel/held-file.ts';
import type { Frame } from '../kernel/sealing/frames.ts';
import { framesOf } from '../kernel/sealing/sealed-file.ts';
import { MOST_BYTES } from './members-file.ts';

/** Runs one step of work at a place that may never answer; rejects where it does not. */
export type RunStep = <T>(work: () => Promise<T>) => Promise<T>;

/** Why a file has no content for us. */
export type UnreadMembersFile = 'missing' | 'link' | 'unreadable' | 'too-large';

export interface OpenedMembersFile {
  /** Tells it from the file that had its name before. */
  readonly id: string;
  /** Null where one is incomplete. */
  readonly frames: AsyncIterable<Frame | null>;
}

/** A read that gives less counts as much. */
const LEAST_READ_BYTES = 16_384;

/** Closes a file without waiting: it closes once its last call has returned. */
const leave = (handle: FileHandle): void => void handle.close().catch(() => undefined);

/** Closes a file, and does not wait for a place that hangs. */
const close = (handle: FileHandle, run: RunStep): Promise<void> =>
  run(() => handle.close()).catch(() => leave(handle));

/** Opens in one step; a file that opens after the step was given up is closed again. */
async function openIn(run: RunStep, opening: () => Promise<FileHandle>): Promise<FileHandle> {
  let isGivenUp = false;
  try {
    return await run(async () => {
      const handle = await opening();
      if (isGivenUp) leave(handle);
      return handle;
    });
  } catch (thrown) {
    isGivenUp = true;
    throw thrown;
  }
}

async function openedOf(
  path: string,
  handle: FileHandle,
  run: RunStep,
): Promise<OpenedMembersFile | UnreadMembersFile> {
  const found = await run(() => handle.stat());
  if (!found.isFile()) return 'unreadable';
  if (found.size > MOST_BYTES) return 'too-large';
  let bytes = 0;
  const source = {
    read: async (into: Buffer, offset: number, length: number, position: null) => {
      const read = await run(() => handle.read(into, offset, length, position));
      bytes += Math.max(read.bytesRead, LEAST_READ_BYTES);
      // It grew while it was read, or comes a byte at a time.
      if (bytes > MOST_BYTES) throw Object.assign(new Error(`too large: ${path}`), { code: 'EFBIG' });
      return read;
    },
  };
  return { id: `${found.size} ${found.mtimeMs} ${found.ino}`, frames: framesOf(source) };
}

/**
 * Opens a regular file for `use`: a pipe or a device never ends, and a link may lead to one. Rejects where the place does not
 * answer.
 */
export async function withMembersFile<T>(
  path: string,
  run: RunStep,
  use: (file: OpenedMembersFile) => Promise<T>,
): Promise<T | UnreadMembersFile> {
  // Missing on Windows, where `open` follows a link that is put there after the look; the file is checked all the same.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  try {
    if ((await run(() => lstat(path))).isSymbolicLink()) return 'link';
    const handle = await openIn(run, () =>
      whileRefused(() => open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)),
    );
    try {
      const opened = await openedOf(path, handle, run);
      return typeof opened === 'string' ? opened : await use(opened);
    } finally {
      await close(handle, run);
    }
  } catch (thrown) {
    if (isMissing(thrown)) return 'missing';
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ELOOP') return 'link';
    if (code === 'EFBIG') return 'too-large';
    throw thrown;
  }
}

export interface WriteSteps {
  readonly run: RunStep;
  readonly mode: number;
  /** Yields to other work of main. */
  readonly pause: () => Promise<void>;
  readonly isCalledOff: () => boolean;
}

/** Writes a new file piece by piece; true once it is on the disk, false where it was called off. */
export async function writeInSteps(
  target: string,
  pieces: Iterable<Buffer>,
  { run, mode, pause, isCalledOff }: WriteSteps,
): Promise<boolean> {
  const file = await openIn(run, () => open(target, 'wx', mode));
  try {
    let at = 0;
    for (const piece of pieces) {
      await run(() => writeWhole(file, piece, at));
      at += piece.length;
      await pause();
      if (isCalledOff()) return false;
    }
    await run(() => file.sync());
    return true;
  } finally {
    await close(file, run);
  }
}
