import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Below this a person is told; below the other nothing is written that the till can do without. */
export const LOW_BYTES = 1_000_000_000;
export const FULL_BYTES = 200_000_000;

export type DiskState = 'enough' | 'low' | 'full';

/** What is not known is no reason to stop: the write itself tells. */
export function diskState(freeBytes: number | null): DiskState {
  if (freeBytes === null || freeBytes >= LOW_BYTES) return 'enough';
  return freeBytes >= FULL_BYTES ? 'low' : 'full';
}

/** Whether so much may be written and the till still has its own room. */
export const hasRoomFor = (bytes: number, freeBytes: number | null): boolean =>
  freeBytes === null || freeBytes - bytes >= FULL_BYTES;

/** What is free where this folder lies or will lie; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(existingParent(folder));
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** The folder itself, or the nearest above it that is there. */
function existingParent(folder: string): string {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}
