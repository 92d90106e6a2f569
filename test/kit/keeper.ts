import { join } from 'node:path';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import type { Db } from '../../main/kernel/database/db.ts';
import { createHeadSlots } from '../../main/ledger/journal/head.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { createJournalKeeper, type JournalKeeperParts } from '../../main/ledger/journal-keeper.ts';
import { createRecorder } from '../../main/ledger/recorder.ts';
import { journalKey } from './outbox.ts';
import { realRandom } from './practice-store.ts';
import { silentLogger } from './till.ts';

/** A keeper as the till makes it; the head lies in `folder`, and its copy in a folder beside it. */
export function createKeeper(
  db: Db,
  folder: string,
  parts: Pick<JournalKeeperParts, 'clock'> & Partial<JournalKeeperParts>,
) {
  const journal = parts.journal ?? createJournalRepository(db, journalKey, parts.clock);
  const made = {
    journal,
    recorder: createRecorder(db, journal, realRandom),
    slots: createHeadSlots(folder, journalKey),
    copy: createHeadSlots(join(folder, 'copy'), journalKey),
    ...parts,
  };
  const { readIncrement } = kybio;
  return {
    ...made,
    keeper: createJournalKeeper({ db, readIncrement, random: realRandom, logger: silentLogger, ...made }),
  };
}
