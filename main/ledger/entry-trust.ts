import { isRefusedRow } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import { createRunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { RecordedEntry } from './entry-types.ts';
import { createEntryVerifier, type Mistrust, type Verification } from './entry-verifier.ts';
import { auditEntries, type JournalAudit } from './journal-audit.ts';
import type { JournalKeeperParts } from './journal-state.ts';
import { createTally } from './shown/tally.ts';
import { isOpenState } from './tables/entry-lookups.ts';
import { createEntryTables } from './tables/entry-tables.ts';

/** Verifies entries against their journal rows, and repairs the tables where they differ. */
export interface EntryTrust {
  /** Null if the entry verifies, else why it does not. A difference in the tables alone is repaired first. */
  problem(entryId: string): string | null;
  /** The same, with the proven entry and its signed bytes: nothing else is sent. */
  verified(entryId: string): Verified;
  /** The same by sequence, for entries that the tables may lack. */
  problemOf(sequence: number): string | null;
  putRight(found: WrongInTables): void;
  /** How many repairs there were so far. */
  repaired(): number;
  /** Whether a repair undid somebody's change; removing erased names does not count. */
  isAltered(): boolean;
}

interface Verified extends Pick<Verification, 'proven'> {
  /** Null if the entry verifies; else `proven` is null. */
  readonly problem: string | null;
}

type WrongInTables = Pick<JournalAudit, 'recorded' | 'erased' | 'sums'>;

type EntryTrustParts = Pick<JournalKeeperParts, 'db' | 'journal' | 'readIncrement' | 'logger' | 'onRepaired'>;

const notVerified = (problem: string): Verified => ({ problem, proven: null });

/** `lastBroken` is the number of the last journal row found missing or altered at this start; 0 if none. */
export function createEntryTrust(parts: EntryTrustParts, lastBroken: () => number): EntryTrust {
  const { db, journal, logger } = parts;
  const verifier = createEntryVerifier(
    db,
    parts.readIncrement,
    journal.provenRows,
    (sequence, rows, { state }) => journal.memory.misses(sequence, rows, isOpenState(state)),
  );
  const repair = createRepair(db);
  const sequenceOf = db.prepare('SELECT sequence FROM increment WHERE id = ?');
  let repaired = 0;
  let altered = false;

  /** A missing or altered row may have been about any entry that existed by then. */
  const isBehindBreak = (sequence: number): boolean =>
    lastBroken() > 0 && (journal.provenRows(sequence)?.[0]?.number ?? 0) <= lastBroken();
  const verify = (sequence: number): Verification =>
    isBehindBreak(sequence)
      ? { mistrust: { of: 'journal', words: 'journal broken' }, proven: null }
      : verifier.verify(sequence);
  const bySequence = (sequence: number): Mistrust | null => verify(sequence).mistrust;

  const everyWrong = (): readonly RecordedEntry[] => {
    const steps = auditEntries({ db, slice: 1_000 }, { bySequence });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return [...value.recorded, ...value.erased];
    }
  };

  const putRight = ({ recorded, erased, sums }: WrongInTables): void => {
    const wrong = [...recorded, ...erased];
    if (wrong.length === 0 && !sums) return;
    repaired += wrong.length + (sums ? 1 : 0);
    if (erased.length > 0) logger.info('tables.names-erased', { entries: erased.length });
    if (recorded.length > 0 || sums) {
      altered = true;
      const first = recorded[0]?.sequence ?? null;
      logger.error('tables.altered', { entries: recorded.length, first, sums });
    }
    try {
      if (sums) repair.sums();
      repair.some(wrong);
    } catch (thrown) {
      // Two swapped rows hold each other's unique keys: repair all that differ together.
      if (!isRefusedRow(thrown)) throw thrown;
      repair.all(everyWrong());
    }
    parts.onRepaired?.();
  };

  const verifiedOf = (sequence: number): Verified => {
    const { mistrust, proven } = verify(sequence);
    if (mistrust === null) return { problem: null, proven };
    if (mistrust.of === 'journal') return notVerified(mistrust.words);
    const { of, recorded } = mistrust;
    const nothing = { recorded: [], erased: [], sums: false };
    putRight(of === 'erased' ? { ...nothing, erased: [recorded] } : { ...nothing, recorded: [recorded] });
    const now = verify(sequence);
    return now.mistrust === null ? { problem: null, proven: now.proven } : notVerified(now.mistrust.words);
  };

  const verified = (entryId: string): Verified => {
    const { sequence } = (sequenceOf.get(entryId) as { sequence: number } | undefined) ?? { sequence: 0 };
    const before = repaired;
    const found = sequence === 0 ? notVerified('gone') : verifiedOf(sequence);
    if (found.problem !== null || repaired === before) return found;
    // The repair may have shown that this id belongs to another sequence.
    const is = sequenceOf.get(entryId) as { sequence: number } | undefined;
    return is?.sequence === sequence ? found : notVerified('facts');
  };

  return {
    problemOf: (sequence) => verifiedOf(sequence).problem,
    verified,
    problem: (entryId) => verified(entryId).problem,
    putRight,
    repaired: () => repaired,
    isAltered: () => altered,
  };
}

/** Writes entries as the journal has them into the tables, in one commit. */
interface Repair {
  /** Deletes all before it inserts. Throws where the tables still clash with other rows: those were altered too. */
  some(recorded: readonly RecordedEntry[]): void;
  /** Also deletes whatever holds their keys: it is no entry of the journal. */
  all(recorded: readonly RecordedEntry[]): void;
  sums(): void;
}

function createRepair(db: Db): Repair {
  const tables = createEntryTables(db);
  const tally = createTally(db);
  const runInTransaction = createRunInTransaction(db);
  const put = (recorded: readonly RecordedEntry[], alone: boolean) =>
    runInTransaction(() => {
      for (const { sequence } of recorded) tables.replace(sequence, null);
      if (!alone) for (const entry of recorded) tables.clearPlaceOf(entry);
      for (const entry of recorded) tables.insert(entry);
      tally.make();
    });
  return {
    some: (recorded) => put(recorded, true),
    all: (recorded) => put(recorded, false),
    sums: () => runInTransaction(tally.make),
  };
}
