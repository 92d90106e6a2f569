import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { VAULT_FILE } from '../credentials/vault.ts';
import { copyOnline } from '../database/online-copy.ts';
import type { Db } from '../database/open.ts';
import type { Settings } from '../database/settings-repository.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { type Actor, actorText } from '../journal/actor.ts';
import type { JournalRepository } from '../journal/journal-repository.ts';
import type { Clock, Logger, Random } from '../ports.ts';
import type { Changed } from '../room.ts';
import { every } from '../scheduler/every.ts';
import { hashOfFile, sealFile } from '../sealing/sealed-file.ts';
import { createTurns } from '../turns.ts';
import { backupFailure } from './backup-failure.ts';
import { type BackupReason, backupName } from './backup-name.ts';
import { type DiskState, diskState, hasRoomFor } from './disk-space.ts';
import { type ChosenPlace, folderAt, loadPlace, makePlace, placeProblem, savePlace } from './second-place.ts';
import { backupsIn, checkDatabase, sizeOf, takeBackup } from './take-backup.ts';
import { whichToRemove } from './which-to-keep.ts';

/** A backup that is whole: where it lies, and of what moment it is. */
export interface MadeBackup {
  readonly file: string;
  readonly atMs: number;
}

/** The newest backup in a place, and what stopped the last try; null where there is none. */
export interface PlaceState {
  readonly folder: string;
  readonly newestAtMs: number | null;
  readonly count: number;
  readonly problem: AppError | null;
}

export interface BackupState {
  readonly here: PlaceState;
  readonly second: PlaceState | null;
  readonly disk: DiskState;
  readonly freeBytes: number | null;
}

export interface BackupService {
  start(): void;
  /** Resolves when nothing of it is under way, or after `graceMs`: a share that hangs must not keep a till open. */
  stop(graceMs: number): Promise<void>;
  /** One now: whoever is about to change the database waits for it. Where it fails, nothing may be changed. */
  backupNow(reason: BackupReason): Promise<Result<MadeBackup>>;
  state(): BackupState;
  /** Looks at both places anew. */
  look(): Promise<BackupState>;
  /** Another place for a copy of each backup; null: none from now on. What lies there stays. */
  choosePlace(wanted: ChosenPlace | null, who: Actor): Promise<Result<Record<string, never>>>;
}

/** What the till has of its disk. */
export interface Disk {
  /** What is free where this folder lies; null where nobody can say. */
  free(folder: string): Promise<number | null>;
}

export interface BackupServiceParts {
  /** Where the backups lie. */
  readonly folder: string;
  readonly databaseFile: string;
  /** The sealed secrets, of which a copy lies beside the backups: only this computer's keyring opens it. */
  readonly vaultFile: string;
  readonly tillName: string;
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: what is copied then is looked at as far as that goes. */
  readonly journal: Pick<JournalRepository, 'head' | 'append'> | null;
  readonly journalKey: Buffer | null;
  readonly integrity: Integrity;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly changed: Changed<'disk' | 'backupProblem'>;
}

const HOUR_MS = 3_600_000;
/** A till that was just opened has other things to do first. */
const FIRST_AFTER_MS = 120_000;
const LOOK_EVERY_MS = 300_000;

const nowhere = (folder: string): PlaceState => ({ folder, newestAtMs: null, count: 0, problem: null });

