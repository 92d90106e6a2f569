import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import type { Db } from '../../main/kernel/database/open.ts';
import type { RecordedEntry } from '../../main/ledger/entry-types.ts';
import { createEntryVerifier } from '../../main/ledger/entry-verifier.ts';
import { foldEntry } from '../../main/ledger/fold.ts';
import type { JournalRow } from '../../main/ledger/journal/chain.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { createEntryTables, disagreement } from '../../main/ledger/tables/entry-tables.ts';
import { createNamesOf } from '../../main/ledger/tables/named-members.ts';
import type { EntryState } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { endOf, journalKey, type Outbox, openOutbox, signer } from '../kit/outbox.ts';

type Act = 'lost' | 'refused' | 'not-sent' | 'again' | 'review' | 'send' | 'interrupted' | 'resigned';
type Last = 'applied' | 'rejected' | 'cancelled' | 'confirmed' | 'open';

/** What may have happened to an entry; what does not fit its state does not happen. */
const history = fc.record({
  acts: fc.array(
    fc.constantFrom<Act>('lost', 'refused', 'not-sent', 'again', 'review', 'send', 'interrupted', 'resigned'),
    { maxLength: 7 },
  ),
  last: fc.constantFrom<Last>('applied', 'rejected', 'cancelled', 'confirmed', 'open'),
});

const decision = (state: EntryState) => ({
  state,
  cause: null,
  who: atTheTill,
  reason: 'seen',
  evidence: {},
});

function live(till: Outbox, id: string, acts: readonly (Act | Last)[]): void {
  const { outbox, transitions } = till;
  for (const act of acts) {
    const entry = outbox.byId(id);
    if (entry === null) throw new Error('gone');
    const { state } = entry;
    const attempt = (end: 'unknown' | 'refused' | 'notSent' | 'applied' | 'rejected') => {
      const from = state === 'unknown' ? 'unknown' : 'queued';
      const begun = transitions.beginAttempt(entry, null, from);
      if (begun !== null) transitions.endAttempt(begun, endOf(end));
    };
    if (act === 'lost' && state === 'queued') attempt('unknown');
    if (act === 'refused' && state === 'queued') attempt('refused');
    if (act === 'not-sent' && state === 'queued') attempt('notSent');
    if (act === 'again' && state === 'unknown') attempt('refused');
    if (act === 'review') transitions.sendToReview(entry, 'evidence-unclear');
    if (act === 'send') transitions.decide(entry, decision('queued'));
    if (act === 'interrupted' && state === 'queued') {
      transitions.beginAttempt(entry, null);
      transitions.recoverInterrupted();
    }
    if (act === 'resigned')
      transitions.resign(
        (body) => ({ ...signer.signBody(body), keyFingerprint: 'f'.repeat(16) }),
        () => true,
      );
    if ((act === 'applied' || act === 'rejected') && state === 'queued') attempt(act);
    if (act === 'cancelled' && state === 'queued') transitions.cancel(id, atTheTill);
    if (act === 'confirmed' && state !== 'queued') transitions.decide(entry, decision('confirmed'));
  }
}

function lived(acts: readonly (Act | Last)[]) {
  const till = openOutbox();
  // Neighbours in the journal, so that a row before or after is another entry's.
  till.add({ customerUid: '5' });
  const { id } = till.add();
  till.add({ customerUid: '6' });
  live(till, id, acts);
  const journal = createJournalRepository(till.db, journalKey, till.clock);
  const entry = createEntryTables(till.db).byId(id);
  if (entry === null) throw new Error('gone');
  return { till, id, journal, entry, rows: journal.rowsOf(entry.sequence) };
}

/** What of the entry is not as the rows say; null where they agree. */
function differs(db: Db, rows: readonly JournalRow[], found: RecordedEntry): string | null {
  const folded = foldEntry({ readIncrement: kybio.readIncrement, namesOf: createNamesOf(db) }, rows);
  return folded.ok ? disagreement(folded.value.entry, found) : folded.problem;
}

/** Other values than this one: of the same kind, of another, nothing. */
const othersThan = (value: string | number | null): readonly (string | number | null)[] => {
  const near = typeof value === 'number' ? [value + 1, -value - 1] : [`${value ?? ''}x`, `${value ?? ''} `];
  return [...near, '', 0, 1, null, String(value)].filter((other) => !Object.is(other, value));
};

/** Every way to have one field otherwise, or gone. */
function* alterations<C extends object>(columns: C): Generator<[string, C]> {
  for (const [name, value] of Object.entries(columns)) {
    if (Array.isArray(value)) continue;
    for (const other of othersThan(value))
      yield [`${name} = ${JSON.stringify(other)}`, { ...columns, [name]: other }];
    yield [
      `no ${name}`,
      Object.fromEntries(Object.entries(columns).filter(([other]) => other !== name)) as C,
    ];
  }
}

