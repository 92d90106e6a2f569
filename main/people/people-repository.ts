import { z } from 'zod';
import { appError } from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { DatabaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { type LockoutState, unlocked } from './credentials/lockout.ts';
import { nobody, type PeopleRecord, peopleRecordSchema } from './person.ts';

const KEY = 'people';
const TRIES_KEY = 'people.tries';
const KEPT = 'people';

/** Durable: saved data is on the disk when these return. */
export interface PeopleRepository {
  /** Null where nobody was ever set up. */
  load(): PeopleRecord | null;
  /** Journals `what` was done to `whom`, with the whole resulting list. */
  save(record: PeopleRecord, who: Actor, told: { readonly what: string; readonly whom: string }): void;
  /** A transaction around `save` did not end: the list is read again. */
  forget(): void;
  lockout(personId: string): LockoutState;
  saveLockout(personId: string, lockout: LockoutState): void;
}

export interface PeopleRepositoryParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: then the pepper is lost too, and no PIN can be checked. */
  readonly journal: Pick<JournalRepository, 'append' | 'hasNote' | 'noted'> | null;
}

const noteSchema = z.object({ record: peopleRecordSchema });
const triesSchema = z.record(
  z.string(),
  z.object({
    failures: z.number().int().nonnegative(),
    remainingMs: z.number().int().nonnegative(),
    lately: z.number().nonnegative(),
  }),
);

/**
 * The journal has the list of people, so altering the settings removes nobody and makes no manager. The settings have
 * a copy for a new chain after a lost key; those PINs are lost as well.
 */
export function createPeopleRepository({ db, settings, journal }: PeopleRepositoryParts): PeopleRepository {
  let known: PeopleRecord | null | undefined;

  const read = (): PeopleRecord | null => {
    if (journal === null) return null;
    const noted = noteSchema.safeParse(journal.noted(KEPT));
    if (noted.success) return noted.data.record;
    const text = settings.get(KEY);
    if (text !== null) return peopleRecordSchema.parse(JSON.parse(text));
    // People were set up, but no trusted record says who: only recovery lets anyone in.
    return journal.hasNote(KEPT) ? nobody : null;
  };

  const readTries = () => {
    const text = settings.get(TRIES_KEY);
    const tries = text === null ? null : triesSchema.safeParse(JSON.parse(text));
    return tries?.success ? tries.data : {};
  };

  const write = db.transaction(
    (record: PeopleRecord, who: Actor, told: { readonly what: string; readonly whom: string }): void => {
      if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
      settings.set(KEY, JSON.stringify(record));
      journal.append({ event: 'noted', actor: actorText(who), reason: KEPT, content: { ...told, record } });
    },
  );

  return {
    load: () => {
      if (known === undefined) known = read();
      return known;
    },
    save: (record, who, told) => {
      // After a failure the stored list is read again.
      known = undefined;
      write.immediate(record, who, told);
      known = record;
    },
    forget: () => {
      known = undefined;
    },
    lockout: (personId) => readTries()[personId] ?? unlocked,
    saveLockout: (personId, lockout) => {
      const stay = new Set((known ?? read())?.people.map(({ id }) => id));
      const others = Object.entries(readTries()).filter(([id]) => stay.has(id));
      const remainingMs = Math.ceil(lockout.remainingMs);
      settings.set(
        TRIES_KEY,
        JSON.stringify({ ...Object.fromEntries(others), [personId]: { ...lockout, remainingMs } }),
      );
    },
  };
}
