import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { openDatabase } from '../../kernel/database/open.ts';
import { createSeals } from '../../kernel/database/seals.ts';
import { createSettings } from '../../kernel/database/settings-repository.ts';
import type { View } from '../../kernel/database/views.ts';
import { databaseFile } from '../../kernel/folders.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import { createJournalRepository, readTillLine } from '../../ledger/journal/index.ts';
import type { Vault } from '../../people/index.ts';
import { OTHER_GOES_ON, retire } from '../retired.ts';
import { backupFailure } from './backup-failure.ts';

export interface StandDownParts {
  readonly liveFolder: string;
  /** What this program makes of the journal. */
  readonly views: readonly View[];
  readonly vault: Pick<Vault, 'load'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * A copy of this till, which nobody has open here, lives on another computer, and a manager has said that that one goes on:
 * this one is retired as after a move. Errors: `key-lost`, `no-copy` where none was met, those of opening, `backup-failed`.
 */
export async function standDown(
  { liveFolder, views, vault, clock, logger }: StandDownParts,
  who: Actor,
): Promise<Result<Record<string, never>>> {
  const loaded = await vault.load();
  if (loaded.state !== 'present') return err(appError('key-lost'));
  const opened = openDatabase(databaseFile(liveFolder), views);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const open = readTillLine(db)?.open ?? [];
    if (open.length === 0) return err(appError('no-copy'));
    const { journalKey } = loaded.secrets;
    const journal = createJournalRepository(db, journalKey, clock);
    const settings = createSettings(db, createSeals(db, journalKey));
    db.transaction(() => {
      retire(settings, clock.nowMs());
      const note = { event: 'noted', actor: actorText(who), reason: OTHER_GOES_ON } as const;
      journal.append({ ...note, content: { epochs: open } });
    }).immediate();
    logger.warn('till.stands-down');
    return ok({});
  } catch (thrown) {
    return err(backupFailure(thrown));
  } finally {
    db.close();
  }
}
