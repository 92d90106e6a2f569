import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { syncFolder } from '../atomic-file.ts';
import { journalViews } from '../compose-views.ts';
import type { Vault, VaultSecrets } from '../credentials/vault.ts';
import { type Db, openDatabase } from '../database/open.ts';
import { createSeals } from '../database/seals.ts';
import { createSettings, type Settings } from '../database/settings-repository.ts';
import { databaseFile } from '../folders.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { type Actor, actorText } from '../journal/actor.ts';
import { createJournalRepository } from '../journal/journal-repository.ts';
import type { Clock, Logger, Random } from '../ports.ts';
import { makeLock } from '../sealing/lock.ts';
import { hashOfFile, sealFile } from '../sealing/sealed-file.ts';
import { reinstate, retire } from '../till/retired.ts';
import { backupFailure } from './backup-failure.ts';
import { backupName, PART_ENDING } from './backup-name.ts';
import { secretsBytes } from './move-file.ts';
import { checkDatabase, takeBackup } from './take-backup.ts';

export interface MoveParts {
  readonly liveFolder: string;
  readonly backupFolder: string;
  readonly vault: Pick<Vault, 'load'>;
  readonly integrity: Integrity;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
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
 * has its name the till stays retired, whatever fails after that.
 */
export async function moveTill(parts: MoveParts, wish: MoveWish): Promise<Done> {
  const { liveFolder, vault, logger } = parts;
  const loaded = await vault.load();
  if (loaded.state !== 'present') return err(appError('key-lost'));
  const opened = openDatabase(databaseFile(liveFolder), journalViews);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const moved = await move(parts, wish, db, loaded.secrets);
    if (!moved.ok) logger.error('till.not-moved', { code: moved.error.code, ...moved.error.details });
    return moved;
  } catch (thrown) {
    // Such as a disk that is full when the till is to be retired: then it is not.
    const error = backupFailure(thrown);
    logger.error('till.not-moved', { code: error.code, ...error.details });
    return err(error);
  } finally {
    db.close();
  }
}

async function move(parts: MoveParts, wish: MoveWish, db: Db, secrets: VaultSecrets): Promise<Done> {
  const { backupFolder, clock, random, logger } = parts;
  const atMs = clock.nowMs();
  const journal = createJournalRepository(db, secrets.journalKey, clock);
  const settings = createSettings(db, createSeals(db, secrets.journalKey));
  const note = (reason: string, write: (to: Settings) => void) =>
    db
      .transaction(() => {
        write(settings);
        journal.append({ event: 'noted', actor: actorText(wish.who), reason, content: {} });
      })
      .immediate();
  const copy = backupName(atMs, 'asked');
  const begun = journal.head();
  const taken = await takeBackup({
    ...{ folder: backupFolder, name: copy },
    write: (file) => parts.integrity.copy(databaseFile(parts.liveFolder), file),
    check: (file) => checkDatabase(parts.integrity, file, secrets.journalKey, begun),
  });
  if (!taken.ok) return taken;
  note('till moved away', (to) => retire(to, atMs));
  const target = join(wish.folder, backupName(atMs, 'move', true));
  const part = `${target}${PART_ENDING}`;
  try {
    await stat(wish.folder);
    const lock = await makeLock(wish.passphrase, random);
    const written = await sealFile(join(backupFolder, copy), part, lock, random, secretsBytes(secrets));
    if ((await hashOfFile(part)) !== written) throw new Error('read otherwise than written');
    await rename(part, target);
  } catch (thrown) {
    await rm(part, { force: true }).catch(() => undefined);
    note('till not moved', reinstate);
    return err(backupFailure(thrown));
  }
  // Another computer may take it from now on. Some shares know no way to sync a folder.
  await syncFolder(wish.folder).catch((thrown: unknown) =>
    logger.error('till.move-not-synced', { error: String(thrown) }),
  );
  logger.info('till.moved-away');
  return ok({});
}
