import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CHUNK_BYTES = 4_096;

interface Held {
  bytes: Buffer;
  size: number;
}

/** A folder that becomes one image after the other; consecutive images differ by little, and only that is written. */
export interface ImageFolder {
  readonly folder: string;
  /** Paths are relative to the folder. Nobody else may write to these files. Returns which have changed. */
  become(files: ReadonlyMap<string, Buffer>): ReadonlySet<string>;
}

export function createImageFolder(folder: string): ImageFolder {
  const held = new Map<string, Held>();
  return {
    folder,
    become: (files) => {
      const changed = new Set<string>();
      for (const path of held.keys()) {
        if (files.has(path)) continue;
        changed.add(path);
        rmSync(join(folder, path), { force: true });
        held.delete(path);
      }
      for (const [path, bytes] of files) {
        const before = held.get(path);
        if (before === undefined) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          rmSync(join(folder, path), { force: true });
        }
        const now = before ?? { bytes: Buffer.alloc(0), size: 0 };
        if (update(join(folder, path), now, bytes)) changed.add(path);
        held.set(path, now);
      }
      return changed;
    },
  };
}

/** Brings a file from what it `held` to `bytes`; false where it is so already. */
function update(path: string, held: Held, bytes: Buffer): boolean {
  let file: number | null = null;
  if (held.bytes.length < bytes.length) {
    const grown = Buffer.alloc(2 * bytes.length);
    held.bytes.copy(grown, 0, 0, held.size);
    held.bytes = grown;
  }
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const to = Math.min(from + CHUNK_BYTES, bytes.length);
    if (to <= held.size && bytes.compare(held.bytes, from, to, from, to) === 0) continue;
    file ??= openSync(path, held.size === 0 ? 'w' : 'r+');
    writeSync(file, bytes, from, to - from, from);
    bytes.copy(held.bytes, from, from, to);
  }
  if (bytes.length < held.size || (file === null && held.size === 0)) {
    file ??= openSync(path, held.size === 0 ? 'w' : 'r+');
    ftruncateSync(file, bytes.length);
  }
  held.size = bytes.length;
  if (file === null) return false;
  closeSync(file);
  return true;
}
