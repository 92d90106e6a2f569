import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { err, ok, type Result } from '../../preload/contract/index.ts';
import { isMissing, whileRefused } from '../kernel/held-file.ts';

/** Why a file of a shared folder has no content for us. */
export type UnreadFile = 'missing' | 'link' | 'too-large' | 'unreadable';

/**
 * The bytes of a regular file of at most `most` bytes. Whoever shares the folder may have put there what has no end (a pipe,
 * a device), leads elsewhere (a link), or grows while it is read. Rejects only where the folder does not answer.
 */
export async function readBounded(path: string, most: number): Promise<Result<Buffer, UnreadFile>> {
  try {
    // Windows has no O_NOFOLLOW: a link put there after this look is followed. What it leads to is bounded all the same,
    // and counts only by its signature or its seal.
    const found = await lstat(path);
    if (found.isSymbolicLink()) return err('link');
    if (!found.isFile()) return err('unreadable');
    if (found.size > most) return err('too-large');
    return await bytesOf(path, most);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (isMissing(thrown)) return err('missing');
    return err(code === 'ELOOP' ? 'link' : 'unreadable');
  }
}

async function bytesOf(path: string, most: number): Promise<Result<Buffer, UnreadFile>> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await whileRefused(() => open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  try {
    if (!(await handle.stat()).isFile()) return err('unreadable');
    const bytes = Buffer.alloc(most + 1);
    let length = 0;
    while (length <= most) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
      if (bytesRead === 0) return ok(bytes.subarray(0, length));
      length += bytesRead;
    }
    return err('too-large');
  } finally {
    await handle.close();
  }
}
