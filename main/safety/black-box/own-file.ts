import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';

/** Something has the name that is not this till's to write into; it stays as it is. */
export class NotOurs extends Error {
  readonly code: 'black-box-not-plain' | 'black-box-foreign';
  readonly path: string;

  constructor(code: NotOurs['code'], path: string) {
    super(`${code}: ${path}`);
    this.code = code;
    this.path = path;
  }
}

/** Some shares count no names at all: then it is the one by which it was found. */
const isPlain = (found: BigIntStats): boolean => found.isFile() && found.nlink <= 1n;

/** Windows tells one volume in two ways, by name and by handle; a name leads to no other where no link is followed. */
const isSame = (one: BigIntStats, other: BigIntStats): boolean =>
  one.ino === other.ino && (process.platform === 'win32' || one.dev === other.dev);

/** Null where nothing has the name. */
export async function namedAt(path: string): Promise<BigIntStats | null> {
  try {
    return await lstat(path, { bigint: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

/** Whether this very file still has the name, and has it alone. */
export async function isStillAt(path: string, handle: FileHandle): Promise<boolean> {
  const [held, named] = [await handle.stat({ bigint: true }), await namedAt(path)];
  return named !== null && isPlain(named) && isPlain(held) && isSame(named, held);
}

// Neither a link that takes the name in this very moment is followed, nor is waited for whoever reads a pipe; Windows has neither.
const FLAGS = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens a plain file that has one name alone, for reading and writing; null where nothing has the name. Errors: `NotOurs`. */
export async function openPlain(path: string): Promise<FileHandle | null> {
  const named = await namedAt(path);
  if (named === null) return null;
  if (!isPlain(named)) throw new NotOurs('black-box-not-plain', path);
  const handle = await open(path, FLAGS).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'ELOOP' ? new NotOurs('black-box-not-plain', path) : thrown;
  });
  try {
    // By name once more, now that it is held: some disks give a file another number as soon as nobody looks.
    if (await isStillAt(path, handle)) return handle;
    throw new NotOurs('black-box-not-plain', path);
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}
