import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { renameFile, syncFolder } from '../../kernel/atomic-file.ts';
import { databaseFile } from '../../kernel/folders.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { makeLock } from '../../kernel/sealing/lock.ts';
import { hashOfFile, sealFile } from '../../kernel/sealing/sealed-file.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { isOpen } from '../../ledger/tables/index.ts';
import type { Vault, VaultSecrets } from '../../people/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { MOVED_AWAY, reinstate, retire } from '../retired.ts';
import { backupFailure } from './backup-failure.ts';
import { backupName, PART_ENDING } from './backup-name.ts';
import { type KeyedRecords, withKeys } from './closed-records.ts';
import { secretsBytes } from './move-file.ts';
import { checkDatabase, takeBackup } from './take-backup.ts';

export interface MoveParts {
  readonly liveFolder: string;
  readonly backupFolder: string;
  readonly vault: Pick<Vault, 'load'>;
  readonly integrity: Integrity;
  readonly timeouts: Timeouts;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Renames the file; the system's by default. */
  readonly rename?: (from: string, to: string) => Promise<void>;
}

export interface MoveWish {
  readonly folder: string;
  readonly passphrase: string;
  readonly who: Actor;
}

type Done = Result<Record<string, never>>;

/**
 * Writes the till, which nobody has open, into one sealed file for another computer, and retires it here: copy,
 * retirement, file, so that never two would send. A crash in between leaves it retired, with that copy as its newest
 * backup. If the file cannot be written the till stays; once the file has, or may have (`move-uncertain`), its name, it
 * stays retired.
 */
export async function moveTill(parts: MoveParts, wish: MoveWish): Promise<Done> {
  // A full disk, for example, prevents the retirement.
  const moved = await withKeys(parts, wish.who, (records) => move(parts, wish, records));
  if (!moved.ok) parts.logger.error('till.not-moved', { code: moved.error.code, ...moved.error.details });
  return moved;
}

async function move(
  parts: MoveParts,
  wish: MoveWish,
  { db, journal, secrets, note }: KeyedRecords,
): Promise<Done> {
  const { backupFolder, clock, logger } = parts;
  const atMs = clock.nowMs();
  const copy = backupName(atMs, 'asked');
  const begun = journal.head();
  const taken = await takeBackup({
    folder: backupFolder,
    name: copy,
    write: (file) => parts.integrity.copy(databaseFile(parts.liveFolder), file),
    check: (file) => checkDatabase(parts.integrity, file, secrets.journalKey, begun),
  });
  if (!taken.ok) return taken;
  const file = backupName(atMs, 'move', true);
  const open = db.prepare(`SELECT COUNT(*) FROM increment WHERE ${isOpen}`).pluck().get();
  note(MOVED_AWAY, { folder: wish.folder, file, open }, (to) => retire(to, atMs));
  const put = await putThere(parts, wish, join(backupFolder, copy), {
    target: join(wish.folder, file),
    secrets,
  });
  // Another computer may have the file, and two would send: the till stays retired.
  if (!put.ok && put.error.code !== 'move-uncertain') note('till not moved', {}, reinstate);
  if (!put.ok) return put;
  // Some shares cannot sync a folder.
  await within(parts, wish, () => syncFolder(wish.folder)).catch((thrown: unknown) =>
    logger.error('till.move-not-synced', { error: String(thrown) }),
  );
  logger.info('till.moved-away');
  return ok({});
}

/** A slow stick, and years of records. */
const LIMIT_MS = 600_000;

const within = <T>({ timeouts }: MoveParts, { folder }: MoveWish, work: () => Promise<T>): Promise<T> =>
  timeouts.run({ place: folder, lane: 'picked', limitMs: LIMIT_MS, work });

/**
 * Seals the copy and renames it into place. A rename that failed may have happened: a share loses the reply, a stick is
 * pulled out. Only if the file is seen to be missing the till was not moved.
 */
async function putThere(
  parts: MoveParts,
  wish: MoveWish,
  from: string,
  { target, secrets }: { readonly target: string; readonly secrets: VaultSecrets },
): Promise<Done> {
  const part = `${target}${PART_ENDING}`;
  let written = '';
  let [isGivenUp, isBeingNamed] = [false, false];
  const work = async () => {
    await stat(wish.folder);
    const lock = await makeLock(wish.passphrase, parts.random);
    written = await sealFile(from, part, lock, parts.random, secretsBytes(secrets));
    if ((await hashOfFile(part)) !== written) throw new Error('read otherwise than written');
    // Too late: the till is at home here again.
    if (isGivenUp) return;
    isBeingNamed = true;
    await (parts.rename ?? renameFile)(part, target);
  };
  try {
    await within(parts, wish, work);
    return ok({});
  } catch (thrown) {
    isGivenUp = true;
    const error = backupFailure(thrown);
    const found = isBeingNamed
      ? await within(parts, wish, () => look(part, target, written)).catch(() => null)
      : 'part';
    if (found === 'moved') return ok({});
    if (found === null) return err(appError('move-uncertain', error.details));
    await within(parts, wish, () => rm(part, { force: true })).catch(() => undefined);
    return err(error);
  }
}

/** After a failed rename: the complete file, still the part, or unknown. */
async function look(part: string, target: string, written: string): Promise<'moved' | 'part' | null> {
  const isMissing = await stat(target).then(
    () => false,
    (thrown: NodeJS.ErrnoException) => thrown.code === 'ENOENT',
  );
  if (!isMissing) return (await hashOfFile(target)) === written ? 'moved' : null;
  await stat(part);
  return 'part';
}
