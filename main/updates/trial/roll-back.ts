import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { removeFile, renameFile, syncFile, syncFolder } from '../../kernel/atomic-file.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../kernel/folders.ts';
import { heldFailure, whileRefused } from '../../kernel/held-file.ts';
import type { Logger } from '../../kernel/ports.ts';
import { digestOf } from '../file-hash.ts';
import { type DataPlaces, placeOf, rollbackPath } from './copy-for-rollback.ts';
import {
  dropNote,
  isNoted,
  isUnderWay,
  keepRollbackCopy,
  type Mark,
  type RollbackFile,
  readMark,
  removeRollbackCopy,
  rollbackFolder,
} from './mark.ts';
import { type RowsSince, rowsSince } from './rows-repository.ts';

type CopiedFile = RollbackFile & { readonly kept: NonNullable<RollbackFile['kept']> };

const isCopied = (file: RollbackFile): file is CopiedFile => file.kept !== null;

async function isWhole(path: string, { kept }: CopiedFile): Promise<boolean> {
  if (!existsSync(path)) return false;
  const found = await digestOf(path);
  return found.bytes === kept.bytes && found.sha512 === kept.sha512;
}

/** A cut-off rollback has moved it into place already. */
async function stillToRollBack(data: DataPlaces, file: CopiedFile, target: string): Promise<boolean> {
  const aside = rollbackPath(data.folder, file);
  if (await isWhole(aside, file)) return true;
  if (!existsSync(aside) && (await isWhole(target, file))) return false;
  throw new Error(`${file.place} ${file.name} is not what was put aside`);
}

/** Renames, which works on a full disk; only another disk needs a copy. */
async function move(from: string, to: string): Promise<void> {
  try {
    await renameFile(from, to);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EXDEV') throw thrown;
    const part = `${to}.part`;
    await whileRefused(() => copyFile(from, part));
    await syncFile(part);
    await renameFile(part, to);
  }
}

const targetOf = (data: DataPlaces, { place, name }: RollbackFile): string =>
  join(placeOf(data, place), name);

/**
 * Rolls a till's data back to its snapshot while no program uses it, after verifying all of the snapshot.
 * Idempotent: killed at any moment, the mark remains and it can run again. Throws where it cannot be done, if
 * possible before any change.
 */
export async function rollBack(data: DataPlaces, files: readonly RollbackFile[]): Promise<void> {
  const moves: { from: string; to: string }[] = [];
  for (const file of files.filter(isCopied)) {
    const to = targetOf(data, file);
    if (await stillToRollBack(data, file, to)) moves.push({ from: rollbackPath(data.folder, file), to });
  }
  // SQLite would apply the WAL of another database: it goes first, like the readers' shared memory.
  const logs = moves.map(({ to }) => to).filter((to) => to.endsWith('-wal'));
  const absent = files.filter(({ kept }) => kept === null).map((file) => targetOf(data, file));
  const shared = [liveFolder, practiceFolder].map((of) => `${databaseFile(of(data.folder))}-shm`);
  for (const path of [...logs, ...absent, ...shared]) await removeFile(path);
  const folders = [...new Set(files.map(({ place }) => placeOf(data, place)))];
  for (const folder of folders) if (existsSync(folder)) await syncFolder(folder);
  for (const { from, to } of moves) {
    await mkdir(join(to, '..'), { recursive: true, mode: 0o700 });
    await move(from, to);
  }
  for (const folder of folders) if (existsSync(folder)) await syncFolder(folder);
}

export interface ComeBackParts extends DataPlaces {
  readonly logger: Logger;
}

/** Whether only the trial wrote since. An unreadable database discloses nothing. Pure. */
function mayRollBack(isOnlyTried: boolean, since: RowsSince | null): boolean {
  if (isOnlyTried) return since === null || since.others === 0;
  // The new version was in use: none of its rows is thrown away.
  return since !== null && since.notes + since.others === 0;
}

