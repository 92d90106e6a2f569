import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { every } from '../../kernel/every.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import type { Changed } from '../../kernel/room.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { VAULT_FILE } from '../../people/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { backupFailure } from './backup-failure.ts';
import { type BackupReason, backupName } from './backup-name.ts';
import { type DiskState, diskState, hasRoomFor } from './disk-space.ts';
import { type ChosenPlace, savePlace } from './second-place.ts';
import type { SecondPlaceService, SecondState } from './second-place-service.ts';
import {
  backupsIn,
  checkDatabase,
  type PlaceState,
  placeState,
  prune,
  sizeOf,
  takeBackup,
} from './take-backup.ts';

export interface MadeBackup {
  readonly file: string;
  readonly atMs: number;
}

export interface BackupState {
  readonly here: PlaceState;
  readonly second: SecondState | null;
  readonly disk: DiskState;
  readonly freeBytes: number | null;
}

export interface BackupService {
  start(): void;
  /** Resolves when all work ended, or after `graceMs`: a hanging share must not keep a till open. */
  stop(graceMs: number): Promise<void>;
  /**
   * Makes one here now; a caller that is about to change the database must wait, and change nothing if it fails. The
   * copy in the second place is not waited for.
   */
  backupNow(reason: BackupReason): Promise<Result<MadeBackup>>;
  state(): BackupState;
  /** Progress of the backup here; null while there is none. */
  percent(): number | null;
  /** Resolves when the newest is in the second place, or could not be copied. */
  copied(): Promise<void>;
  look(): Promise<BackupState>;
  /** The second place of all backups; null for none. Existing files stay. */
  choosePlace(wanted: ChosenPlace | null, who: Actor): Promise<Result<Record<string, never>>>;
}

export interface Disk {
  /** Free bytes of the folder's disk; null where unknown. */
  free(folder: string): Promise<number | null>;
}

export interface BackupServiceParts {
  readonly folder: string;
  readonly databaseFile: string;
  /** The sealed secrets; their copy beside the backups opens with this computer's keyring only. */
  readonly vaultFile: string;
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: copies are then verified as far as possible. */
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
/** A till that was just opened has more urgent work. */
const FIRST_AFTER_MS = 120_000;
const CHECK_EVERY_MS = 300_000;

export function createBackupService(parts: BackupServiceParts): BackupService {
  const { folder, second, settings, journal, clock, logger, changed } = parts;
  const runExclusive = createMutex();
  let stopped = true;
  let forget = (): void => undefined;
  let cancelFirst = (): void => undefined;
  let state: Omit<BackupState, 'second'> = {
    here: placeState(folder, [], null),
    disk: 'enough',
    freeBytes: null,
  };

  let percent: number | null = null;
  const onPercent = (now: number | null) => {
    percent = now;
    changed('backupPercent');
  };
  /** Copying is one half of the work, verifying the other. */
  const half =
    (before: 0 | 50): OnProgress =>
    ({ done, of }) =>
      onPercent(before + Math.floor((done / of) * 50));

  const change = (to: Partial<typeof state>) => {
    state = { ...state, ...to };
    changed('disk', 'backupProblem');
  };

  const now = (): BackupState => ({ ...state, second: second.state() });

  const seeHere = async (problem: AppError | null) =>
    change({ here: placeState(folder, await backupsIn(folder), problem) });

  const checkDisk = async () => {
    const free = await parts.disk.free(folder);
    change({ freeBytes: free, disk: diskState(free) });
  };

  const takeHere = async (name: string): Promise<Result<unknown>> => {
    const size = await sizeOf(parts.databaseFile);
    await checkDisk();
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
      const taken = await takeHere(name).finally(() => onPercent(null));
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

  const checkHere = async () => {
    await checkDisk();
    await seeHere(state.here.problem);
  };

  /** A place that is back gets the newest at once. */
  const checkThere = async () => {
    const isBack = await second.look();
    const [newest] = [...(await backupsIn(folder))].sort((a, b) => b.atMs - a.atMs);
    if (isBack && newest !== undefined) second.copy(newest);
  };

  /** By the newest that is not in the future: those were made with a wrong clock. */
  const takeIfDue = () =>
    runExclusive(async () => {
      if (stopped) return;
      await checkHere();
      const ages = (await backupsIn(folder))
        .map(({ atMs }) => clock.nowMs() - atMs)
        .filter((age) => age >= 0);
      if (!stopped && Math.min(HOUR_MS, ...ages) >= HOUR_MS) await take('hourly');
    })
      .then(() => (stopped ? undefined : checkThere()))
      .catch((thrown: unknown) => logger.error('backup.failed', { error: String(thrown) }));

  return {
    start: () => {
      stopped = false;
      cancelFirst = clock.schedule(FIRST_AFTER_MS, () => void takeIfDue());
      forget = every(clock, CHECK_EVERY_MS, () => void takeIfDue());
    },
    stop: async (graceMs) => {
      stopped = true;
      cancelFirst();
      forget();
      let cancel = (): void => undefined;
      const gaveUp = new Promise<void>((resolve) => {
        cancel = clock.schedule(graceMs, resolve);
      });
      const done = Promise.all([runExclusive(async () => undefined), second.copied()]);
      await Promise.race([done, gaveUp]).finally(cancel);
    },
    backupNow: (reason) => runExclusive(() => take(reason)),
    copied: second.copied,
    state: now,
    percent: () => percent,
    look: async () => {
      await Promise.all([runExclusive(checkHere), second.look()]);
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

/** If the till's folder is lost as a whole, its keys are lost with it. */
async function keepVault({ vaultFile, folder, random, logger }: BackupServiceParts): Promise<void> {
  try {
    const text = await readFile(vaultFile, 'utf8');
    const kept = await readFile(join(folder, VAULT_FILE), 'utf8').catch(() => null);
    if (text !== kept) await writeFileAtomically(join(folder, VAULT_FILE), text, random.uuid());
  } catch (thrown) {
    logger.warn('backup.vault-not-kept', { error: String(thrown) });
  }
}
