// A process of its own for runs on one `main/`: what a mutant leaves behind must reach neither the test nor
// the sound `main/` beside it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Violation } from './checks.ts';
import { DB_FILE } from './data-folder.ts';
import type { Figures } from './figures.ts';
import { drawScenario, type ProfileName } from './scenario.ts';
import type { TimerMode } from './virtual-time.ts';
import { type Bench, openBench } from './worker.ts';

/** One run that a parent asks for. */
export interface Asked {
  readonly seed: number;
  readonly profile?: ProfileName;
  /** Instead of what the seed draws. */
  readonly timers?: TimerMode;
}

/** What became of it. */
export interface RunReport {
  readonly violations: readonly Violation[];
  /** What is a figure in its world: harm that nobody was told of, and wrong questions of a shop's day. */
  readonly counted: readonly Violation[];
  readonly increments: number;
  /** A hash of the figures and of every table at the end. */
  readonly digest: string;
}

/** The database as the last run left it, whole. */
function digestOf(bench: Bench, figures: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(figures));
  const db = new Database(join(bench.folder, 'run', DB_FILE), { readonly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    for (const { name } of tables as { name: string }[]) {
      hash.update(name);
      for (const row of db.prepare(`SELECT * FROM "${name}"`).iterate()) hash.update(JSON.stringify(row));
    }
  } finally {
    db.close();
  }
  return hash.digest('hex');
}

const wrongQuestions = (profile: ProfileName, { wrongQuestions: found }: Figures): Violation[] =>
  profile === 'shop' ? Object.keys(found).map((words): Violation => ({ what: 'wrong question', words })) : [];

async function run(bench: Bench, { seed, profile, timers }: Asked): Promise<RunReport> {
  const drawn = drawScenario(seed, profile === undefined ? {} : { profile });
  const result = await bench.run(timers === undefined ? drawn : { ...drawn, timers });
  const violations = result.violations.slice(0, 20);
  const counted = [...result.silent, ...wrongQuestions(drawn.profile, result.figures)].slice(0, 20);
  return {
    violations,
    counted,
    increments: result.figures.increments,
    digest: digestOf(bench, result.figures),
  };
}

const [, , root] = process.argv;
if (root === undefined) throw new Error('which main/?');
const bench = await openBench(root);
process.on('message', (asked: Asked) => {
  void run(bench, asked).then(
    (report) => process.send?.(report),
    (thrown: unknown) => {
      process.send?.({ failed: String(thrown) });
    },
  );
});
process.on('disconnect', () => bench.close());
process.send?.('ready');
