import { isRefusedRow } from '../database/failure.ts';
import type { Db } from '../database/open.ts';
import type { JournalRepository } from '../journal/journal-repository.ts';
import type { Logger } from '../ports.ts';
import { isOpenState } from './active-entries.ts';
import type { RecordedEntry } from './entry-types.ts';
import { auditEntries } from './journal-audit.ts';
import type { HostProtocol } from './member-host.ts';
import { createRepair } from './repair.ts';
import { createVoucher, type Mistrust } from './vouch.ts';

/** Vouches for entries by their journal rows, and puts right what the tables say otherwise. */
export interface EntryTrust {
  /** Null when the journal vouches for the entry, else why it does not. What only the tables had wrong is right then. */
  problem(entryId: string): string | null;
  /** The same of entries that the tables may not even have. */
  problemOf(sequence: number): string | null;
  /** What an audit found wrong in the tables alone: entries, and whether the kept sums are. */
  putRight(recorded: readonly RecordedEntry[], sums: boolean): void;
  /** How often the tables said otherwise than the journal so far. */
  repaired(): number;
}

export interface EntryTrustParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly readIncrement: HostProtocol['readIncrement'];
  readonly logger: Logger;
  /** Called once something had to be put right. */
  readonly onRepaired?: () => void;
}

/** `lastBroken`: the last journal row that was missing or altered when this till started. */
export function createEntryTrust(parts: EntryTrustParts, lastBroken: () => number): EntryTrust {
  const { db, journal, logger } = parts;
  const vouch = createVoucher(db, parts.readIncrement, journal.provenRows, (sequence, rows, { state }) =>
    journal.memory.misses(sequence, rows, isOpenState(state)),
  );
  const repair = createRepair(db);
  const sequenceOf = db.prepare('SELECT sequence FROM increment WHERE id = ?');
  let repaired = 0;

  /** A row that is gone or altered may have told of any entry that was there by then. */
  const isBehindBreak = (sequence: number): boolean =>
    lastBroken() > 0 && (journal.provenRows(sequence)?.[0]?.number ?? 0) <= lastBroken();
  const bySequence = (sequence: number): Mistrust | null =>
    isBehindBreak(sequence) ? { of: 'journal', words: 'journal broken' } : vouch.bySequence(sequence);

  const everyAltered = (): readonly RecordedEntry[] => {
    const steps = auditEntries({ db, slice: 1_000 }, { bySequence });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value.recorded;
    }
  };

  const putRight = (recorded: readonly RecordedEntry[], sums: boolean): void => {
    const [first] = recorded;
    if (first === undefined && !sums) return;
    repaired += recorded.length + (sums ? 1 : 0);
    logger.error('tables.altered', { entries: recorded.length, first: first?.sequence ?? null, sums });
    try {
      if (sums) repair.sums();
      repair.some(recorded);
    } catch (thrown) {
      // Two that were swapped hold each other's places: all that differ are put right together.
      if (!isRefusedRow(thrown)) throw thrown;
      repair.all(everyAltered());
    }
    parts.onRepaired?.();
  };

  const problemOf = (sequence: number): string | null => {
    const found = bySequence(sequence);
    if (found === null || found.of === 'journal') return found?.words ?? null;
    putRight([found.recorded], false);
    return bySequence(sequence)?.words ?? null;
  };

  return {
    problemOf,
    problem: (entryId) => {
      const { sequence } = (sequenceOf.get(entryId) as { sequence: number } | undefined) ?? { sequence: 0 };
      const before = repaired;
      const found = sequence === 0 ? 'gone' : problemOf(sequence);
      if (found !== null || repaired === before) return found;
      // It may have stood in another's place until a moment ago.
      const is = sequenceOf.get(entryId) as { sequence: number } | undefined;
      return is?.sequence === sequence ? null : 'facts';
    },
    putRight,
    repaired: () => repaired,
  };
}
