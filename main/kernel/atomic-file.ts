import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing, type Waiting, whileRefused } from './held-file.ts';

/**
 * Replaces a file as a whole, readable by its owner only unless said otherwise: after a crash there is the old one or
 * the new one. Resolves when the new one is on the disk.
 */
export async function writeFileAtomically(
  path: string,
  text: string | Uint8Array,
  uniqueSuffix: string,
  mode = 0o600,
): Promise<void> {
  const temporary = `${path}.${uniqueSuffix}`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await renameFile(temporary, path);
  } catch (error) {
    await removeFile(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

export interface RenameParts extends Waiting {
  readonly rename?: (from: string, to: string) => Promise<void>;
}

/**
 * Renames a file. Windows refuses that while another program (often a virus scanner) has the file open, so it is
 * retried there for a while.
 */
export const renameFile = (from: string, to: string, by: RenameParts = {}): Promise<void> =>
  whileRefused(() => (by.rename ?? rename)(from, to), by);

/** Removes a file, or does nothing where there is none; a locked one is retried for a while. */
export const removeFile = (path: string): Promise<void> =>
  whileRefused(async () => {
    try {
      // `rm` reports EPERM for every refusal.
      await unlink(path);
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
    }
  });

/** Flushes a file that something else wrote; resolves once it is on the disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await whileRefused(() => open(file, 'r+'));
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Flushes a folder, which makes a new name durable; Windows has no such call and orders it itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes all bytes: a nearly full disk accepts a part, and fails only on the next write. */
export async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
