import type { FileHandle } from 'node:fs/promises';

/** So often what was brought goes to the disk for good: a PC whose plug is pulled each evening loses no more than that. */
export const SYNC_EVERY_BYTES = 1_048_576;

/** Installers are compressed: so many zeros in a row are what the system had not written when the power went. */
const UNWRITTEN = Buffer.alloc(64);

/** What lies below was synced, however the program ended. */
const syncedBelow = (length: number): number =>
  Math.max(0, (Math.floor(length / SYNC_EVERY_BYTES) - 1) * SYNC_EVERY_BYTES);

/** How much of a part can be gone on with. Its hash would tell too, but only at its end, and so each evening anew. */
export async function intactLength(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const from = syncedBelow(size);
  const newest = Buffer.alloc(size - from);
  const { bytesRead } = await file.read(newest, 0, newest.length, from);
  return newest.subarray(0, bytesRead).includes(UNWRITTEN) ? from : size;
}

/** Whether the next bytes complete a stretch that is to be synced. */
export const isSyncDue = (before: number, after: number): boolean =>
  Math.floor(before / SYNC_EVERY_BYTES) !== Math.floor(after / SYNC_EVERY_BYTES);
