import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';

/**
 * Replaces a file as a whole, readable by its owner only: after a crash there is the old one or the new
 * one. Resolves when the new one is on the disk.
 */
export async function writeFileAtomically(
  path: string,
  text: string | Uint8Array,
  uniqueSuffix: string,
): Promise<void> {
  const temporary = `${path}.${uniqueSuffix}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await renameFile(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** How long is waited before a rename is tried again: two seconds in all. */
export const renameWaitsMs = [10, 40, 150, 300, 500, 1_000] as const;

export interface RenameParts {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly wait: (ms: number) => Promise<unknown>;
}

const ofThisSystem: RenameParts = { platform: process.platform, rename, wait: passes };

/**
 * Renames as the system does. On Windows a file that somebody has open refuses it, and a virus scanner opens for a moment
 * whatever was just written: so it is tried again there for a while. Elsewhere what is refused stays so.
 */
export async function renameFile(from: string, to: string, by: RenameParts = ofThisSystem): Promise<void> {
  for (const waitMs of by.platform === 'win32' ? renameWaitsMs : []) {
    try {
      return await by.rename(from, to);
    } catch (thrown) {
      if (!/^(EPERM|EBUSY|EACCES)$/.test((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
    }
    await by.wait(waitMs);
  }
  await by.rename(from, to);
}

/** What somebody else has written into it is on the disk when this resolves. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The new name is durable once the folder is; Windows has no such call and orders it itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes all of it: a disk that is nearly full takes a part, and fails only where it is asked once more. */
export async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
