import type { HostProtocol } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { RecordedEntry } from './entry-types.ts';
import type { ChainHead } from './journal/chain.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { allDays, createTally } from './shown/tally.ts';
import { createVoucher, type Voucher } from './vouch.ts';

/** What a whole check of the journal found. */
export interface JournalAudit {
  readonly rows: number;
  /** The first row that is missing or altered; null = every row is fine. */
  readonly firstBroken: number | null;
  /** Entries that their journal rows do not vouch for, or that the tables tell otherwise, in words, oldest first. */
  readonly problems: readonly string[];
  /** Of those, what the journal tells where the tables alone are wrong: to be put in their place. */
  readonly recorded: readonly RecordedEntry[];
  /** What the journal tells of entries for which the tables still name a member who was erased: no problem. */
  readonly erased: readonly RecordedEntry[];
  /** The kept sums are not those of the entries. */
  readonly sums: boolean;
}

export interface JournalAuditParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly readIncrement: HostProtocol['readIncrement'];
  /** What the head outside the database says; null where it is not known. */
  readonly trusted: ChainHead | null;
  /** Rows or entries looked at between two yields. */
  readonly slice: number;
}

/**
 * Follows the newest chain from its first row to its end and holds every entry against it. Yields after
 * every slice, so that whoever runs it may do something else in between.
 */
export function* auditJournal(parts: JournalAuditParts): Generator<void, JournalAudit> {
  const { journal } = parts;
  const firstBroken = yield* auditRows(parts);
  // Rows that were followed to the end a moment ago need not be proven again one by one.
  const rowsOf = firstBroken === null ? journal.rowsOf : journal.provenRows;
  const { problems, recorded, erased } = yield* auditEntries(
    parts,
    createVoucher(parts.db, parts.readIncrement, rowsOf),
  );
  const days = yield* auditSums(parts);
  return {
    rows: journal.head().count,
    firstBroken,
    sums: days.length > 0,
    problems: [
      ...problems,
      ...days.map((day) => `sums of ${day === allDays ? 'all days' : day}: not those of the entries`),
    ],
    // Rows that are gone may have told more of any entry: what is left of them puts nothing right.
    ...(firstBroken === null ? { recorded, erased } : { recorded: [], erased: [] }),
  };
}

function* auditRows({ journal, trusted, slice }: JournalAuditParts): Generator<void, number | null> {
  const { chain } = journal.head();
  let count = 0;
  for (;;) {
    const { first, reached } = journal.survey(count, slice);
    if (first !== null) return first.number;
    if (reached.count === count) break;
    count = reached.count;
    yield;
  }
  if (trusted === null || trusted.chain !== chain) return null;
  if (count < trusted.count) return count + 1;
  return journal.contains(trusted) ? null : trusted.count;
}

/** The days whose kept sums are not those of their entries. */
function* auditSums({ db }: Pick<JournalAuditParts, 'db'>): Generator<void, readonly string[]> {
  const tally = createTally(db);
  const wrong = tally.isRight(allDays) ? [] : [allDays];
  for (let day = tally.dayAfter(''); day !== null; day = tally.dayAfter(day)) {
    if (!tally.isRight(day)) wrong.push(day);
    yield;
  }
  return wrong;
}

/** Every entry held against its rows: those that the tables have, and those of which only the journal tells. */
export function* auditEntries(
  { db, slice }: Pick<JournalAuditParts, 'db' | 'slice'>,
  vouch: Pick<Voucher, 'bySequence'>,
): Generator<void, Pick<JournalAudit, 'problems' | 'recorded' | 'erased'>> {
  // Those of the tables and those of the journal: either may have one that the other has not.
  const next = db.prepare(
    `SELECT sequence FROM (SELECT * FROM (SELECT sequence FROM increment WHERE sequence > @after ORDER BY sequence LIMIT @slice)
       UNION SELECT * FROM (SELECT DISTINCT entry FROM journal WHERE entry > @after ORDER BY entry LIMIT @slice))
     ORDER BY sequence LIMIT @slice`,
  );
  const problems: string[] = [];
  const recorded: RecordedEntry[] = [];
  const erased: RecordedEntry[] = [];
  let after = -1;
  for (;;) {
    const entries = next.all({ after, slice }) as { sequence: number }[];
    for (const { sequence } of entries) {
      const found = vouch.bySequence(sequence);
      if (found?.of === 'erased') erased.push(found.recorded);
      if (found === null || found.of === 'erased') continue;
      problems.push(`entry ${sequence}: the journal does not vouch for it (${found.words})`);
      if (found.of === 'tables') recorded.push(found.recorded);
    }
    const last = entries.at(-1);
    if (last === undefined) return { problems, recorded, erased };
    after = last.sequence;
    yield;
  }
}
