import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { renameFile, syncFolder } from '../../kernel/atomic-file.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import { heldFailure } from '../../kernel/held-file.ts';
import type { Logger } from '../../kernel/ports.ts';
import { asideFolder, dropNote, isNoted, keepAside, type Mark, readMark, removeAside } from './mark.ts';
import type { DataPlaces } from './put-aside.ts';
import { putBack } from './put-back.ts';
import { type RowsSince, rowsSince } from './rows-repository.ts';

export interface ComeBackParts extends DataPlaces {
  readonly logger: Logger;
}

/** What became of the data that was put aside. */
export type CameBack =
  | { readonly kind: 'put-back' }
  /** It has entries since: it stays as it is, and the copy too, under another name. */
  | { readonly kind: 'kept' }
  /** Nothing may be opened until it was done. */
  | { readonly kind: 'failed'; readonly problem: AppError };

/** Whether only what a trial writes was written since; what no program can read tells nobody anything. */
function mayPutBack(folder: string, since: RowsSince | null): boolean {
  if (isNoted(folder, 'onlyTried')) return since === null || since.others === 0;
  // The new version has worked on it: not one row of that is thrown away.
  return since !== null && since.notes + since.others === 0;
}

/** What the trial has made of the database, and nobody can read: a person may want it, so it is not thrown away. */
async function setAside(folder: string): Promise<void> {
  const to = `${asideFolder(folder)}-unreadable`;
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true, mode: 0o700 });
  const live = databaseFile(liveFolder(folder));
  for (const path of [live, `${live}-wal`])
    if (existsSync(path)) await renameFile(path, join(to, basename(path)));
  await syncFolder(liveFolder(folder));
}

async function decided({ folder, logger }: ComeBackParts, { rows }: Mark): Promise<boolean> {
  // A put-back that did not come to its end goes on: what lies there meanwhile is nobody's database.
  if (isNoted(folder, 'onlyTried') && !isNoted(folder, 'undecided')) return true;
  const live = databaseFile(liveFolder(folder));
  const since = existsSync(live) ? rowsSince(live, rows) : { notes: 0, others: 0 };
  if (!mayPutBack(folder, since)) {
    logger.error('trial.entries-since', { rows, since: since === null ? -1 : since.notes + since.others });
    return false;
  }
  if (since === null) {
    logger.error('trial.unreadable');
    await setAside(folder);
  }
  await dropNote(folder, 'undecided');
  return true;
}

/**
 * Puts the data back that was put aside before a new version was let at it; to be called with the data folder's lock, before
 * anything of it is opened. Killed at any moment it goes on where it was, when it is called again.
 */
export async function comeBack(parts: ComeBackParts): Promise<CameBack> {
  const { folder, logger } = parts;
  try {
    const mark = readMark(folder);
    if (mark === null) return { kind: 'put-back' };
    if (mark === 'unreadable' || !(await decided(parts, mark))) {
      await keepAside(folder);
      return { kind: 'kept' };
    }
    await putBack(parts, mark.files);
    await removeAside(folder);
    logger.warn('trial.put-back', { from: mark.from, to: mark.to, rows: mark.rows });
    return { kind: 'put-back' };
  } catch (thrown) {
    return { kind: 'failed', problem: notPutBack(parts, thrown) };
  }
}

/** Why nothing may be opened: what was put aside is still to be put back. */
export function notPutBack({ logger }: Pick<ComeBackParts, 'logger'>, thrown: unknown): AppError {
  const { code } = thrown as NodeJS.ErrnoException;
  const what = String(code ?? thrown).slice(0, 200);
  logger.error('trial.not-put-back', { error: String(thrown) });
  return heldFailure(thrown) ?? appError('update-not-put-back', { what });
}
