import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { renameFile, syncFolder } from '../../kernel/atomic-file.ts';
import type { View } from '../../kernel/database/views.ts';
import { databaseFile } from '../../kernel/folders.ts';
import type { Patience } from '../../kernel/patience.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { makeLock } from '../../kernel/sealing/lock.ts';
import { hashOfFile, sealFile } from '../../kernel/sealing/sealed-file.ts';
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
  /** What this program makes of the journal. */
  readonly views: readonly View[];
  readonly vault: Pick<Vault, 'load'>;
  readonly integrity: Integrity;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Gives the file its name; the system's. */
  readonly rename?: (from: string, to: string) => Promise<void>;
}

export interface MoveWish {
  /** Where the file goes. */
  readonly folder: string;
  readonly passphrase: string;
  readonly who: Actor;
}

type Done = Result<Record<string, never>>;

/**
 * Puts the till, which nobody has open, into one sealed file for another computer, and retires it here. First the copy,
 * then the retirement, then the file: at no moment are there two that would send. One that dies in between stays
 * retired, and its newest backup is that very copy. Where the file cannot be written the till stays as it was; once it
 * has its name, or may have it (`move-uncertain`), the till stays retired, whatever fails after that.
 */
export async function moveTill(parts: MoveParts, wish: MoveWish): Promise<Done> {
  // Such as a disk that is full when the till is to be retired: then it is not.
  const moved = await withKeys(parts, wish.who, (records) => move(parts, wish, records));
  if (!moved.ok) parts.logger.error('till.not-moved', { code: moved.error.code, ...moved.error.details });
  return moved;
}

async function move(
  parts: MoveParts,
  wish: MoveWish,
  { journal, secrets, note }: KeyedRecords,
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
  note(MOVED_AWAY, { folder: wish.folder, file }, (to) => retire(to, atMs));
  const put = await putThere(parts, wish, join(backupFolder, copy), {
    target: join(wish.folder, file),
    secrets,
  });
  // Where another computer may have it, two would send: then the till stays retired.
  if (!put.ok && put.error.code !== 'move-uncertain') note('till not moved', {}, reinstate);
  if (!put.ok) return put;
  // Some shares know no way to sync a folder.
  await within(parts, wish, () => syncFolder(wish.folder)).catch((thrown: unknown) =>
    logger.error('till.move-not-synced', { error: String(thrown) }),
  );
  logger.info('till.moved-away');
  return ok({});
}

/** So long a slow stick may take for the records of years. */
const LIMIT_MS = 600_000;

const within = <T>({ patience }: MoveParts, { folder }: MoveWish, work: () => Promise<T>): Promise<T> =>
  patience.run({ place: folder, lane: 'picked', limitMs: LIMIT_MS, work });

/**
 * Seals the copy into the file that another computer takes, and gives it its name. A name that could not be given may be
 * there all the same: a share loses the answer, a stick is pulled out right after. Only where it is seen that it is not
 * there the till was not moved.
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
    // What comes back after nobody waits for it any more is named no more: the till is here again.
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

/** What lies there after a name could not be given: the file as it was written, or still the part; else nobody knows. */
async function look(part: string, target: string, written: string): Promise<'moved' | 'part' | null> {
  const isMissing = await stat(target).then(
    () => false,
    (thrown: NodeJS.ErrnoException) => thrown.code === 'ENOENT',
  );
  if (!isMissing) return (await hashOfFile(target)) === written ? 'moved' : null;
  await stat(part);
  return 'part';
}