/** An unreadable database after a trial is kept for support. */
async function setAside(folder: string): Promise<void> {
  const to = `${rollbackFolder(folder)}-unreadable`;
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true, mode: 0o700 });
  const live = databaseFile(liveFolder(folder));
  for (const path of [live, `${live}-wal`])
    if (existsSync(path)) await renameFile(path, join(to, basename(path)));
  await syncFolder(liveFolder(folder));
}

async function decided({ folder, logger }: ComeBackParts, { rows }: Mark): Promise<boolean> {
  const isOnlyTried = isNoted(folder, 'onlyTried');
  // A cut-off rollback continues: what is in place meanwhile is no valid database.
  if (isOnlyTried && !isNoted(folder, 'undecided')) return true;
  const live = databaseFile(liveFolder(folder));
  const since = existsSync(live) ? rowsSince(live, rows) : { notes: 0, others: 0 };
  if (!mayRollBack(isOnlyTried, since)) {
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
 * Rolls back to the snapshot taken before a new version opened the data; call it with the data folder's lock,
 * before anything is opened. Killed at any moment, it continues at the next call. `kept`: there are entries
 * since, so the data stays, and the snapshot under another name. Errors, after which nothing may be opened:
 * update-not-put-back, file-held.
 */
export async function comeBack(parts: ComeBackParts): Promise<Result<'put-back' | 'kept'>> {
  const { folder, logger } = parts;
  try {
    const mark = readMark(folder);
    if (mark === null) return ok('put-back');
    if (mark === 'unreadable' || !(await decided(parts, mark))) {
      await keepRollbackCopy(folder);
      return ok('kept');
    }
    await rollBack(parts, mark.files);
    await removeRollbackCopy(folder);
    logger.warn('trial.put-back', { from: mark.from, to: mark.to, rows: mark.rows });
    return ok('put-back');
  } catch (thrown) {
    return err(notRolledBack(parts, thrown));
  }
}

function notRolledBack({ logger }: Pick<ComeBackParts, 'logger'>, thrown: unknown): AppError {
  const { code } = thrown as NodeJS.ErrnoException;
  const what = String(code ?? thrown).slice(0, 200);
  logger.error('trial.not-put-back', { error: String(thrown) });
  return heldFailure(thrown) ?? appError('update-not-put-back', { what });
}

export interface SettleParts extends ComeBackParts {
  readonly version: string;
}

export interface Settled {
  /** The notice of a cut-off update; null where there was none. */
  readonly notice: AppError | null;
  /** Why nothing may be opened; null where it may. */
  readonly problem: AppError | null;
  /** The page shows the till: the snapshot is dropped. */
  readonly drawn: () => Promise<void>;
}

const settled = (notice: AppError | null, problem: AppError | null = null): Settled => ({
  notice,
  problem,
  drawn: async () => undefined,
});

/**
 * What to do at a start after a trial that was cut off. Any version but the tried one rolls back. The tried
 * one was put in place and continues with its data, unless a rollback has begun. Call it with the data
 * folder's lock, before anything is opened.
 */
export async function settleTrial(parts: SettleParts): Promise<Settled> {
  const { folder, version, logger } = parts;
  let mark: ReturnType<typeof readMark>;
  try {
    mark = readMark(folder);
  } catch (thrown) {
    return settled(null, notRolledBack(parts, thrown));
  }
  if (mark === null) {
    // An unfinished snapshot.
    await removeRollbackCopy(folder).catch(() => undefined);
    return settled(null);
  }
  if (!isUnderWay(folder, version, mark)) {
    const notDone = (thrown: unknown) => logger.warn('trial.not-noted', { error: String(thrown) });
    await dropNote(folder, 'onlyTried').catch(notDone);
    return { ...settled(null), drawn: () => removeRollbackCopy(folder).catch(notDone) };
  }
  const back = await comeBack(parts);
  if (!back.ok) return settled(null, back.error);
  const tried = mark === 'unreadable' ? {} : { version: mark.to };
  // The tried version itself continues, on the data as before.
  if (back.value === 'put-back' && tried.version === version) return settled(null);
  return settled(appError(back.value === 'kept' ? 'update-data-kept' : 'update-cut-off', tried));
}
