import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';

/** The name belongs to something that this till must not write to. */
export class NotOurs extends Error {
  readonly code: 'black-box-not-plain' | 'black-box-foreign';
  readonly path: string;

  constructor(code: NotOurs['code'], path: string) {
    super(`${code}: ${path}`);
    this.code = code;
    this.path = path;
  }
}

/** Some shares report no link count. */
const isPlain = (found: BigIntStats): boolean => found.isFile() && found.nlink <= 1n;

/** Windows reports a volume's id differently by name and by handle; without links the name decides. */
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

/** Whether this very file has the name, and no other. */
export async function isStillAt(path: string, handle: FileHandle): Promise<boolean> {
  const [held, named] = [await handle.stat({ bigint: true }), await namedAt(path)];
  return named !== null && isPlain(named) && isPlain(held) && isSame(named, held);
}

// Neither follows a link that appears now, nor blocks on a pipe; Windows has neither.
const FLAGS = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens a plain file without other names for reading and writing; null where there is none. Errors: `NotOurs`. */
export async function openPlain(path: string): Promise<FileHandle | null> {
  const named = await namedAt(path);
  if (named === null) return null;
  if (!isPlain(named)) throw new NotOurs('black-box-not-plain', path);
  const handle = await open(path, FLAGS).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'ELOOP' ? new NotOurs('black-box-not-plain', path) : thrown;
  });
  try {
    // Checked again by name now that it is open: some disks renumber a file that nobody holds.
    if (await isStillAt(path, handle)) return handle;
    throw new NotOurs('black-box-not-plain', path);
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}
