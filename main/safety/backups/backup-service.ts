import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { every } from '../../kernel/every.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Tell } from '../../kernel/progress.ts';
import type { Changed } from '../../kernel/room.ts';
import { createTurns } from '../../kernel/turns.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { VAULT_FILE } from '../../people/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { backupFailure } from './backup-failure.ts';
import { type BackupReason, backupName } from './backup-name.ts';
import { type DiskState, diskState, hasRoomFor } from './disk-space.ts';
import { type ChosenPlace, savePlace } from './second-place.ts';
import type { SecondPlaceService } from './second-place-service.ts';
import {
  backupsIn,
  checkDatabase,
  type PlaceState,
  placeState,
  prune,
  sizeOf,
  takeBackup,
} from './take-backup.ts';

/** A backup that is whole: where it lies, and of what moment it is. */
export interface MadeBackup {
  readonly file: string;
  readonly atMs: number;
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
  /**
   * One now, here: whoever is about to change the database waits for it. Where it fails, nothing may be changed. Its copy
   * in the second place holds nobody.
   */
  backupNow(reason: BackupReason): Promise<Result<MadeBackup>>;
  state(): BackupState;
  /** How much of the backup that is being made here is done, in percent; null while none is. */
  percent(): number | null;
  /** Resolves when the newest is in the second place too, or it is known why not: where it does not answer, soon. */
  copied(): Promise<void>;
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
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: what is copied then is looked at as far as that goes. */
  readonly journal: Pick<JournalRepository, 'head' | 'append'> | null;
  readonly journalKey: Buffer | null;
  readonly integrity: Integrity;
  readonly disk: Disk;
  readonly second: SecondPlaceService;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly changed: Changed<'disk' | 'backupProblem' | 'backupPercent'>;
}

const HOUR_MS = 3_600_000;
/** A till that was just opened has other things to do first. */
const FIRST_AFTER_MS = 120_000;
const LOOK_EVERY_MS = 300_000;

export function createBackupService(parts: BackupServiceParts): BackupService {
  const { folder, second, settings, journal, clock, logger, changed } = parts;
  const inTurn = createTurns();
  let stopped = true;
  let forget = (): void => undefined;
  let cancelFirst = (): void => undefined;
  let state: Omit<BackupState, 'second'> = {
    here: placeState(folder, [], null),
    disk: 'enough',
    freeBytes: null,
  };

  let percent: number | null = null;
  const tellPercent = (now: number | null) => {
    percent = now;
    changed('backupPercent');
  };
  /** To copy it is one half of the work, to look at the copy the other. */
  const half =
    (before: 0 | 50): Tell =>
    ({ done, of }) =>
      tellPercent(before + Math.floor((done / of) * 50));

  const change = (to: Partial<typeof state>) => {
    state = { ...state, ...to };
    changed('disk', 'backupProblem');
  };

  const now = (): BackupState => ({ ...state, second: second.state() });

  const seeHere = async (problem: AppError | null) =>
    change({ here: placeState(folder, await backupsIn(folder), problem) });

  const lookAtDisk = async () => {
    const free = await parts.disk.free(folder);
    change({ freeBytes: free, disk: diskState(free) });
  };

  const takeHere = async (name: string): Promise<Result<unknown>> => {
    const size = await sizeOf(parts.databaseFile);
    await lookAtDisk();
    if (!hasRoomFor(size, state.freeBytes)) return err(appError('backup-no-room', { what: 'free' }));
    const begun = journal?.head() ?? { chain: 0, count: 0 };
    return takeBackup({
      folder,
      name,
      write: (file) => parts.integrity.copy(parts.databaseFile, file, half(0)),
      check: (file) => checkDatabase(parts.integrity, file, parts.journalKey, begun, half(50)),
    });
  };

  const take = async (reason: BackupReason): Promise<Result<MadeBackup>> => {
    const atMs = clock.nowMs();
    const name = backupName(atMs, reason);
    try {
      const taken = await takeHere(name).finally(() => tellPercent(null));
      if (taken.ok) await prune(folder, clock.nowMs(), logger);
      else logger.error('backup.failed', { reason, code: taken.error.code, ...taken.error.details });
      await seeHere(taken.ok ? null : taken.error);
      if (!taken.ok) return taken;
      logger.info('backup.made', { reason, name });
      await keepVault(parts);
      second.copy({ name, atMs, reason });
      return ok({ file: join(folder, name), atMs });
    } catch (thrown) {
      const error = backupFailure(thrown);
      logger.error('backup.failed', { reason, code: error.code, ...error.details });
      change({ here: { ...state.here, problem: error } });
      return err(error);
    }
  };

  const lookHere = async () => {
    await lookAtDisk();
    await seeHere(state.here.problem);
  };

  /** One that was away has missed something: that goes there as soon as it is back, and not an hour later. */
  const lookThere = async () => {
    const isBack = await second.look();
    const [newest] = [...(await backupsIn(folder))].sort((a, b) => b.atMs - a.atMs);
    if (isBack && newest !== undefined) second.copy(newest);
  };

  /** By the newest that is not of a time still to come: such were made by a clock that was wrong, and say nothing. */
  const takeIfDue = () =>
    inTurn(async () => {
      if (stopped) return;
      await lookHere();
      const ages = (await backupsIn(folder))
        .map(({ atMs }) => clock.nowMs() - atMs)
        .filter((age) => age >= 0);
      if (!stopped && Math.min(HOUR_MS, ...ages) >= HOUR_MS) await take('hourly');
    })
      .then(() => (stopped ? undefined : lookThere()))
      .catch((thrown: unknown) => logger.error('backup.failed', { error: String(thrown) }));

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
      const done = Promise.all([inTurn(async () => undefined), second.copied()]);
      await Promise.race([done, gaveUp]).finally(cancel);
    },
    backupNow: (reason) => inTurn(() => take(reason)),
    copied: second.copied,
    state: now,
    percent: () => percent,
    look: async () => {
      await Promise.all([inTurn(lookHere), second.look()]);
      return now();
    },
    choosePlace: async (wanted, who) => {
      const made = wanted === null ? ok(null) : await second.make(wanted);
      if (!made.ok) return made;
      if (journal === null) return err(appError('key-lost'));
      parts.db
        .transaction(() => {
          savePlace(settings, made.value);
          const content = { folder: made.value?.folder ?? null };
          journal.append({ event: 'setting', actor: actorText(who), reason: 'backup place', content });
        })
        .immediate();
      await second.look();
      return ok({});
    },
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