export function createBackupService(parts: BackupServiceParts): BackupService {
  const { folder, settings, journal, clock, random, logger, changed } = parts;
  const inTurn = createTurns();
  let stopped = true;
  let forget = (): void => undefined;
  let cancelFirst = (): void => undefined;
  let state: BackupState = {
    ...{ here: nowhere(folder), second: null, disk: 'enough', freeBytes: null },
  };

  const change = (to: Partial<BackupState>) => {
    state = { ...state, ...to };
    changed('disk', 'backupProblem');
  };

  const seen = async (where: string, problem: AppError | null): Promise<PlaceState> => {
    const found = await backupsIn(where);
    const newest = found.reduce<number | null>((latest, { atMs }) => Math.max(latest ?? 0, atMs), null);
    return { folder: where, newestAtMs: newest, count: found.length, problem };
  };

  const lookAtDisk = async () => {
    const free = await parts.disk.free(folder);
    change({ freeBytes: free, disk: diskState(free) });
  };

  /** The oldest go first; one that cannot be removed is no reason to say that the new one failed. */
  const prune = async (where: string) => {
    for (const { name } of whichToRemove(await backupsIn(where), clock.nowMs())) {
      await rm(join(where, name), { force: true }).catch((thrown: unknown) =>
        logger.warn('backup.not-removed', { name, error: String(thrown) }),
      );
    }
  };

  const takeHere = async (name: string): Promise<Result<unknown>> => {
    const size = await sizeOf(parts.databaseFile);
    await lookAtDisk();
    if (!hasRoomFor(size, state.freeBytes)) return err(appError('backup-no-room', { what: 'free' }));
    const begun = journal?.head() ?? { chain: 0, count: 0 };
    return takeBackup({
      ...{ folder, name },
      write: (file) => copyOnline(parts.db, file),
      check: (file) => checkDatabase(parts.integrity, file, parts.journalKey, begun),
    });
  };

  /** What was looked at here is sealed there, and read again: it opens as what was written, or it is none. */
  const takeThere = async (name: string, atMs: number, reason: BackupReason): Promise<void> => {
    const place = loadPlace(settings);
    if (place === null) return change({ second: null });
    const where = folderAt(place);
    const missing = await placeProblem(place);
    let written = '';
    const taken =
      missing !== null
        ? err(missing)
        : await takeBackup({
            ...{ folder: where, name: backupName(atMs, reason, true) },
            write: async (file) => {
              written = await sealFile(join(folder, name), file, place.lock, random);
            },
            check: async (file) =>
              (await hashOfFile(file)) === written ? null : 'read otherwise than written',
          });
    if (taken.ok) await prune(where);
    else logger.warn('backup.second-failed', { code: taken.error.code, ...taken.error.details });
    change({ second: { ...(await seen(where, taken.ok ? null : taken.error)), folder: place.folder } });
  };

  const take = async (reason: BackupReason): Promise<Result<MadeBackup>> => {
    const atMs = clock.nowMs();
    const name = backupName(atMs, reason);
    try {
      const taken = await takeHere(name);
      if (taken.ok) await prune(folder);
      else logger.error('backup.failed', { reason, code: taken.error.code, ...taken.error.details });
      change({ here: await seen(folder, taken.ok ? null : taken.error) });
      if (!taken.ok) return taken;
      logger.info('backup.made', { reason, name });
      await keepVault(parts);
      await takeThere(name, atMs, reason);
      return ok({ file: join(folder, name), atMs });
    } catch (thrown) {
      const error = backupFailure(thrown);
      logger.error('backup.failed', { reason, code: error.code, ...error.details });
      change({ here: { ...state.here, problem: error } });
      return err(error);
    }
  };

  const look = async (): Promise<BackupState> => {
    await lookAtDisk();
    change({ here: await seen(folder, state.here.problem) });
    const place = loadPlace(settings);
    if (place === null) change({ second: null });
    else {
      const problem = (await placeProblem(place)) ?? state.second?.problem ?? null;
      change({ second: { ...(await seen(folderAt(place), problem)), folder: place.folder } });
    }
    return state;
  };

  /** By the newest that is not of a time still to come: such were made by a clock that was wrong, and say nothing. */
  const takeIfDue = () =>
    inTurn(async () => {
      if (stopped) return;
      await look();
      const ages = (await backupsIn(folder))
        .map(({ atMs }) => clock.nowMs() - atMs)
        .filter((age) => age >= 0);
      if (!stopped && Math.min(HOUR_MS, ...ages) >= HOUR_MS) await take('hourly');
    }).catch((thrown: unknown) => logger.error('backup.failed', { error: String(thrown) }));

  return {
    start: () => {
      stopped = false;
      cancelFirst = clock.schedule(FIRST_AFTER_MS, () => void takeIfDue());
      forget = every(clock, LOOK_EVERY_MS, () => void takeIfDue());
    },
    stop: async (graceMs) => {
      stopped = true;
      cancelFirst();
      forget();
      let cancel = (): void => undefined;
      const gaveUp = new Promise<void>((resolve) => {
        cancel = clock.schedule(graceMs, resolve);
      });
      await Promise.race([inTurn(async () => undefined), gaveUp]).finally(cancel);
    },
    backupNow: (reason) => inTurn(() => take(reason)),
    state: () => state,
    look: () => inTurn(look),
    choosePlace: (wanted, who) =>
      inTurn(async () => {
        const made = wanted === null ? ok(null) : await makePlace(wanted, parts.tillName, random);
        if (!made.ok) return made;
        if (journal === null) return err(appError('key-lost'));
        parts.db
          .transaction(() => {
            savePlace(settings, made.value);
            const content = { folder: made.value?.folder ?? null };
            journal.append({ event: 'setting', actor: actorText(who), reason: 'backup place', content });
          })
          .immediate();
        await look();
        return ok({});
      }),
  };
}

/** Where the till's folder is lost as a whole, its keys are lost with it. */
async function keepVault({ vaultFile, folder, random, logger }: BackupServiceParts): Promise<void> {
  try {
    const text = await readFile(vaultFile, 'utf8');
    const kept = await readFile(join(folder, VAULT_FILE), 'utf8').catch(() => null);
    if (text !== kept) await writeFileAtomically(join(folder, VAULT_FILE), text, random.uuid());
  } catch (thrown) {
    logger.warn('backup.vault-not-kept', { error: String(thrown) });
  }
}
