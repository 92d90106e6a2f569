import { win32 } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { hasRoomFor } from '../safety/index.ts';
import { KEPT_FREE_BYTES } from './download.ts';
import { isWhatWasSigned } from './file-hash.ts';
import { LAUNCHER } from './installed-as.ts';
import type { Installer } from './installer.ts';
import { isPublishedBy } from './publisher.ts';

export interface SideBySideParts {
  /** The launcher's folder, beside the versions' folders. */
  readonly root: string;
  /** The required publisher of the installer; empty refuses all. */
  readonly publisher: string;
  /** Windows' verdict on a file; null where there is none. */
  readonly askWindows: (path: string) => Promise<string | null>;
  /** Returns the exit code; null where it could not run, or was ended at the limit. */
  readonly run: (program: string, args: readonly string[], limitMs: number) => Promise<number | null>;
  /** Null where there is no such file. */
  readonly read: (path: string) => string | null;
  readonly exists: (path: string) => boolean;
  readonly freeBytes: (folder: string) => Promise<number | null>;
}

/** For a slow disk with a virus scanner. */
const STAGE_LIMIT_MS = 10 * 60_000;
const SWITCH_LIMIT_MS = 5 * 60_000;

/** Size of an unpacked installer, as a multiple, at most. */
const UNPACKED = 5;

/** A folder of the root, as the installer named it. */
const STAGED = /^app-[\w.-]+$/;

/** Exit codes of the installer. */
const ANOTHER_RUNS = 4;
const NEWER_IN_PLACE = 5;

/** After any other error the installer has changed nothing that a start depends on. */
function problemOf(code: number | null): AppError | null {
  if (code === 0) return null;
  if (code === ANOTHER_RUNS) return appError('update-not-now', { reason: 'set-up' });
  if (code === NEWER_IN_PLACE) return appError('update-none');
  return appError('update-failed', { status: String(code) });
}

/**
 * Windows' installer, which puts each version into a folder of its own: `prepare` unpacks it, `commit` moves
 * the pointer that a start follows. It closes and starts nothing.
 */
export function createSideBySideInstaller(parts: SideBySideParts): Installer {
  const { root, publisher, askWindows, run } = parts;

  /** The last unpacked version's program; null where it cannot be run. */
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
      // Last, just before it is started.
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
        // No start follows it, and the next set-up removes it; to delete it here might hit what runs.
        discard: async () => undefined,
      });
    },
  };
}
