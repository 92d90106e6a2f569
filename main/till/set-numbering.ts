import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { Settings } from '../database/settings-repository.ts';
import { type Actor, actorText } from '../journal/actor.ts';
import type { JournalRepository } from '../journal/journal-repository.ts';
import type { Numbering } from '../outbox/send-second.ts';
import { saveConfig, type TillConfig } from './config.ts';

interface SetNumberingParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while the journal's key is lost: then nothing is set. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly config: TillConfig;
}

/**
 * Keeps another number, and the journal says who gave it, in one transaction. It counts from the next opening on:
 * what is signed keeps its second. Errors: invalid-request, key-lost.
 */
export const createSetNumbering =
  ({ db, settings, journal, config }: SetNumberingParts) =>
  ({ tillNumber, tillCount }: Numbering, who: Actor): Result<Record<string, never>> => {
    if (tillNumber > tillCount) return err(appError('invalid-request', { field: 'tillNumber' }));
    if (journal === null) return err(appError('key-lost'));
    const keep = db.transaction(() => {
      saveConfig(settings, { ...config, tillNumber, tillCount });
      const content = {
        from: `${config.tillNumber} of ${config.tillCount}`,
        to: `${tillNumber} of ${tillCount}`,
      };
      journal.append({
        event: 'setting',
        actor: actorText(who),
        reason: 'till number',
        content,
      });
    });
    keep.immediate();
    return ok({});
  };
