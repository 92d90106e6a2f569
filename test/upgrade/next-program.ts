import { posix } from 'node:path';
import { type AnyChange, plant } from '../faults/plant.ts';
import { createSourceIndex, projectIndex, type Sources } from '../faults/source-index.ts';
import { copyWith } from '../simulation/mutants-copy.ts';

// The program of tomorrow, as the diff that brings it (docs/how-to/add-a-stored-column.md): a new fact of every entry, a new kind of event with a view of its own, and a new column of a sealed table.

/** What was left as a deposit with an entry; nothing where the entry is from before. */
const deposit: readonly AnyChange[] = [
  {
    in: 'UnshownFacts',
    find: 'readonly corrects: string | null;',
    put: '$$ readonly deposit: string | null;',
  },
  {
    in: 'storedFacts',
    find: 'personId: $fact',
    put: "$$, deposit: { column: 'deposit', sql: 'INTEGER', way: 'scaled', since: 8, exported: 'plain' }",
  },
  { in: 'createAddNew', find: '...draft', put: "$$, deposit: draft.kind === 'top-up' ? '7' : null" },
];

const printView = `const insert = (db: Db) => db.prepare('INSERT INTO print (number, entry, copies) VALUES (?, ?, ?)');

/** What was printed, by the number of the journal's row that tells it. */
export const printsView = {
  name: 'prints',
  formatVersion: 8,
  viewVersion: 1,
  tables: ['print'],
  schema: 'CREATE TABLE print (number INTEGER PRIMARY KEY, entry INTEGER NOT NULL, copies INTEGER NOT NULL) STRICT',
  fill: (db: Db) => {
    const print = insert(db);
    return {
      row: ({ event, number, content }: { event: string; number: number; content: string }) => {
        if (event !== 'printed') return;
        const { entry, copies } = JSON.parse(content) as { entry: number; copies: number };
        print.run(number, entry, copies);
      },
      end: () => undefined,
    };
  },
};

/** Journals that an entry was printed; the table follows in the same transaction. */
export function createPrints(db: Db, journal: JournalRepository): (entry: number, copies: number) => void {
  const print = insert(db);
  return db.transaction((entry: number, copies: number) => {
    journal.append({ event: 'printed', actor: 'till', reason: '', content: { entry, copies } });
    print.run(journal.head().count, entry, copies);
  }).immediate;
}
`;

const prints: readonly AnyChange[] = [
  { in: 'JournalEvent', find: "'noted'", put: "$$ | 'printed'" },
  {
    in: 'journalViews',
    find: 'createEntriesView(hostProtocol.readIncrement)',
    put: '$$, printsView',
    uses: ['printsView'],
  },
];

const memberColumns = `'customer_uid', 'number', 'name', 'category_name', 'phone', 'balance', 'point', 'enable', 'expiry_date',
  'as_of_ms', 'baseline_balance', 'baseline_point', 'baseline_at_ms'`;
const birthday: readonly AnyChange[] = [
  { in: 'sealedColumns', find: `[${memberColumns}]`, put: `$$, [${memberColumns}, 'birthday']` },
];

/** One format for all of them. */
const format: readonly AnyChange[] = [
  { in: 'migrations', find: 'migration0008', put: '$$, migration0009', uses: ['migration0009'] },
];

const migration = `export const migration0009 = {
  formatVersion: 9,
  sql: 'ALTER TABLE member ADD COLUMN birthday TEXT;',
} as const;
`;

/** Opens a database as the program of tomorrow does, and says what it could not; for a process of its own. */
const upgrading = `const opened = openDatabase(process.argv[2] ?? '', journalViews);
if (opened.ok) opened.value.close();
process.stdout.write(opened.ok ? 'ok' : opened.error.code);
`;

/** What is new, each beside a symbol that is there already, with what it imports. */
const added = [
  { beside: 'createEntriesView', name: 'prints.ts', uses: ['Db', 'JournalRepository'], text: printView },
  { beside: 'migration0008', name: '0009-deposit-prints-birthday.ts', uses: [], text: migration },
] as const;

/** The texts that are other tomorrow than today, and those that are new, by their paths. */
export function tomorrow(): Sources {
  const index = projectIndex();
  const files = added.map(({ beside, name, uses, text }) => {
    const file = posix.join(posix.dirname(index.place(beside).file), name);
    return [file, index.importsFor(file, uses) + text] as const;
  });
  const next = createSourceIndex(new Map([...index.sources, ...files]));
  const changed = plant([...deposit, ...prints, ...birthday, ...format], next);
  const imports = index.importsFor('upgrading.ts', ['journalViews', 'openDatabase']);
  return new Map([...files, ...changed, ['upgrading.ts', imports + upgrading]]);
}

/** The root of a copy of this program with these changes in it; a suite that runs beside another has one of its own. */
export const makeNextProgram = (name = 'next-format'): string => copyWith(name, tomorrow());
