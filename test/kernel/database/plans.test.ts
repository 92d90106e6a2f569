import Database from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';

// A till of years has a million entries, and a statement that walks through them takes a third of a second: at each
// snapshot for the page, each search or each send. SQLite is asked how it would find what the program asks for.

const stablePlan = '../../../main/kernel/database/stable-plan.ts';

/** A till of parts that are loaded anew, with every statement that it names. */
async function openListenedTill() {
  const named = new Set<string>();
  const forget = () => {
    vi.doUnmock(stablePlan);
    vi.resetModules();
  };
  forget();
  vi.doMock(stablePlan, async (load) => {
    const real = await load<typeof import('../../../main/kernel/database/stable-plan.ts')>();
    const planOnce: typeof real.planOnce = (db) => {
      const planned = real.planOnce(db);
      const prepare = planned.prepare.bind(planned);
      return Object.assign(planned, {
        prepare: (sql: string) => {
          named.add(real.withStablePlan(sql));
          return prepare(sql);
        },
      });
    };
    return { ...real, planOnce };
  });
  onTestFinished(forget);
  const { openTestTill } = await import('../../kit/till.ts');
  const { startPracticeStore } = await import('../../kit/practice-store.ts');
  const till = await openTestTill(await startPracticeStore(), { backups: {} });
  return { named, file: databaseFile(liveFolder(till.folder)) };
}

/** Those that have a row or more for each entry, or for each customer. */
const large = ['journal', 'increment', 'attempt', 'customer'];

/** They have what has not ended, what was refused and what is of no entry: of years a few. */
const small = [
  'increment_unacknowledged',
  'increment_refused',
  'journal_by_reason',
  'journal_tender_changed',
];

/** Statements that may walk: what they end with, and why. */
const walks = [
  [/FROM journal ORDER BY number DESC LIMIT 1\)?/, 'stops at the newest row'],
  [/^SELECT 1 AS found FROM increment LIMIT 1$/, 'stops at the first row'],
  [/^SELECT sequence FROM increment ORDER BY sequence$/, 'a new chain takes up every entry'],
  [/c\.uid = i\.customer_uid ORDER BY i\.sequence$/, 'all entries are exported'],
] as const;

/** What a large table is called in a statement, beside its name. */
const namesIn = (sql: string): readonly string[] => [
  ...large,
  ...large.flatMap((table) =>
    [...sql.matchAll(new RegExp(`\\b${table} (?:AS )?([a-z])\\b`, 'g'))].map((m) => m[1] ?? ''),
  ),
];

function planOf(db: Database.Database, sql: string): readonly string[] {
  const explained = db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
  const names = [...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, 1]);
  const values = names.length > 0 ? [Object.fromEntries(names)] : (sql.match(/\?/g) ?? []).map(() => 1);
  return (explained.all(...values) as { detail: string }[]).map(({ detail }) => detail);
}

/** The steps of a plan that go through a large table from one end to the other. */
function longWalks(sql: string, plan: readonly string[]): readonly string[] {
  const names = new Set(namesIn(sql));
  return plan.filter((detail) => {
    const [, name = '', index = ''] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? [];
    return names.has(name) && !small.includes(index);
  });
}

it('no statement of a till walks through all entries, but those that are said to', async () => {
  const { named, file } = await openListenedTill();
  const db = new Database(file, { readonly: true });
  const found = [...named]
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .map((sql) => ({ sql, walks: longWalks(sql, planOf(db, sql)) }))
    .filter((one) => one.walks.length > 0);
  db.close();
  const [unsaid, said] = [false, true].map((isSaid) =>
    found.filter(({ sql }) => walks.some(([words]) => words.test(sql)) === isSaid),
  );
  expect(unsaid).toEqual([]);
  // What nobody names any more is no reason.
  for (const [words, why] of walks)
    expect(
      said?.some(({ sql }) => words.test(sql)),
      why,
    ).toBe(true);
  expect(named.size).toBeGreaterThan(100);
});
