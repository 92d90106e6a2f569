import { readdirSync, rmSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type AppError,
  appError,
  err,
  fixedByBackup,
  type LostEntry,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import { isMissing } from '../../kernel/held-file.ts';
import type { FolderPicker, Logger } from '../../kernel/ports.ts';
import type { Room, RoomHandlers } from '../../kernel/room.ts';
import { isWeakPassphrase, openLock } from '../../kernel/sealing/lock.ts';
import { unsealFile } from '../../kernel/sealing/sealed-file.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import type { FileFacts } from '../integrity/integrity-repository.ts';
import { OPEN_ENTRIES_FILE, readOpenEntries } from '../open-entries/open-entries.ts';
import { backupFailure } from './backup-failure.ts';
import { type BackupName, PART_ENDING } from './backup-name.ts';
import { createClosedRecords, provePuttingBack } from './closed-records.ts';
import { moveTill } from './move.ts';
import { type MovedSecrets, readSecrets } from './move-file.ts';
import { closedTill, neverOpened, proveNeverOpened, standDown } from './moved-away.ts';
import { asRefusal, type RestoreParts, restoreBackup } from './restore.ts';
import { PLACE_FOLDER } from './second-place.ts';
import { backupsIn } from './take-backup.ts';

type Done = Result<Record<string, never>>;

type OpenTill = { readonly mode: 'live' | 'practice' };

export interface RestoreRoomParts extends RestoreParts {
  readonly picker: FolderPicker;
  readonly timeouts: Timeouts;
  readonly till: {
    session(): OpenTill | null;
    brokenBy(): AppError | null;
    /** Closes this till if it is open, runs the work, then opens the live one. */
    reopenAfter(of: OpenTill | null, work: () => Promise<Done>): Promise<Done>;
  };
}

interface OpenedFile {
  readonly file: string;
  /** A moved till's keys. */
  readonly secrets: MovedSecrets | null;
}

interface InspectedBackup extends OpenedFile {
  readonly id: string;
  readonly backup: FoundBackup;
  /** What the list beside a sealed backup had open. */
  readonly open: readonly LostEntry[];
}

interface Inspection {
  readonly looked: InspectedBackup;
  readonly facts: FileFacts;
}

const MOST_FOUND = 100;

/** An unreadable list does not prevent a restore; fewer lost entries are shown. */
async function openEntriesNextTo(
  { file, isSealed }: FoundBackup,
  passphrase: string,
  logger: Logger,
): Promise<readonly LostEntry[]> {
  if (!isSealed) return [];
  try {
    const read = await readOpenEntries(join(dirname(file), OPEN_ENTRIES_FILE), passphrase);
    if (read.ok) return read.value;
    logger.warn('open-entries.not-read', { code: read.error.code, ...read.error.details });
  } catch (thrown) {
    if (!isMissing(thrown)) logger.warn('open-entries.not-read', { error: String(thrown) });
  }
  return [];
}

const OPENED = 'opened';

/** Decrypted copies left by a program that ended. */
function removeLeft(folder: string, logger: Logger): void {
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith(OPENED) && name.endsWith(PART_ENDING)) rmSync(join(folder, name), { force: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT')
      logger.warn('backup.not-removed', { error: String(thrown) });
  }
}

/** For a folder that a person chose. */
const FIND_LIMIT_MS = 60_000;
const CHECK_LIMIT_MS = 600_000;

export function createRestoreRoom(parts: RestoreRoomParts): Room {
  const { till, picker, backupFolder, integrity } = parts;
  const records = createClosedRecords(parts);
  let listed: readonly FoundBackup[] = [];
  /** The chosen folder of `listed`; null for the till's own. */
  let place: string | null = null;
  let looks = 0;
  /** The last one verified, and its file: a decrypted copy, for a sealed one. */
  let looked: InspectedBackup | null = null;
  removeLeft(backupFolder, parts.logger);
  const forgetInspected = async () => {
    const before = looked;
    looked = null;
    if (before !== null && before.file !== before.backup.file) await rm(before.file, { force: true });
  };
  const within = async <T>(folder: string | null, limitMs: number, work: () => Promise<T>): Promise<T> =>
    folder === null ? work() : parts.timeouts.run({ place: folder, lane: 'picked', limitMs, work });
  // The page sends an index into its list, never a path.
  const byId = (id: string): FoundBackup | undefined => listed[Number(id)];
  const isDamaged = () => till.brokenBy()?.code === 'database-corrupt';
  /** Why a restore is refused, whoever asks. */
  const against = (): AppError | null => {
    if (till.session() !== null) return appError('till-open');
    const problem = till.brokenBy();
    return problem === null || fixedByBackup.includes(problem.code) ? null : appError('records-not-damaged');
  };

  /** From another disk it is copied here: what was verified is what is restored, without waiting for a stick. */
  const fileOf = async (
    { file, isSealed, reason }: FoundBackup,
    passphrase: string,
    opened: string,
  ): Promise<Result<OpenedFile>> => {
    if (!isSealed && place === null) return ok({ file, secrets: null });
    try {
      await mkdir(backupFolder, { recursive: true, mode: 0o700 });
      if (!isSealed) {
        await copyFile(file, opened);
        return ok({ file: opened, secrets: null });
      }
      const isMove = reason === 'move';
      let secrets: MovedSecrets | null = null;
      const takeSecrets = (first: Buffer) => {
        secrets = readSecrets(first);
      };
      const unsealed = await unsealFile(
        file,
        opened,
        (lock) => openLock(lock, passphrase),
        isMove ? takeSecrets : undefined,
      );
      if (!unsealed.ok) return unsealed;
      if (isMove && secrets === null) return err(appError('backup-damaged', { what: 'keys' }));
      return ok({ file: opened, secrets });
    } catch (thrown) {
      return err(backupFailure(thrown));
    }
  };

  const look = async (id: string, backup: FoundBackup, passphrase: string): Promise<Result<Inspection>> => {
    looks += 1;
    const mine = looks;
    // A look that was given up may still write to its own.
    const opened = join(backupFolder, `${OPENED}-${mine}${PART_ENDING}`);
    let isWanted = false;
    try {
      const file = await fileOf(backup, passphrase, opened);
      if (!file.ok) return file;
      const found = await integrity.check(file.value.file, null);
      if (!found.ok) return err(asRefusal(found.error));
      const open = await openEntriesNextTo(backup, passphrase, parts.logger);
      isWanted = looks === mine;
      return ok({ looked: { id, backup, open, ...file.value }, facts: found.value });
    } finally {
      if (!isWanted) await rm(opened, { force: true });
    }
  };

  const handlers: RoomHandlers = {
    'restore:find': async ({ elsewhere }) => {
      const refused = against();
      if (refused !== null) return err(refused);
      const folder = elsewhere ? await picker.pick() : backupFolder;
      if (folder === null) return ok({ backups: null });
      await forgetInspected();
      const chosen = elsewhere ? folder : null;
      try {
        listed = await within(chosen, FIND_LIMIT_MS, () => findBackups(folder, MOST_FOUND));
      } catch (thrown) {
        return err(backupFailure(thrown));
      }
      place = chosen;
      const backups = listed.map(({ atMs, reason, isSealed }, at) => ({
        id: String(at),
        madeAtMs: atMs,
        reason,
        isSealed,
      }));
      return ok({ backups });
    },
    'restore:look': async ({ id, passphrase = '' }) => {
      const refused = against();
      if (refused !== null) return err(refused);
      const backup = byId(id);
      if (backup === undefined) return err(appError('backup-not-found'));
      await forgetInspected();
      try {
        const found = await within(place, CHECK_LIMIT_MS, () => look(id, backup, passphrase));
        if (!found.ok) return found;
        looked = found.value.looked;
        const { till: of, lastAtMs } = found.value.facts;
        return ok({ till: of.name, host: of.host, lastAtMs });
      } catch (thrown) {
        // A late result is dropped.
        looks += 1;
        return err(backupFailure(thrown));
      }
    },
    'restore:start': async ({ id, otherMachine, pin }) => {
      const refused = against();
      if (refused !== null) return err(refused);
      const allowed = await provePuttingBack(records, { isDamaged: isDamaged(), proof: pin });
      if (!allowed.ok) return allowed;
      const of = looked;
      if (of === null || of.id !== id) return err(appError('backup-not-found'));
      const done = await till.reopenAfter(null, () =>
        restoreBackup(parts, { ...of, madeAtMs: of.backup.atMs, otherMachine }),
      );
      if (done.ok) await forgetInspected();
      return done;
    },
    'restore:moved': async () => {
      if (till.session() !== null) return err(appError('till-open'));
      return closedTill(records, isDamaged());
    },
    'restore:neverOpened': async ({ pin }) => {
      if (till.session() !== null) return err(appError('till-open'));
      const who = await proveNeverOpened(records, pin);
      return who.ok ? till.reopenAfter(null, () => neverOpened(records, who.value, parts)) : who;
    },
  };
  return {
    name: 'restore',
    handlers,
    managersHandlers: {
      'backups:move': async ({ passphrase }, who) => {
        const of = till.session();
        if (isWeakPassphrase(passphrase)) return err(appError('passphrase-weak'));
        const folder = await picker.pick();
        if (folder === null) return ok({ chosen: false });
        const moved = await till.reopenAfter(of, () => moveTill(parts, { folder, passphrase, who }));
        // A retired till does not open, which is the purpose.
        return moved.ok || moved.error.code === 'till-retired' ? ok({ chosen: true }) : moved;
      },
      'backups:standDown': async (_, who) => {
        const done = await till.reopenAfter(till.session(), () => standDown(parts, who));
        return done.ok || done.error.code === 'till-retired' ? ok({}) : done;
      },
    },
  };
}

interface FoundBackup extends BackupName {
  readonly file: string;
}

/** Bounds the search of a chosen folder. */
const MOST_FOLDERS = 50;

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : []));
  } catch {
    return [];
  }
}

/** Newest first, from the folder itself and tills' folders in it. */
export async function findBackups(folder: string, most: number): Promise<readonly FoundBackup[]> {
  const tills = [...(await foldersIn(join(folder, PLACE_FOLDER))), ...(await foldersIn(folder))];
  const found: FoundBackup[] = [];
  for (const at of [folder, ...tills.slice(0, MOST_FOLDERS)]) {
    for (const backup of await backupsIn(at)) found.push({ ...backup, file: join(at, backup.name) });
  }
  return found.sort((a, b) => b.atMs - a.atMs).slice(0, most);
}
