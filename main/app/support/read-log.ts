import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const MOST_BYTES = 5_000_000;

const ageOf = (name: string): number => Number(/^till\.(\d+)\.log$/.exec(name)?.[1] ?? 0);

/** The end of one file; its first line may be cut. */
async function endOf(path: string, bytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

/** The end of the rotating log, oldest line first; nothing where none can be read. */
export async function readLog(folder: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let left = MOST_BYTES;
  try {
    const names = (await readdir(folder)).filter((name) => /^till(\.\d+)?\.log$/.test(name));
    for (const name of names.sort((one, other) => ageOf(one) - ageOf(other))) {
      if (left <= 0) break;
      const text = await endOf(join(folder, name), left);
      left -= text.length;
      texts.unshift(text);
    }
  } catch {
    // A file that was turned over meanwhile: what was read until then is told.
  }
  return texts.join('').split('\n').filter(Boolean);
}
