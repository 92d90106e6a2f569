import { closeSync, openSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import type { AppError } from '../../preload/contract/index.ts';
import { whoHolds } from './who-holds.ts';

/**
 * How long is waited between two tries at a file that another program holds, in ms. A virus scanner, a backup, an indexer
 * or a sync program lets go of it soon; what it is never taken for is a file that is not there.
 */
export const heldWaitsMs = {
  /** By main's thread, which hears nobody meanwhile: 200 ms in all. */
  blocking: [5, 15, 30, 50, 100],
  /** Beside all else: two seconds in all. */
  aside: [10, 40, 150, 300, 500, 1_000],
  /** Before a till is open: five seconds in all. */
  opening: [10, 40, 150, 300, 500, 1_000, 1_500, 1_500],
} as const;

const codeOf = (thrown: unknown): unknown => (thrown as NodeJS.ErrnoException | null)?.code;

/** Nothing has the name. All else that a file refuses says that there is one. */
export const isMissing = (thrown: unknown): boolean => codeOf(thrown) === 'ENOENT';

/**
 * Whether it is worth another try. Windows says of a file that is held, or whose deletion waits for who has it open, what
 * it says where rights are wanting; elsewhere no open file refuses anything, and what rights refuse stays refused.
 */
export function isRefusedForNow(thrown: unknown, platform: NodeJS.Platform = process.platform): boolean {
  const code = codeOf(thrown);
  return code === 'EBUSY' || (platform === 'win32' && (code === 'EPERM' || code === 'EACCES'));
}

/** What a person is told of a file that stayed held; null where that is not what is wrong. */
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

/** Does it, and again while it is refused for now; throws what the last try did. */
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

/** The same where nothing can be awaited: 200 ms at most, once there is a window. */
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

/** Where nothing has the name there is nothing to remove. */
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
  /** The names of the programs that hold it; null where nobody says. */
  readonly who?: (path: string) => Promise<string | null>;
}

/** Nothing of it is read or changed. */
async function openAndClose(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.close();
}

/**
 * Waits until nobody holds any of these files against writing, five seconds at most: to be called before they are opened by
 * what cannot wait. Null, or the failure that names the one which stayed held, and who holds it where Windows says so. What is wrong with a file otherwise its own
 * opening tells. Looks on Windows alone: nobody holds a file elsewhere, and there a file that is opened once more and
 * closed loses the locks that SQLite has on it.
 */
export async function heldAmong(
  paths: readonly string[],
  {
    platform = process.platform,
    waitsMs = heldWaitsMs.opening,
    wait = passes,
    who = whoHolds,
    ...by
  }: HeldParts = {},
): Promise<AppError | null> {
  if (platform !== 'win32') return null;
  const look = async (): Promise<{ readonly path: string; readonly held: AppError } | null> => {
    for (const path of paths) {
      const held = await (by.open ?? openAndClose)(path).then(() => null, heldFailure);
      if (held !== null) return { path, held };
    }
    return null;
  };
  for (const waitMs of waitsMs) {
    if ((await look()) === null) return null;
    await wait(waitMs);
  }
  const found = await look();
  if (found === null) return null;
  const { path, held } = found;
  const programs = await who(path);
  return programs === null ? held : { ...held, details: { ...held.details, reason: 'known', programs } };
}

/**
 * Whether one of these is held now, without waiting: SQLite says of such a file that it cannot be opened, or that it may
 * only be read. For files that this program has not open.
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
