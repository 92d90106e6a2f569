import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { whileRefused } from '../kernel/held-file.ts';
import type { ReleaseFile } from './release-list.ts';

const CHUNK_BYTES = 1_048_576;

/** Feeds what an open file holds from its beginning, and says how many bytes that were. */
export async function hashInto(hash: Hash, file: FileHandle): Promise<number> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let position = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return position;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** What a file holds; throws what the disk says. */
export async function digestOf(path: string): Promise<{ readonly bytes: number; readonly sha512: string }> {
  // A scanner looks at whatever was just written.
  const file = await whileRefused(() => open(path, 'r'));
  try {
    const hash = createHash('sha512');
    const bytes = await hashInto(hash, file);
    return { bytes, sha512: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Whether a file is byte for byte what the signed list says; false too where it is not there or cannot be read. */
export const isWhatWasSigned = (path: string, { size, sha512 }: ReleaseFile): Promise<boolean> =>
  digestOf(path).then(
    (found) => found.bytes === size && found.sha512 === sha512,
    () => false,
  );
