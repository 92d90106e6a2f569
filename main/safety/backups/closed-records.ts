import { existsSync } from 'node:fs';
import {
  type AppError,
  type Approval,
  appError,
  type ClosedTill,
  err,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import { type Actor, actorText, isManager, theManager } from '../../kernel/actor.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { type Db, openDatabase } from '../../kernel/database/open.ts';
import { createSeals } from '../../kernel/database/seals.ts';
import { cachedInMemory, createSettings, type Settings } from '../../kernel/database/settings-repository.ts';
import { databaseFile } from '../../kernel/folders.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { createJournalRepository, type JournalRepository } from '../../ledger/journal/index.ts';
import {
  actorOf,
  createManagerPin,
  createPeopleRepository,
  createPermissions,
  createPersonPins,
  createPinRepository,
  type PeopleRepository,
  type PinStore,
  personOf,
  type Vault,
  type VaultSecrets,
} from '../../people/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { retiredSince } from '../retired.ts';
import { backupFailure } from './backup-failure.ts';

export interface ClosedRecordsParts {
  readonly liveFolder: string;
  readonly vault: Pick<Vault, 'load'>;
  readonly integrity: Pick<Integrity, 'checkPages'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The records of a till that is not open, during one request. */
export interface OpenRecords {
  readonly db: Db;
  readonly settings: Settings;
  /** Null without keys, or for damaged records of a retired till: nothing can be written. */
  readonly journal: JournalRepository | null;
  /** Read-only: proves nothing without the key. Empty for damaged records of a retired till. */
  readonly read: Pick<JournalRepository, 'notes'>;
  readonly isRetired: boolean;
}

interface Opened extends OpenRecords {
  readonly pepper: Buffer | null;
  readonly people: PeopleRepository;
  readonly pin: PinStore;
}

type Proof = string | Approval | undefined;

/** One request at a time: two parallel guesses of a PIN would both pass before either counted. */
export interface ClosedRecords {
  /** Errors: `not-set-up` where there are no records, those of opening and reading, `backup-failed`. */
  work<T>(act: (records: OpenRecords) => Promise<Result<T>> | Result<T>): Promise<Result<T>>;
  /**
   * Whose approval a restore needs. A retired till is never revived without a manager; one at home here can be restored
   * at night, where its records are damaged or no PIN can be checked (ADR 31). Only during `work`.
   */
  asked(isDamaged: boolean): Pick<ClosedTill, 'asks' | 'managers'>;
  /**
   * Verifies a PIN. With people set up the till's own PIN is refused, as for any guarded act. Where no PIN can be
   * checked, without keys or in damaged records, the recovery code counts. Only during `work`. Errors:
   * `manager-locked`, those of a wrong PIN.
   */
  proven(proof: Proof, act: string): Promise<Result<Actor>>;
}

export function createClosedRecords(parts: ClosedRecordsParts): ClosedRecords {
  const runExclusive = createMutex();
  let opened: Opened | null = null;
  const now = (): Opened => {
    if (opened === null) throw new Error('no records are open');
    return opened;
  };
  const pepper = () => now().pepper;
  const pinStore: PinStore = {
    load: () => now().pin.load(),
    save: (record) => now().pin.save(record),
    make: (record, who) => now().pin.make(record, who),
    isTakenOut: () => now().pin.isTakenOut(),
    recovery: () => now().pin.recovery(),
  };
  const people: Pick<PeopleRepository, 'load' | 'lockout' | 'saveLockout'> = {
    load: () => now().people.load(),
    lockout: (id) => now().people.lockout(id),
    saveLockout: (id, lockout) => now().people.saveLockout(id, lockout),
  };
  // Shared by requests, so that a lock-out continues between them.
  const make = () => ({
    manager: createManagerPin({ ...parts, store: pinStore, pepper }),
    persons: createPersonPins({ ...parts, people, pepper }),
  });
  let pins = make();

  const proven: ClosedRecords['proven'] = async (proof, act) => {
    if (proof === undefined) return err(appError('manager-locked'));
    const record = people.load();
    const { journal } = now();
    if (record === null) {
      if (typeof proof === 'object') return err(appError('person-not-found'));
      const verified = await (journal === null
        ? pins.manager.verifyRecoveryCode(proof)
        : pins.manager.verify(proof));
      return verified.ok ? ok(theManager) : verified;
    }
    if (typeof proof === 'string') return err(appError('approver-not-manager'));
    const permissions = createPermissions({ people, journal, pins: pins.persons });
    const approver = await permissions.approver(proof, act, atThisTill);
    if (!approver.ok) return approver;
    const person = personOf(record, proof.person);
    return person === null ? err(appError('person-not-found')) : ok(actorOf(person));
  };

  return {
    work: (act) =>
      runExclusive(() =>
        withRecords(parts, async (records) => {
          opened = records;
          return act(records);
        }).finally(() => {
          opened = null;
        }),
      ),
    asked: (isDamaged) => {
      const { isRetired, journal } = now();
      if (!isRetired && (isDamaged || journal === null)) return { asks: 'nobody', managers: [] };
      if (journal === null) return { asks: 'recovery-code', managers: [] };
      const record = people.load();
      const managers = (record?.people ?? []).filter(isManager);
      const isAsked = isRetired || record !== null || pins.manager.isSet();
      return {
        asks: isAsked ? 'pin' : 'nobody',
        managers: managers.map(({ id, name }) => ({ id, name })),
      };
    },
    proven: async (proof, act) => {
      const who = await proven(proof, act);
      // A till may be opened before the next request, with lock-outs of its own.
      if (who.ok) pins = make();
      return who;
    },
  };
}

const atThisTill: Actor = { role: 'till', person: '' };

const noNotes: OpenRecords['read'] = { notes: () => [] };

async function withRecords<T>(
  { liveFolder, vault, clock, integrity }: ClosedRecordsParts,
  act: (records: Opened) => Promise<Result<T>>,
): Promise<Result<T>> {
  const loaded = await vault.load();
  // Opening a missing database would create it.
  if (!existsSync(databaseFile(liveFolder))) return err(appError('not-set-up'));
  const file = openDatabase(databaseFile(liveFolder));
  if (!file.ok) return file;
  const db = file.value;
  let isRetired = false;
  try {
    isRetired = retiredSince(createSettings(db)) !== null;
    const isDamaged = isRetired && (await integrity.checkPages(databaseFile(liveFolder))) !== null;
    const secrets = loaded.state === 'present' && !isDamaged ? loaded.secrets : null;
    const read = createJournalRepository(db, secrets?.journalKey ?? Buffer.alloc(32), clock);
    const settings =
      secrets === null
        ? cachedInMemory(createSettings(db))
        : createSettings(db, createSeals(db, secrets.journalKey));
    const journal = secrets === null ? null : read;
    const of = { db, settings, journal };
    return await act({
      ...of,
      read: isDamaged ? noNotes : read,
      isRetired,
      people: createPeopleRepository(of),
      pin: createPinRepository(of),
      pepper: secrets?.pinPepper ?? null,
    });
  } catch (thrown) {
    const failure = databaseFailure(thrown) ?? backupFailure(thrown);
    // A retired till is never restored, however little of it can be read.
    return err(isRetired && isUnreadable(failure) ? appError('till-retired') : failure);
  } finally {
    db.close();
  }
}

/** Writes settings and their journal note in one transaction. */
export function noting(
  { db, settings }: Pick<OpenRecords, 'db' | 'settings'>,
  journal: Pick<JournalRepository, 'append'>,
  who: Actor,
): (reason: string, content: object, write: (to: Settings) => void) => void {
  return (reason, content, write) =>
    db
      .transaction(() => {
        write(settings);
        journal.append({ event: 'noted', actor: actorText(who), reason, content });
      })
      .immediate();
}

export type KeyedParts = Omit<ClosedRecordsParts, 'integrity' | 'random'>;

export interface KeyedRecords {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly secrets: VaultSecrets;
  readonly note: ReturnType<typeof noting>;
}

/** Works on the records of a till that is not open, with its keys. Errors: `key-lost`, those of opening, `backup-failed`. */
export async function withKeys<T>(
  { liveFolder, vault, clock }: KeyedParts,
  who: Actor,
  act: (records: KeyedRecords) => Promise<Result<T>> | Result<T>,
): Promise<Result<T>> {
  const loaded = await vault.load();
  if (loaded.state !== 'present') return err(appError('key-lost'));
  const { secrets } = loaded;
  const opened = openDatabase(databaseFile(liveFolder));
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const journal = createJournalRepository(db, secrets.journalKey, clock);
    const settings = createSettings(db, createSeals(db, secrets.journalKey));
    return await act({ db, journal, secrets, note: noting({ db, settings }, journal, who) });
  } catch (thrown) {
    return err(backupFailure(thrown));
  } finally {
    db.close();
  }
}

/** Such records may be replaced by a backup without a manager (ADR 31). */
export const isUnreadable = ({ code }: AppError): boolean =>
  ['not-set-up', 'database-corrupt', 'database-failed'].includes(code);

/** Checks permission to restore. Errors: those of `proven`, and those of `work` for readable records. */
export async function provePuttingBack(
  records: ClosedRecords,
  { isDamaged, proof }: { readonly isDamaged: boolean; readonly proof: Proof },
): Promise<Result<unknown>> {
  // Keeps unreadable records apart from a failed proof.
  const found = await records.work<Result<unknown>>(async () =>
    ok(records.asked(isDamaged).asks === 'nobody' ? ok({}) : await records.proven(proof, 'restore:start')),
  );
  if (found.ok) return found.value;
  return isUnreadable(found.error) ? ok({}) : found;
}
