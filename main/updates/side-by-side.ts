import { win32 } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { hasRoomFor } from '../safety/index.ts';
import { KEPT_FREE_BYTES } from './download.ts';
import { isWhatWasSigned } from './file-hash.ts';
import { LAUNCHER } from './installed-as.ts';
import type { Installer } from './installer.ts';
import { isPublishedBy } from './publisher.ts';

export interface SideBySideParts {
  /** Where the launcher lies, beside the folders of the versions. */
  readonly root: string;
  /** Whose certificate the installer must carry; empty: nobody's will do. */
  readonly publisher: string;
  /** What Windows says of a file; null where it says nothing. */
  readonly askWindows: (path: string) => Promise<string | null>;
  /** Runs a program and tells its exit code; null where it could not be run, or did not end in time and was ended. */
  readonly run: (program: string, args: readonly string[], limitMs: number) => Promise<number | null>;
  /** Null where there is no such file. */
  readonly read: (path: string) => string | null;
  readonly exists: (path: string) => boolean;
  readonly freeBytes: (folder: string) => Promise<number | null>;
}

/** A slow disk, with a virus scanner that looks at each file as it comes. */
const STAGE_LIMIT_MS = 10 * 60_000;
const SWITCH_LIMIT_MS = 5 * 60_000;

/** So many times an installer's size is what it unpacks, at most. */
const UNPACKED = 5;

/** One folder of the root, which the installer has named. */
const STAGED = /^app-[\w.-]+$/;

/** The installer's own: another one is at work; a newer version is in place already. */
const ANOTHER_RUNS = 4;
const NEWER_IN_PLACE = 5;

/** Whatever else went wrong, the installer has changed nothing that a start goes by. */
function problemOf(code: number | null): AppError | null {
  if (code === 0) return null;
  if (code === ANOTHER_RUNS) return appError('update-not-now', { reason: 'set-up' });
  if (code === NEWER_IN_PLACE) return appError('update-none');
  return appError('update-failed', { status: String(code) });
}

/**
 * Windows' installer, which puts each version into a folder of its own beside the others: `prepare` has it unpack the new one,
 * `commit` has it move the pointer that a start goes by. It closes and starts nothing meanwhile.
 */
export function createSideBySideInstaller(parts: SideBySideParts): Installer {
  const { root, publisher, askWindows, run } = parts;

  /** Where the version lies that was unpacked last; null where nothing can be run. */
  const stagedProgram = (): string | null => {
    const folder = parts.read(win32.join(root, 'staged'))?.trim() ?? '';
    const program = win32.join(root, folder, LAUNCHER);
    return STAGED.test(folder) && parts.exists(program) ? program : null;
  };
  const stage = async (path: string): Promise<Result<string>> => {
    const problem = problemOf(await run(path, ['/S', '--stage'], STAGE_LIMIT_MS));
    if (problem !== null) return err(problem);
    const program = stagedProgram();
    return program === null ? err(appError('update-failed', { status: 'staged' })) : ok(program);
  };

  return {
    asksForAdministrator: false,
    prepare: async (path, file) => {
      if (!hasRoomFor(UNPACKED * file.size + KEPT_FREE_BYTES, await parts.freeBytes(root)))
        return err(appError('update-disk-full'));
      if (!isPublishedBy(publisher, await askWindows(path)))
        return err(appError('update-failed', { status: 'publisher' }));
      // Last of all before it is started.
      if (!(await isWhatWasSigned(path, file))) return err(appError('update-file-changed'));
      const staged = await stage(path);
      if (!staged.ok) return staged;
      return ok({
        program: staged.value,
        commit: async () => {
          if (!(await isWhatWasSigned(path, file))) return err(appError('update-file-changed'));
          const problem = problemOf(await run(path, ['/S', '--switch'], SWITCH_LIMIT_MS));
          return problem === null ? ok('start-again' as const) : err(problem);
        },
        // No start goes by it, and the next set-up sweeps it away: what a hand took away here might be what runs.
        discard: async () => undefined,
      });
    },
  };
}
