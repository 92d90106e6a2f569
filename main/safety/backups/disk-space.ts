import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Below the first a person is warned; below the second nothing optional is written. */
export const LOW_BYTES = 1_000_000_000;
export const FULL_BYTES = 200_000_000;

export type DiskState = 'enough' | 'low' | 'full';

/** Unknown is enough: the write itself will fail. */
export function diskState(freeBytes: number | null): DiskState {
  if (freeBytes === null || freeBytes >= LOW_BYTES) return 'enough';
  return freeBytes >= FULL_BYTES ? 'low' : 'full';
}

/** Leaves the till its own space. */
export const hasRoomFor = (bytes: number, freeBytes: number | null): boolean =>
  freeBytes === null || freeBytes - bytes >= FULL_BYTES;

/** Free bytes where this folder is or will be; null where unknown. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(existingParent(folder));
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** The folder itself, or its nearest existing parent. */
function existingParent(folder: string): string {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}
