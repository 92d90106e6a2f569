import type { Db } from '../kernel/database/open.ts';
import { createTogether } from '../kernel/database/together.ts';
import type { RecordedEntry } from './entry-types.ts';
import { createTally } from './shown/tally.ts';
import { createEntryTables } from './tables/entry-tables.ts';

/** Puts into the tables what the journal tells of entries, in one commit. */
export interface Repair {
  /** All are taken out before one is put in. Throws where the tables still clash with others: those were altered too. */
  some(recorded: readonly RecordedEntry[]): void;
  /** Of all that differ: what else holds the place of one is no entry that the journal tells of. */
  all(recorded: readonly RecordedEntry[]): void;
  /** The sums of all days. */
  sums(): void;
}

export function createRepair(db: Db): Repair {
  const tables = createEntryTables(db);
  const tally = createTally(db);
  const together = createTogether(db);
  const put = (recorded: readonly RecordedEntry[], alone: boolean) =>
    together(() => {
      for (const { sequence } of recorded) tables.replace(sequence, null);
      if (!alone) for (const entry of recorded) tables.clearPlaceOf(entry);
      for (const entry of recorded) tables.insert(entry);
      tally.make();
    });
  return {
    some: (recorded) => put(recorded, true),
    all: (recorded) => put(recorded, false),
    sums: () => together(tally.make),
  };
}
