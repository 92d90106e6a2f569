import { type Patch, patch } from '../security/support/patch.ts';
import { copyWith, projectRoot } from '../simulation/mutants-copy.ts';

// The program of tomorrow, as the diff that brings it (docs/how-to/add-a-stored-column.md): a new frozen fact of every
// entry, a new kind of event with a view of its own, and a new column of a sealed table.

const events = 'main/outbox/entry-events.ts';
const views = 'main/compose-views.ts';

/** What was left as a deposit with an entry, in ten-thousandths; nothing where the entry is from before. */
const deposit: readonly Patch[] = [
  patch(
    'main/outbox/entry-types.ts',
    '  readonly corrects: string | null;\n}',
    '  readonly corrects: string | null;\n  readonly deposit: string;\n}',
  ),
  patch(
    'main/outbox/outbox-repository.ts',
    '      corrects: draft.corrects,\n',
    "      corrects: draft.corrects,\n      deposit: draft.kind === 'top-up' ? '70000' : '0',\n",
  ),
  // Written from now on in version 4; the lists of the versions before stay as they are.
  patch(
    events,
    '      const facts = unnamedFactNames.map(',
    "      const facts = [...unnamedFactNames, 'deposit' as const].map(",
  ),
  patch(
    events,
    'facts: { ...rest, ...noStatedTerms, ...noStatedOrigin } },',
    "facts: { ...rest, ...noStatedTerms, ...noStatedOrigin, deposit: '0' } },",
  ),
  patch(
    events,
    'facts: { ...rest, rule_id: null, ...noStatedOrigin } },',
    "facts: { ...rest, rule_id: null, ...noStatedOrigin, deposit: '0' } },",
  ),
  patch(
    events,
    'facts: named<Unnamed<StatedFacts>, UnnamedFactNames>(unnamedFactNames, facts),',
    "facts: { ...named<Unnamed<StatedFacts>, UnnamedFactNames>(unnamedFactNames, facts), deposit: '0' },",
  ),
  patch(
    events,
    "return { event: 'adopted', member, entry: entry as Unnamed<RecordedEntry>, signed };\n    },\n",
    `return { event: 'adopted', member, entry: { ...(entry as Unnamed<RecordedEntry>), deposit: '0' }, signed };
    },
    4: (content, _, bytes) => {
      const [entry, number, digest, signature, keyFingerprint] = listOf(content);
      const signed = bytes === '' ? null : signedOf(bytes, signature, keyFingerprint);
      const member = referenceIn(number, digest);
      return { event: 'adopted', member, entry: entry as Unnamed<RecordedEntry>, signed };
    },
`,
  ),
  patch(
    events,
    '      };\n    },\n  },\n  adopted: {',
    `      };
    },
    4: (content, _, bytes) => {
      const [signature, keyFingerprint, account, number, digest, ...facts] = listOf(content);
      return {
        event: 'added',
        account: String(account),
        member: referenceIn(number, digest),
        facts: named<Unnamed<StatedFacts>, UnnamedFactNames | 'deposit'>([...unnamedFactNames, 'deposit'], facts),
        signed: signedOf(bytes, signature, keyFingerprint),
      };
    },
  },
  adopted: {`,
  ),
  patch(
    'main/outbox/adopted-entry.ts',
    '  ...{ rule_id: null, ...noStatedOrigin },',
    "  ...{ rule_id: null, ...noStatedOrigin, deposit: '0' },",
  ),
  patch(
    'main/outbox/entry-tables.ts',
    '  corrects TEXT,\n',
    '  corrects TEXT,\n  deposit INTEGER NOT NULL,\n',
  ),
  patch('main/outbox/entry-tables.ts', '...originNames],', "...originNames, 'deposit'],"),
  patch('main/outbox/entry-tables.ts', "name.endsWith('_e4')", "name.endsWith('_e4') || name === 'deposit'"),
  patch('main/outbox/entries-view.ts', '  viewVersion: 4,\n', '  viewVersion: 5,\n'),
];

const printView = `import type { Db } from '../database/open.ts';
import type { View } from '../database/views.ts';
import type { JournalRepository } from '../journal/journal-repository.ts';

const insert = (db: Db) => db.prepare('INSERT INTO print (number, entry, copies) VALUES (?, ?, ?)');

/** What was printed, by the number of the journal's row that tells it. */
export const printsView: View = {
  name: 'prints',
  viewVersion: 1,
  tables: ['print'],
  schema: 'CREATE TABLE print (number INTEGER PRIMARY KEY, entry INTEGER NOT NULL, copies INTEGER NOT NULL) STRICT',
  fill: (db) => {
    const print = insert(db);
    return {
      row: ({ event, number, content }) => {
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

const prints: readonly Patch[] = [
  patch('main/journal/chain.ts', "  | 'noted';", "  | 'noted'\n  | 'printed';"),
  patch(
    views,
    'import { createEntriesView }',
    "import { printsView } from './printing/prints.ts';\nimport { createEntriesView }",
  ),
  patch(
    views,
    '[createEntriesView(kybio.readIncrement)]',
    '[createEntriesView(kybio.readIncrement), printsView]',
  ),
];

const birthday: readonly Patch[] = [
  patch(
    'main/database/sealed-columns.ts',
    "      ...['as_of_ms', 'baseline_balance', 'baseline_point', 'baseline_at_ms'],\n    ],\n",
    `      ...['as_of_ms', 'baseline_balance', 'baseline_point', 'baseline_at_ms'],
    ],
    [
      ...['customer_uid', 'number', 'name', 'category_name', 'phone', 'balance', 'point', 'enable', 'expiry_date'],
      ...['as_of_ms', 'baseline_balance', 'baseline_point', 'baseline_at_ms', 'birthday'],
    ],
`,
  ),
];

/** One format for all of them. */
const format: readonly Patch[] = [
  patch(
    'main/database/migrations/index.ts',
    "import { migration0006 } from './0006-members-without-sums.ts';",
    "import { migration0006 } from './0006-members-without-sums.ts';\nimport { migration0007 } from './0007-deposit-prints-birthday.ts';",
  ),
  patch('main/database/migrations/index.ts', 'migration0006]', 'migration0006, migration0007]'),
];

const migration = `export const migration0007 = {
  formatVersion: 7,
  sql: 'ALTER TABLE member ADD COLUMN birthday TEXT;',
} as const;
`;

/** Opens a database as the program of tomorrow does, and says what it could not; for a process of its own. */
const upgrading = `import { journalViews } from './main/compose-views.ts';
import { openDatabase } from './main/database/open.ts';

const opened = openDatabase(process.argv[2] ?? '', journalViews);
if (opened.ok) opened.value.close();
process.stdout.write(opened.ok ? 'ok' : opened.error.code);
`;

/** The root of a copy of this program with these changes in it; a suite that runs beside another has one of its own. */
export const makeNextProgram = (name = 'next-format'): string =>
  copyWith(
    projectRoot,
    name,
    [...deposit, ...prints, ...birthday, ...format],
    [
      { file: 'main/printing/prints.ts', text: printView },
      { file: 'main/database/migrations/0007-deposit-prints-birthday.ts', text: migration },
      { file: 'upgrading.ts', text: upgrading },
    ],
  );
