import { z } from 'zod';
import { type Actor, actorText, theProgram } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { SETTINGS_ALTERED } from '../../kernel/database/seals.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { type PinRecord, type PinStore, pinRecordSchema, secretHashSchema } from './pin-record.ts';

export interface PinRepositoryParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: then the pepper is lost too, and no PIN can be made. */
  readonly journal: Pick<JournalRepository, 'append' | 'hasNote' | 'noted'> | null;
}

const KEY = 'manager.pin';
const MADE = 'manager PIN made';

const madeSchema = z.object({ recovery: secretHashSchema });

/**
 * The PIN's record is a setting, which any SQLite shell can delete. So the journal also notes that it was made, with
 * its recovery code's hash: a deletion is noticed.
 */
export function createPinRepository({ db, settings, journal }: PinRepositoryParts): PinStore {
  let known: boolean | null = null;
  const isNoted = (): boolean => {
    known ??= journal?.hasNote(MADE) ?? false;
    return known;
  };
  let alarmed: boolean | null = null;
  const wasAltered = (): boolean => {
    alarmed ??= journal?.hasNote(SETTINGS_ALTERED) ?? false;
    return alarmed;
  };

  const load = (): PinRecord | null => {
    const text = settings.get(KEY);
    return text === null ? null : pinRecordSchema.parse(JSON.parse(text));
  };

  const write = db.transaction((record: PinRecord, madeBy: Actor | null): void => {
    settings.set(KEY, JSON.stringify(record));
    // An older till gets this note when its PIN is next typed.
    if (madeBy === null && isNoted()) return;
    const content = { recovery: record.recovery };
    journal?.append({
      event: 'noted',
      actor: actorText(madeBy ?? theProgram),
      reason: MADE,
      content,
    });
  });

  const save = (record: PinRecord, madeBy: Actor | null): void => {
    write.immediate(record, madeBy);
    known = journal !== null;
  };

  return {
    load,
    save: (record) => save(record, null),
    make: save,
    isTakenOut: () => load() === null && (isNoted() || wasAltered()),
    recovery: () => {
      if (!isNoted()) return load()?.recovery ?? null;
      const made = madeSchema.safeParse(journal?.noted(MADE));
      return made.success ? made.data.recovery : null;
    },
  };
}
