import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { syncFolder, writeWhole } from '../kernel/atomic-file.ts';
import type { Random } from '../kernel/ports.ts';
import { diskProblem } from './download.ts';
import type { Installer, Prepared } from './installer.ts';
import type { ReleaseFile } from './release-list.ts';

export const appImageSteps = ['created', 'half-written', 'written', 'synced', 'renamed', 'done'] as const;
export type AppImageStep = (typeof appImageSteps)[number];

export interface AppImageParts {
  readonly program: string;
  readonly random: Random;
  /** Tests end the process here. */
  readonly onStep?: (step: AppImageStep) => void;
}

const CHUNK_BYTES = 1_048_576;

const readOnlyCodes: readonly string[] = ['EACCES', 'EPERM', 'EROFS'];

/** The meaning of an error of the program's folder. */
export const folderProblem = (thrown: unknown): AppError =>
  thrown instanceof Error && 'code' in thrown && readOnlyCodes.includes(String(thrown.code))
    ? appError('update-program-read-only')
    : diskProblem(thrown);

/** Hashes the very bytes that it writes, so that nothing but the signed file is copied. */
async function copySigned(
  from: FileHandle,
  to: FileHandle,
  { size, sha512 }: ReleaseFile,
  onStep: (step: AppImageStep) => void,
): Promise<boolean> {
  const hash = createHash('sha512');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let position = 0;
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) break;
    if (position + bytesRead > size) return false;
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await writeWhole(to, chunk, position);
    position += bytesRead;
    onStep('half-written');
  }
  return position === size && hash.digest('hex') === sha512;
}

/** Left by updates that were cut off. */
async function removeLeftovers(folder: string, start: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(start)) await rm(join(folder, name), { force: true });
  }
}

/**
 * Replaces a running AppImage by write, fsync and rename: one whole program has its name at every moment.
 * electron-updater deletes the old one first, and leaves none after a power cut.
 */
export function createAppImageInstaller({ program, random, onStep = () => {} }: AppImageParts): Installer {
  const write = async (path: string, file: ReleaseFile, target: string, next: string) => {
    const from = await open(path, 'r').catch(() => null);
    if (from === null) return appError('update-file-changed');
    try {
      const to = await open(next, 'wx', 0o700);
      try {
        onStep('created');
        if (!(await copySigned(from, to, file, onStep))) return appError('update-file-changed');
        onStep('written');
        // Whoever may start the old one may start this one, whatever the umask.
        await to.chmod((await stat(target)).mode & 0o777);
        await to.sync();
        onStep('synced');
        return null;
      } finally {
        await to.close();
      }
    } finally {
      await from.close();
    }
  };

  return {
    asksForAdministrator: false,
    prepare: async (path, file): Promise<Result<Prepared>> => {
      let next = '';
      try {
        const target = await realpath(program);
        const folder = dirname(target);
        const start = `.${basename(target)}.new-`;
        await removeLeftovers(folder, start);
        next = join(folder, `${start}${random.uuid()}`);
        const problem = await write(path, file, target, next);
        if (problem === null) return ok(prepared(target, next, onStep));
        await rm(next, { force: true });
        return err(problem);
      } catch (thrown) {
        if (next !== '') await rm(next, { force: true }).catch(() => undefined);
        return err(folderProblem(thrown));
      }
    },
  };
}

const prepared = (target: string, next: string, onStep: (step: AppImageStep) => void): Prepared => ({
  program: next,
  commit: async () => {
    try {
      await rename(next, target);
      onStep('renamed');
      await syncFolder(dirname(target));
      onStep('done');
      return ok('start-again');
    } catch (thrown) {
      await rm(next, { force: true }).catch(() => undefined);
      return err(folderProblem(thrown));
    }
  },
  discard: () => rm(next, { force: true }),
});
