import { existsSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { readBlackBox } from '../black-box/read-black-box.ts';
import type { JournalRow } from '../journal/chain.ts';
import type { FolderPicker, Logger } from '../ports.ts';
import type { Room, RoomHandlers } from '../room.ts';
import { isWeakPassphrase, type Lock, openLock } from '../sealing/lock.ts';
import { unsealFile } from '../sealing/sealed-file.ts';
import { backupFailure } from './backup-failure.ts';
import { PART_ENDING } from './backup-name.ts';
import { type FoundBackup, findBackups } from './find-backups.ts';
import { moveTill } from './move.ts';
import { type MovedSecrets, readSecrets } from './move-file.ts';
import { asRefusal, type RestoreParts, restoreBackup } from './restore.ts';
import { BLACK_BOX_FILE } from './second-place.ts';

type Done = Result<Record<string, never>>;

export interface RestoreRoomParts extends RestoreParts {
  readonly picker: FolderPicker;
  readonly till: {
    /** The live till is open or about to be. */
    session(): { readonly mode: 'live' | 'practice' } | null;
    /** Runs the work while no till is open, and opens the live one after it. */
    reopenAfter(work: () => Promise<Done>): Promise<Done>;
  };
}

interface OpenedFile {
  readonly file: string;
  /** The keys of a till that was moved. */
  readonly secrets: MovedSecrets | null;
}

interface Looked extends OpenedFile {
  readonly id: string;
  readonly backup: FoundBackup;
  /** What the black box beside a sealed one tells. */
  readonly told: readonly JournalRow[] | null;
}

const MOST_FOUND = 100;

/** One that cannot be read is no reason to put nothing back: then less is told. */
async function blackBoxBeside(
  { file, isSealed }: FoundBackup,
  passphrase: string,
  logger: Logger,
): Promise<readonly JournalRow[] | null> {
  const path = join(dirname(file), BLACK_BOX_FILE);
  if (!isSealed || !existsSync(path)) return null;
  try {
    const box = await readBlackBox(path, (lock) => openLock(lock, passphrase));
    if (box.ok) return box.value.ways.at(-1) ?? null;
    logger.warn('black-box.not-read', { code: box.error.code, ...box.error.details });
  } catch (thrown) {
    logger.warn('black-box.not-read', { error: String(thrown) });
  }
  return null;
}

/** A program that ended while somebody looked at a sealed backup has left it there in plain. */
function removeLeft(opened: string, logger: Logger): void {
  try {
    rmSync(opened, { force: true });
  } catch (thrown) {
    logger.warn('backup.not-removed', { name: basename(opened), error: String(thrown) });
  }
}

/** Puts a backup back, where no till is open. */
export function createRestoreRoom(parts: RestoreRoomParts): Room {
  const { till, picker, backupFolder, integrity } = parts;
  let listed: readonly FoundBackup[] = [];
  /** The one that was looked at last, and the file that is it: what was opened of a sealed one lies here meanwhile. */
  let looked: Looked | null = null;
  const opened = join(backupFolder, `opened${PART_ENDING}`);
  removeLeft(opened, parts.logger);
  const forgetLooked = async () => {
    looked = null;
    await rm(opened, { force: true });
  };
  // A page names a backup by its place in the list that it was given, never by a path.
  const byId = (id: string): FoundBackup | undefined => listed[Number(id)];
  const isOpen = () => till.session()?.mode === 'live';
  // The live till has a room of its own, which answers these while it is open.
  const noBackups = () => err(appError(till.session() === null ? 'not-set-up' : 'only-live'));

  const fileOf = async (
    { file, isSealed, reason }: FoundBackup,
    passphrase: string,
  ): Promise<Result<OpenedFile>> => {
    if (!isSealed) return ok({ file, secrets: null });
    try {
      await mkdir(backupFolder, { recursive: true, mode: 0o700 });
      const isMove = reason === 'move';
      let secrets: MovedSecrets | null = null;
      const takeSecrets = (first: Buffer) => {
        secrets = readSecrets(first);
      };
      const unsealed = await unsealFile(
        ...([file, opened, (lock: Lock) => openLock(lock, passphrase)] as const),
        isMove ? takeSecrets : undefined,
      );
      if (!unsealed.ok) return unsealed;
      if (isMove && secrets === null) return err(appError('backup-damaged', { what: 'keys' }));
      return ok({ file: opened, secrets });
    } catch (thrown) {
      return err(backupFailure(thrown));
    }
  };

  const handlers: RoomHandlers = {
    'restore:find': async ({ elsewhere }) => {
      if (isOpen()) return err(appError('till-open'));
      const folder = elsewhere ? await picker.pick() : backupFolder;
      if (folder === null) return ok({ backups: null });
      await forgetLooked();
      listed = await findBackups(folder, MOST_FOUND);
      const backups = listed.map(({ atMs, reason, isSealed }, at) => ({
        ...{ id: String(at), madeAtMs: atMs, reason, isSealed },
      }));
      return ok({ backups });
    },
    'restore:look': async ({ id, passphrase = '' }) => {
      const backup = byId(id);
      if (backup === undefined) return err(appError('backup-not-found'));
      if (isOpen()) return err(appError('till-open'));
      await forgetLooked();
      const file = await fileOf(backup, passphrase);
      if (!file.ok) {
        await forgetLooked();
        return file;
      }
      const found = await integrity.check(file.value.file, null);
      if (!found.ok) {
        await forgetLooked();
        return err(asRefusal(found.error));
      }
      const told = await blackBoxBeside(backup, passphrase, parts.logger);
      looked = { id, backup, told, ...file.value };
      const { till: of, lastAtMs } = found.value;
      return ok({ till: of.name, host: of.host, lastAtMs });
    },
    'restore:start': async ({ id, otherMachine }) => {
      const of = looked;
      if (of === null || of.id !== id) return err(appError('backup-not-found'));
      if (isOpen()) return err(appError('till-open'));
      const done = await till.reopenAfter(() =>
        restoreBackup(parts, { ...of, madeAtMs: of.backup.atMs, otherMachine }),
      );
      if (done.ok) await forgetLooked();
      return done;
    },
  };
  return {
    name: 'restore',
    handlers: {
      ...handlers,
      'backups:get': noBackups,
      'backups:now': noBackups,
      'backups:choosePlace': noBackups,
      'backups:forgetPlace': noBackups,
      'backups:acknowledgeRestore': noBackups,
    },
    managersHandlers: {
      'backups:move': async ({ passphrase }, who) => {
        if (!isOpen()) return noBackups();
        if (isWeakPassphrase(passphrase)) return err(appError('passphrase-weak'));
        const folder = await picker.pick();
        if (folder === null) return ok({ chosen: false });
        const moved = await till.reopenAfter(() => moveTill(parts, { folder, passphrase, who }));
        // Afterwards it does not open here, which is what was wanted.
        return moved.ok || moved.error.code === 'till-retired' ? ok({ chosen: true }) : moved;
      },
    },
  };
}
