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

/** Whether a file is byte for byte what the signed list says; false too where it is not there or cannot be read. */
export async function isWhatWasSigned(path: string, { size, sha512 }: ReleaseFile): Promise<boolean> {
  try {
    // A scanner looks at whatever was just brought.
    const file = await whileRefused(() => open(path, 'r'));
    try {
      if ((await file.stat()).size !== size) return false;
      const hash = createHash('sha512');
      return (await hashInto(hash, file)) === size && hash.digest('hex') === sha512;
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
