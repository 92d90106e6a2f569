import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { PolicyRepository } from '../counter/index.ts';
import { NUMBER_TWICE_KEY, type Numbering, saveConfig, type TillConfig } from '../hosts/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';

interface SetNumberingParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while the journal key is lost: nothing can be set. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly config: TillConfig;
  readonly policy: Pick<PolicyRepository, 'current' | 'save'>;
}

/**
 * Stores and journals the till's number in one transaction, unticks the declaration about numbers and ends a number
 * alarm, also for the same number. Counts from the next opening on: signed entries keep their second. Errors:
 * invalid-request, key-lost.
 */
export const createSetNumbering =
  ({ db, settings, journal, config, policy }: SetNumberingParts) =>
  ({ tillNumber, tillCount }: Numbering, who: Actor): Result<Record<string, never>> => {
    if (tillNumber > tillCount) return err(appError('invalid-request', { field: 'tillNumber' }));
    if (journal === null) return err(appError('key-lost'));
    const keep = db.transaction(() => {
      saveConfig(settings, { ...config, tillNumber, tillCount });
      settings.remove(NUMBER_TWICE_KEY);
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
      if (content.from === content.to) return;
      policy.save({ ...policy.current(), tillNumbersDeclared: false }, who);
    });
    keep.immediate();
    return ok({});
  };
