import type { HostProtocol } from '../hosts/port/index.ts';
import { isRefusedRow } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import { createTogether } from '../kernel/database/together.ts';
import type { Logger } from '../kernel/ports.ts';
import type { RecordedEntry } from './entry-types.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { auditEntries, type JournalAudit } from './journal-audit.ts';
import { createTally } from './shown/tally.ts';
import { isOpenState } from './tables/entry-lookups.ts';
import { createEntryTables } from './tables/entry-tables.ts';
import { createVoucher, type Judged, type Mistrust } from './vouch.ts';

/** Vouches for entries by their journal rows, and puts right what the tables say otherwise. */
export interface EntryTrust {
  /** Null when the journal vouches for the entry, else why it does not. What only the tables had wrong is right then. */
  problem(entryId: string): string | null;
  /** The same, with what is vouched for: no other bytes are sent. */
  vouched(entryId: string): Vouched;
  /** The same of entries that the tables may not even have. */
  problemOf(sequence: number): string | null;
  putRight(found: WrongInTables): void;
  /** How often something of the tables was put right so far. */
  repaired(): number;
  /** Whether somebody had altered some of that: names that were erased are taken out without. */
  isAltered(): boolean;
}

export interface Vouched extends Pick<Judged, 'proven'> {
  /** Null where the journal vouches for the entry; else nothing is proven of it. */
  readonly problem: string | null;
}

/** What an audit found wrong in the tables alone. */
export type WrongInTables = Pick<JournalAudit, 'recorded' | 'erased' | 'sums'>;

export interface EntryTrustParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly readIncrement: HostProtocol['readIncrement'];
  readonly logger: Logger;
  /** Called once something had to be put right. */
  readonly onRepaired?: () => void;
}

const notVouched = (problem: string): Vouched => ({ problem, proven: null });

/** `lastBroken`: the last journal row that was missing or altered when this till started. */
export function createEntryTrust(parts: EntryTrustParts, lastBroken: () => number): EntryTrust {
  const { db, journal, logger } = parts;
  const vouch = createVoucher(db, parts.readIncrement, journal.provenRows, (sequence, rows, { state }) =>
    journal.memory.misses(sequence, rows, isOpenState(state)),
  );
  const repair = createRepair(db);
  const sequenceOf = db.prepare('SELECT sequence FROM increment WHERE id = ?');
  let repaired = 0;
  let altered = false;

  /** A row that is gone or altered may have told of any entry that was there by then. */
  const isBehindBreak = (sequence: number): boolean =>
    lastBroken() > 0 && (journal.provenRows(sequence)?.[0]?.number ?? 0) <= lastBroken();
  const judge = (sequence: number): Judged =>
    isBehindBreak(sequence)
      ? { mistrust: { of: 'journal', words: 'journal broken' }, proven: null }
      : vouch.judge(sequence);
  const bySequence = (sequence: number): Mistrust | null => judge(sequence).mistrust;

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
      // Two that were swapped hold each other's places: all that differ are put right together.
      if (!isRefusedRow(thrown)) throw thrown;
      repair.all(everyWrong());
    }
    parts.onRepaired?.();
  };

  const vouchedOf = (sequence: number): Vouched => {
    const { mistrust, proven } = judge(sequence);
    if (mistrust === null) return { problem: null, proven };
    if (mistrust.of === 'journal') return notVouched(mistrust.words);
    const { of, recorded } = mistrust;
    const nothing = { recorded: [], erased: [], sums: false };
    putRight(of === 'erased' ? { ...nothing, erased: [recorded] } : { ...nothing, recorded: [recorded] });
    const now = judge(sequence);
    return now.mistrust === null ? { problem: null, proven: now.proven } : notVouched(now.mistrust.words);
  };

  const vouched = (entryId: string): Vouched => {
    const { sequence } = (sequenceOf.get(entryId) as { sequence: number } | undefined) ?? { sequence: 0 };
    const before = repaired;
    const found = sequence === 0 ? notVouched('gone') : vouchedOf(sequence);
    if (found.problem !== null || repaired === before) return found;
    // It may have stood in another's place until a moment ago.
    const is = sequenceOf.get(entryId) as { sequence: number } | undefined;
    return is?.sequence === sequence ? found : notVouched('facts');
  };

  return {
    problemOf: (sequence) => vouchedOf(sequence).problem,
    vouched,
    problem: (entryId) => vouched(entryId).problem,
    putRight,
    repaired: () => repaired,
    isAltered: () => altered,
  };
}

/** Puts into the tables what the journal tells of entries, in one commit. */
interface Repair {
  /** All are taken out before one is put in. Throws where the tables still clash with others: those were altered too. */
  some(recorded: readonly RecordedEntry[]): void;
  /** All that differ: what else holds the place of one is no entry that the journal tells of. */
  all(recorded: readonly RecordedEntry[]): void;
  /** The sums of all days. */
  sums(): void;
}

function createRepair(db: Db): Repair {
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
