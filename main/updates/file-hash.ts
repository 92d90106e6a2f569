import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { whileRefused } from '../kernel/held-file.ts';
import type { ReleaseFile } from './release-list.ts';

const CHUNK_BYTES = 1_048_576;

/** Hashes an open file from its beginning and returns its length in bytes. */
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

/** Throws as the file system does. */
export async function digestOf(path: string): Promise<{ readonly bytes: number; readonly sha512: string }> {
  // Virus scanners open whatever was just written.
  const file = await whileRefused(() => open(path, 'r'));
  try {
    const hash = createHash('sha512');
    const bytes = await hashInto(hash, file);
    return { bytes, sha512: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Byte for byte what the signed list says; false where the file is missing or unreadable. */
export const isWhatWasSigned = (path: string, { size, sha512 }: ReleaseFile): Promise<boolean> =>
  digestOf(path).then(
    (found) => found.bytes === size && found.sha512 === sha512,
    () => false,
  );
