import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeLeft } from './connections.ts';
import { DB_FILE } from './data-folder.ts';
import { forgetWhatIsGone } from './happenings.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { LATEST_TIMER_MS } from './virtual-time.ts';

/** What was saved longer ago than this is missed by the journal's head. */
const COVERED_WITHIN_MS = 1_000;
const CHECK_EVERY_MS = 1_000;

/** A timer that goes off late covers late, as on a machine that stood still. */
const coveredWithinMs = ({ timers }: Scenario): number =>
  COVERED_WITHIN_MS + (timers === 'late' || timers === 'any' ? LATEST_TIMER_MS : 0);

/**
 * The process dies, and of its write-ahead log nothing is left: the database is as it was some seconds ago, the
 * journal's heads beside it are as they were kept since.
 */
export function loseLog(stage: Stage, ofLastMs: number): void {
  const { till, time } = stage;
  const checkpoint = till.peek((db) => db.serialize());
  if (checkpoint === null) return;
  time.after(ofLastMs, () => {
    if (till.session() === null) return;
    const atMs = time.now();
    till.kill(2_000);
    closeLeft();
    writeFileSync(join(till.folder, DB_FILE), checkpoint);
    till.counts.restores += 1;
    lookWhetherMissed(stage, atMs);
  });
}

/** What is gone was promised: the next start must say so. */
function lookWhetherMissed(stage: Stage, diedAtMs: number): void {
  const { till, time, cashier, violations, scenario } = stage;
  const session = till.session();
  if (session === null) {
    time.after(CHECK_EVERY_MS, () => lookWhetherMissed(stage, diedAtMs));
    return;
  }
  const rows = till.inspect((db) => db.prepare('SELECT id FROM increment').all()) as { id: string }[];
  const known = new Set(rows.map(({ id }) => id));
  const gone = [...cashier.promised.values()].filter(({ id }) => !known.has(id));
  const missed = gone.filter(({ atMs }) => atMs <= diedAtMs - coveredWithinMs(scenario));
  if (missed.length > 0 && session.journalProblem === null)
    violations.push({
      what: 'lost',
      words: `${missed.length} entries are gone, and the next start says nothing`,
    });
  forgetWhatIsGone(stage);
}