function* alteredEntries(entry: RecordedEntry): Generator<[string, RecordedEntry]> {
  yield* alterations(entry);
  for (const [at, attempt] of entry.attempts.entries()) {
    for (const [what, altered] of alterations(attempt))
      yield [`attempt ${at}: ${what}`, { ...entry, attempts: entry.attempts.with(at, altered) }];
    yield [`no attempt ${at}`, { ...entry, attempts: entry.attempts.toSpliced(at, 1) }];
    yield [`attempt ${at} twice`, { ...entry, attempts: [...entry.attempts, { ...attempt, number: 99 }] }];
  }
}

describe('an entry with any history', () => {
  it('is vouched for as it is, and not with any one field of it otherwise', { timeout: 120_000 }, () => {
    let alteredCount = 0;
    fc.assert(
      fc.property(history, ({ acts, last }) => {
        const { till, entry, rows } = lived([...acts, last]);
        const { db } = till;
        expect(differs(db, rows, entry)).toBeNull();
        for (const [what, altered] of alteredEntries(entry)) {
          alteredCount += 1;
          if (differs(db, rows, altered) === null) throw new Error(`not noticed: ${what}`);
        }
      }),
      { numRuns: 15 },
    );
    expect(alteredCount).toBeGreaterThan(1_000);
  });

  it('is not vouched for by fewer rows, by rows twice, or by rows in another order', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(history, ({ acts, last }) => {
        const { till, entry, rows } = lived([...acts, last]);
        const { db } = till;
        for (const at of rows.keys()) {
          const [row, next] = [rows[at], rows[at + 1]];
          if (row === undefined) continue;
          expect(differs(db, rows.toSpliced(at, 1), entry)).not.toBeNull();
          expect(differs(db, rows.toSpliced(at, 0, row), entry)).not.toBeNull();
          if (next !== undefined) expect(differs(db, rows.toSpliced(at, 2, next, row), entry)).not.toBeNull();
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** The tables that tell of an entry: whose a row is, and its key. */
const tables = [
  { table: 'increment', owner: 'sequence', key: 'sequence' },
  { table: 'attempt', owner: 'entry', key: 'entry, number' },
  { table: 'journal', owner: 'entry', key: 'number' },
] as const;

/** Statements that each alter one column of one row of an entry; the first parameter is its sequence. */
function* alteringStatements(db: Db, sequence: number): Generator<string> {
  const otherValues = (name: string) => [
    `COALESCE(CAST(${name} AS TEXT), '') || '7'`,
    `CAST(COALESCE(CAST(${name} AS TEXT), '') || '7' AS BLOB)`,
    `COALESCE(CAST(${name} AS INTEGER), 0) + 1`,
    'NULL',
  ];
  for (const { table, owner, key } of tables) {
    const columns = db.pragma(`table_info(${table})`) as { name: string }[];
    const found = db.prepare(`SELECT COUNT(*) AS rows FROM ${table} WHERE ${owner} = ?`).get(sequence);
    const { rows } = found as { rows: number };
    for (let row = 0; row < rows; row += 1) {
      const which = `SELECT ${key} FROM ${table} WHERE ${owner} = ? ORDER BY ${key} LIMIT 1 OFFSET ${row}`;
      for (const { name } of columns)
        for (const other of otherValues(name))
          yield `UPDATE ${table} SET ${name} = ${other} WHERE (${key}) IN (${which}) AND ${name} IS NOT (${other})`;
    }
  }
}

/** Whether a statement altered a row; what the table itself refuses needs no journal. */
function alters(db: Db, statement: string, sequence: number): boolean {
  try {
    return db.prepare(statement).run(sequence).changes === 1;
  } catch (thrown) {
    if (thrown instanceof Error && /constraint|cannot store|mismatch/.test(thrown.message)) return false;
    throw thrown;
  }
}

describe('in the database', () => {
  it('no one column of it, of its attempts or of its journal is altered unseen', { timeout: 120_000 }, () => {
    let alteredCount = 0;
    fc.assert(
      fc.property(history, ({ acts, last }) => {
        const { till, journal, entry } = lived([...acts, last]);
        const { db } = till;
        const verifier = () =>
          createEntryVerifier(db, kybio.readIncrement, journal.provenRows).bySequence(entry.sequence);
        expect(verifier()).toBeNull();
        db.exec('DROP TRIGGER journal_is_frozen');
        db.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
        for (const statement of alteringStatements(db, entry.sequence)) {
          db.exec('BEGIN');
          const isAltered = alters(db, statement, entry.sequence);
          if (isAltered) alteredCount += 1;
          const isUnseen = isAltered && verifier() === null;
          db.exec('ROLLBACK');
          if (isUnseen) throw new Error(`not noticed: ${statement}`);
        }
        expect(verifier()).toBeNull();
      }),
      { numRuns: 8 },
    );
    expect(alteredCount).toBeGreaterThan(500);
  });
});
