import type { HostProtocol } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { RecordedEntry } from './entry-types.ts';
import { createEntryVerifier, type EntryVerifier } from './entry-verifier.ts';
import type { ChainHead } from './journal/chain.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { allDays, createTally } from './shown/tally.ts';

export interface JournalAudit {
  readonly rows: number;
  /** The first missing or altered row; null if none is. */
  readonly firstBroken: number | null;
  /** Entries that do not verify, or differ in the tables, in words, oldest first. */
  readonly problems: readonly string[];
  /** Those with only the tables wrong, as the journal has them. */
  readonly recorded: readonly RecordedEntry[];
  /** Entries whose erased member the tables still name, as the journal has them: no problem. */
  readonly erased: readonly RecordedEntry[];
  /** The stored sums (`tally.ts`) are not those of the entries. */
  readonly sums: boolean;
}

export interface JournalAuditParts {
  readonly db: Db;
  readonly journal: JournalRepository;
  readonly readIncrement: HostProtocol['readIncrement'];
  /** The checkpoint outside the database; null if unknown. */
  readonly trusted: ChainHead | null;
  /** Rows or entries per step. */
  readonly slice: number;
}

/**
 * Verifies the newest chain from its first row, and every entry against it. Yields after each slice, so that other work
 * can run in between.
 */
export function* auditJournal(parts: JournalAuditParts): Generator<void, JournalAudit> {
  const { journal } = parts;
  const firstBroken = yield* auditRows(parts);
  // With the whole chain just verified, rows need no proof of their own.
  const rowsOf = firstBroken === null ? journal.rowsOf : journal.provenRows;
  const { problems, recorded, erased } = yield* auditEntries(
    parts,
    createEntryVerifier(parts.db, parts.readIncrement, rowsOf),
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
    // Missing rows may have changed any entry: the rest is no basis for a repair.
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

/** Days whose stored sums are not those of their entries. */
function* auditSums({ db }: Pick<JournalAuditParts, 'db'>): Generator<void, readonly string[]> {
  const tally = createTally(db);
  const wrong = tally.isRight(allDays) ? [] : [allDays];
  for (let day = tally.dayAfter(''); day !== null; day = tally.dayAfter(day)) {
    if (!tally.isRight(day)) wrong.push(day);
    yield;
  }
  return wrong;
}

/** Verifies every entry that the tables or the journal have. */
export function* auditEntries(
  { db, slice }: Pick<JournalAuditParts, 'db' | 'slice'>,
  verifier: Pick<EntryVerifier, 'bySequence'>,
): Generator<void, Pick<JournalAudit, 'problems' | 'recorded' | 'erased'>> {
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
      const found = verifier.bySequence(sequence);
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
