import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { renameFile, syncFolder, writeWhole } from '../kernel/atomic-file.ts';
import type { Clock } from '../kernel/ports.ts';
import { hasRoomFor } from '../safety/index.ts';
import { type Answer, ask, failedRequest, type UpdateFeed } from './ask-feed.ts';
import { hashInto, isWhatWasSigned } from './file-hash.ts';
import { fullBucket, take } from './rate.ts';
import type { ReleaseFile } from './release-list.ts';

export interface DownloadParts {
  readonly feed: UpdateFeed;
  /** Holds nothing else. */
  readonly folder: string;
  readonly clock: Clock;
  /** Read again as it goes on. */
  readonly bytesPerSecond: () => number;
  readonly freeBytes: (folder: string) => Promise<number | null>;
  readonly onProgress?: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** Stays free beside the download, its installed copy and the till's own data: entries come first. */
export const KEPT_FREE_BYTES = 300_000_000;

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';

/** The meaning of a disk error. */
export const diskProblem = (thrown: unknown): AppError =>
  codeOf(thrown) === 'ENOSPC' || codeOf(thrown) === 'EDQUOT'
    ? appError('update-disk-full')
    : appError('update-folder', { system: codeOf(thrown) });

interface Part {
  readonly file: FileHandle;
  readonly path: string;
  hash: Hash;
  length: number;
}

/** Resumes an earlier part; one that cannot be the file's beginning is discarded. */
async function openPart(path: string, size: number): Promise<Part> {
  // Not through a link.
  const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, flags, 0o600);
  const part = { file, path, hash: createHash('sha512'), length: 0 };
  await file.truncate(await intactLength(file));
  part.length = await hashInto(part.hash, file);
  if (part.length > size) await startAnew(part);
  return part;
}

async function startAnew(part: Part): Promise<void> {
  await part.file.truncate(0);
  part.hash = createHash('sha512');
  part.length = 0;
}

function wait(clock: Clock, forMs: number, signal: AbortSignal): Promise<void> {
  if (forMs <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.schedule(forMs, done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Whether the reply continues the part; 200 starts over. */
const bringsTheRest = ({ status, contentRange }: Answer, from: number, size: number): boolean =>
  status === 206 && contentRange === `bytes ${from}-${size - 1}/${size}`;

async function fill(parts: DownloadParts, part: Part, { name, size }: ReleaseFile): Promise<AppError | null> {
  const { feed, clock, bytesPerSecond, onProgress, signal } = parts;
  const asked = await ask(feed, name, { fromByte: part.length, signal });
  if (!asked.ok) return asked.error;
  const answer = asked.value;
  let bucket = fullBucket(bytesPerSecond(), clock.monotonicMs());
  try {
    if (!bringsTheRest(answer, part.length, size)) {
      if (answer.status !== 200) return appError('update-feed-answer', { status: String(answer.status) });
      await startAnew(part);
    }
    for (;;) {
      const chunk = await nextOf(answer);
      if (!chunk.ok) return chunk.error;
      if (chunk.value === null) break;
      if (part.length + chunk.value.length > size) {
        await startAnew(part);
        return appError('update-file-size');
      }
      await writeWhole(part.file, chunk.value, part.length);
      part.hash.update(chunk.value);
      part.length += chunk.value.length;
      if (isSyncDue(part.length - chunk.value.length, part.length)) await part.file.datasync();
      onProgress?.(part.length);
      const taken = take(
        { ...bucket, bytesPerSecond: bytesPerSecond() },
        chunk.value.length,
        clock.monotonicMs(),
      );
      bucket = taken.bucket;
      await wait(clock, taken.waitMs, signal);
    }
    return part.length < size ? appError('update-file-cut-off') : null;
  } finally {
    answer.giveUp();
  }
}

/** Earlier versions, and files that were altered. */
async function removeOthers(folder: string, wanted: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name !== wanted) await rm(join(folder, name), { force: true, recursive: true });
  }
}

async function nextOf(answer: Answer): Promise<Result<Uint8Array | null>> {
  try {
    return ok(await answer.next());
  } catch (thrown) {
    return err(failedRequest(thrown));
  }
}

/** Completes a part and renames it only if it is what was signed. */
async function complete(parts: DownloadParts, file: ReleaseFile, target: string): Promise<AppError | null> {
  const part = await openPart(`${target}.part`, file.size);
  try {
    const problem = part.length === file.size ? null : await fill(parts, part, file);
    if (problem !== null) return problem;
    if (part.hash.digest('hex') !== file.sha512) {
      await part.file.truncate(0);
      return appError('update-file-hash');
    }
    await part.file.sync();
  } finally {
    await part.file.close();
  }
  await renameFile(part.path, target);
  await syncFolder(parts.folder);
  return null;
}

/**
 * Downloads one file of a signed list, rate limited and resumable; resolves to its path once it is whole and
 * what was signed. Runs nothing. Errors: those of `ask`, update-file-cut-off, update-file-size,
 * update-file-hash, update-disk-full, update-folder.
 */
export async function download(parts: DownloadParts, file: ReleaseFile): Promise<Result<string>> {
  const { folder } = parts;
  const target = join(folder, file.name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (await isWhatWasSigned(target, file)) return ok(target);
    await removeOthers(folder, `${file.name}.part`);
    if (!hasRoomFor(2 * file.size + KEPT_FREE_BYTES, await parts.freeBytes(folder))) {
      return err(appError('update-disk-full'));
    }
    const problem = await complete(parts, file, target);
    return problem === null ? ok(target) : err(problem);
  } catch (thrown) {
    return err(diskProblem(thrown));
  }
}

/** Bounds what a power cut loses. */
export const SYNC_EVERY_BYTES = 1_048_576;

/** Installers are compressed: so many zeros are blocks that a power cut left unwritten. */
const UNWRITTEN = Buffer.alloc(64);

/** Everything below was synced. */
const syncedBelow = (length: number): number =>
  Math.max(0, (Math.floor(length / SYNC_EVERY_BYTES) - 1) * SYNC_EVERY_BYTES);

/** The length that can be resumed. The hash would show damage only at the end, and so each evening anew. */
async function intactLength(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const from = syncedBelow(size);
  const newest = Buffer.alloc(size - from);
  const { bytesRead } = await file.read(newest, 0, newest.length, from);
  return newest.subarray(0, bytesRead).includes(UNWRITTEN) ? from : size;
}

const isSyncDue = (before: number, after: number): boolean =>
  Math.floor(before / SYNC_EVERY_BYTES) !== Math.floor(after / SYNC_EVERY_BYTES);
