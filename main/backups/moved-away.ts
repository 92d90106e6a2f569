import { existsSync } from 'node:fs';
import { z } from 'zod';
import {
  type Approval,
  appError,
  err,
  type MovedAway,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { journalViews } from '../compose-views.ts';
import { createManagerPin } from '../credentials/manager-pin.ts';
import { createPinRepository } from '../credentials/pin-repository.ts';
import type { Vault, VaultSecrets } from '../credentials/vault.ts';
import { type Db, openDatabase } from '../database/open.ts';
import { createSeals } from '../database/seals.ts';
import { createSettings, type Settings } from '../database/settings-repository.ts';
import { databaseFile } from '../folders.ts';
import { type Actor, actorText, theManager } from '../journal/actor.ts';
import { createJournalRepository, type JournalRepository } from '../journal/journal-repository.ts';
import { createPeopleRepository } from '../people/people-repository.ts';
import { personOf } from '../people/people-rules.ts';
import { createPermissions } from '../people/permissions.ts';
import { createPersonPins } from '../people/person-pins.ts';
import { actorOf } from '../people/signed-in.ts';
import type { Clock, Logger, Random } from '../ports.ts';
import { comeBack, MOVED_AWAY, NEVER_OPENED, OTHER_GOES_ON, retiredSince } from '../till/retired.ts';
import { backupFailure } from './backup-failure.ts';

export interface MovedAwayParts {
  readonly liveFolder: string;
  readonly vault: Pick<Vault, 'load'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

interface Records {
  readonly db: Db;
  readonly settings: Settings;
  readonly journal: JournalRepository;
  readonly secrets: VaultSecrets;
}

/**
 * Works on the records of a till that was retired and that nobody has open. Errors: `not-moved` where there is none,
 * `key-lost`, those of opening, `backup-failed`.
 */
async function withRecords<T>(
  { liveFolder, vault, clock }: MovedAwayParts,
  work: (records: Records) => Promise<Result<T>> | Result<T>,
): Promise<Result<T>> {
  const loaded = await vault.load();
  // To open what is not there would make it.
  if (!existsSync(databaseFile(liveFolder))) return err(appError('not-moved'));
  const opened = openDatabase(databaseFile(liveFolder), journalViews);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    if (retiredSince(createSettings(db)) === null) return err(appError('not-moved'));
    if (loaded.state !== 'present') return err(appError('key-lost'));
    const { secrets } = loaded;
    const journal = createJournalRepository(db, secrets.journalKey, clock);
    const settings = createSettings(db, createSeals(db, secrets.journalKey));
    return await work({ db, settings, journal, secrets });
  } catch (thrown) {
    return err(backupFailure(thrown));
  } finally {
    db.close();
  }
}

const fileSchema = z.object({ folder: z.string(), file: z.string() });

/** The note of the move that this till was retired by; null where another copy of it goes on. */
function moveOf({ journal }: Records) {
  const [move] = journal.notes(MOVED_AWAY, { limit: 1 });
  const [stood] = journal.notes(OTHER_GOES_ON, { limit: 1 });
  return move === undefined || (stood?.number ?? 0) > move.number ? null : move;
}

/**
 * What the records of a till that was moved away tell of it: when and by whom, the file where that is known, and who may
 * say that it was never opened there. Null where it was retired otherwise. Errors: those of `withRecords`.
 */
export function movedAway(parts: MovedAwayParts): Promise<Result<MovedAway | null>> {
  return withRecords(parts, (records) => {
    const move = moveOf(records);
    if (move === null) return ok(null);
    const content = fileSchema.safeParse(move.content);
    const people = createPeopleRepository(records).load();
    const managers = (people?.people ?? []).filter(({ role }) => role === 'manager');
    return ok({
      atMs: move.atMs,
      file: content.success ? content.data : null,
      managers: people === null ? null : managers.map(({ id, name }) => ({ id, name })),
    });
  });
}

const atThisTill: Actor = { role: 'till', person: '' };

/** Whose PIN it is. With people set up the till's own does nothing here, as for any act of a manager. */
async function proven(
  { db, settings, journal, secrets }: Records,
  parts: MovedAwayParts,
  proof: string | Approval | undefined,
): Promise<Result<Actor>> {
  if (proof === undefined) return err(appError('manager-locked'));
  const pepper = () => secrets.pinPepper;
  const people = createPeopleRepository({ db, settings, journal });
  const record = people.load();
  if (record === null) {
    if (typeof proof === 'object') return err(appError('person-not-found'));
    const store = createPinRepository({ db, settings, journal });
    const verified = await createManagerPin({ ...parts, store, pepper }).verify(proof);
    return verified.ok ? ok(theManager) : verified;
  }
  if (typeof proof === 'string') return err(appError('approver-not-manager'));
  const permissions = createPermissions({
    people,
    journal,
    pins: createPersonPins({ ...parts, people, pepper }),
  });
  const approver = await permissions.approver(proof, NEVER_OPENED, atThisTill);
  if (!approver.ok) return approver;
  const person = personOf(record, proof.person);
  return person === null ? err(appError('person-not-found')) : ok(actorOf(person));
}

/** Proves that a manager asks. Errors: `not-moved`, those of a wrong PIN and of `withRecords`. */
export const proveManager = (
  parts: MovedAwayParts,
  proof: string | Approval | undefined,
): Promise<Result<Actor>> =>
  withRecords(parts, (records) =>
    moveOf(records) === null ? err(appError('not-moved')) : proven(records, parts, proof),
  );

/**
 * A manager, who was proven, says that the till was never opened on the computer that it was moved to: it is at home here
 * again. The next start gives all that was open to people, since nobody else knows, and begins an epoch: where a file
 * of the move is used after all, whoever meets the other stops. Errors: `not-moved`, those of `withRecords`.
 */
export function neverOpened(parts: MovedAwayParts, who: Actor): Promise<Result<Record<string, never>>> {
  return withRecords(parts, (records) => {
    const { db, settings, journal } = records;
    if (moveOf(records) === null) return err(appError('not-moved'));
    const note = { event: 'noted', actor: actorText(who), reason: NEVER_OPENED, content: {} } as const;
    db.transaction(() => {
      comeBack(settings, parts.clock.nowMs());
      journal.append(note);
    }).immediate();
    parts.logger.warn('till.came-back');
    return ok({});
  });
}
