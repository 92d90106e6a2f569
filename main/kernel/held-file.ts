import { closeSync, openSync, statSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import type { AppError } from '../../preload/contract/index.ts';

/**
 * Waits between retries on a file that another program holds, in ms. A virus scanner, a backup, an indexer or a sync
 * program releases it soon; it is never treated as missing.
 */
export const heldWaitsMs = {
  /** Blocking main's thread: 200 ms in all. */
  blocking: [5, 15, 30, 50, 100],
  /** In the background: two seconds in all. */
  aside: [10, 40, 150, 300, 500, 1_000],
  /** Before a till is open: five seconds in all. */
  opening: [10, 40, 150, 300, 500, 1_000, 1_500, 1_500],
} as const;

const codeOf = (thrown: unknown): unknown => (thrown as NodeJS.ErrnoException | null)?.code;

/** No file has this name. Any other refusal means that there is one. */
export const isMissing = (thrown: unknown): boolean => codeOf(thrown) === 'ENOENT';

/** Whether a file is there. One that cannot be looked at is: opening it will report why. */
export function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (thrown) {
    return !isMissing(thrown) && codeOf(thrown) !== 'ENOTDIR';
  }
}

/**
 * Whether to retry. For a held file, or one waiting to be deleted, Windows reports the same as for missing rights; on
 * other systems an open file refuses nothing, and missing rights stay missing.
 */
export function isRefusedForNow(thrown: unknown, platform: NodeJS.Platform = process.platform): boolean {
  const code = codeOf(thrown);
  return code === 'EBUSY' || (platform === 'win32' && (code === 'EPERM' || code === 'EACCES'));
}

/** The error for a file that stayed held; null where that is not the problem. */
export function heldFailure(thrown: unknown): AppError | null {
  if (codeOf(thrown) !== 'EBUSY') return null;
  const { path = '' } = thrown as NodeJS.ErrnoException;
  return { code: 'file-held', details: { file: basename(path.replaceAll('\\', '/')).slice(0, 200) } };
}

export interface Waiting {
  readonly platform?: NodeJS.Platform;
  readonly waitsMs?: readonly number[];
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Runs it, and again while the file is refused for now; throws the last try's error. */
export async function whileRefused<T>(
  act: () => T | Promise<T>,
  { platform, waitsMs = heldWaitsMs.aside, wait = passes }: Waiting = {},
): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await act();
    } catch (thrown) {
      if (!isRefusedForNow(thrown, platform)) throw thrown;
    }
    await wait(waitMs);
  }
  return act();
}

const bell = new Int32Array(new SharedArrayBuffer(4));
const block = (ms: number): void => void Atomics.wait(bell, 0, 0, ms);

export interface Blocking {
  readonly platform?: NodeJS.Platform;
  readonly waitsMs?: readonly number[];
  readonly wait?: (ms: number) => void;
}

/** The same, blocking: 200 ms at most once there is a window. */
export function whileRefusedSync<T>(
  act: () => T,
  { platform, waitsMs = heldWaitsMs.blocking, wait = block }: Blocking = {},
): T {
  for (const waitMs of waitsMs) {
    try {
      return act();
    } catch (thrown) {
      if (!isRefusedForNow(thrown, platform)) throw thrown;
    }
    wait(waitMs);
  }
  return act();
}

/** Removes a file; does nothing where there is none. */
export function removeFileSync(path: string): void {
  whileRefusedSync(() => {
    try {
      // rm says EPERM of whatever is refused.
      unlinkSync(path);
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
    }
  });
}

export interface HeldParts extends Waiting {
  readonly open?: (path: string) => Promise<unknown>;
}

async function openAndClose(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.close();
}

/**
 * Waits, five seconds at most, until no program holds any of these files against writing; called before something
 * opens them that cannot wait. Null, or the error naming the file that stayed held. Other problems show when the file
 * is opened. Windows only: elsewhere files are not held, and opening and closing a file again would drop SQLite's locks
 * on it.
 */
export async function heldAmong(
  paths: readonly string[],
  { platform = process.platform, waitsMs = heldWaitsMs.opening, wait = passes, ...by }: HeldParts = {},
): Promise<AppError | null> {
  if (platform !== 'win32') return null;
  const look = async (): Promise<AppError | null> => {
    for (const path of paths) {
      const held = await (by.open ?? openAndClose)(path).then(() => null, heldFailure);
      if (held !== null) return held;
    }
    return null;
  };
  for (const waitMs of waitsMs) {
    if ((await look()) === null) return null;
    await wait(waitMs);
  }
  return look();
}

/**
 * Whether one of these is held now, without waiting: SQLite reports such a file as unopenable or read-only. For files
 * that this program has not open.
 */
export function heldNow(
  paths: readonly string[],
  platform: NodeJS.Platform = process.platform,
): AppError | null {
  if (platform !== 'win32') return null;
  for (const path of paths) {
    try {
      closeSync(openSync(path, 'r+'));
    } catch (thrown) {
      const held = heldFailure(thrown);
      if (held !== null) return held;
    }
  }
  return null;
}
