import { setImmediate as untilOthersRan } from 'node:timers/promises';
import {
  addUp,
  appError,
  type CellLine,
  type EntryState,
  type FoundSums,
} from '../../../preload/contract/index.ts';
import { DatabaseFailure } from '../../kernel/database/failure.ts';
import type { Db } from '../../kernel/database/open.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import type { Increment } from '../types.ts';
import { isOfAnotherTill, lineBy, noWays, type OwnWays, ownParts } from './entry-line.ts';
import { createFindSteps, type EntryQuery, FIND_STEP } from './find-steps.ts';

/** Steps per answer: the person may want something else by then. */
const MOST_STEPS = 24;

/** Entries per read: those of one member are scattered. */
const READ_IN_ONE = 100;

interface FoundPage {
  readonly entries: readonly Increment[];
  /** Where to go on; null at the end. */
  readonly next: number | null;
}

interface FoundPart {
  readonly entries: readonly Increment[];
  readonly sums: readonly FoundSums[];
  readonly before: number;
}

/** Searches entries without blocking the main thread. Throws a RangeError on a sum that no entry can have. */
export interface Find {
  /** At most `limit`, newest first. */
  page(query: EntryQuery, before: number | null, limit: number): Promise<FoundPage>;
  /** Sums of a range. */
  sums(
    query: EntryQuery,
    before: number | null,
    own?: OwnWays,
  ): Promise<{ readonly sums: FoundSums[]; readonly next: number | null }>;
  /** All, newest first, in parts; a part without entries reports progress. For worker threads, where nobody waits. */
  all(query: EntryQuery, own?: OwnWays): Generator<FoundPart>;
}

interface SumRow {
  readonly line: CellLine;
  readonly state: EntryState;
  readonly is_reversal: number;
  readonly entries: number;
  readonly balance: string;
  readonly bonus: string;
  readonly point: string;
}

const toSums = (row: SumRow): FoundSums => ({
  line: row.line,
  state: row.state,
  isReversal: row.is_reversal === 1,
  entries: row.entries,
  balance: fromScaled(row.balance),
  bonus: fromScaled(row.bonus),
  point: fromScaled(row.point),
});

/** The till may be closed between two steps. */
async function pause(db: Db): Promise<void> {
  await untilOthersRan();
  if (!db.open) throw new DatabaseFailure(appError('database-failed', { sqlite: 'closed' }), null);
}

export function createFind(
  db: Db,
  read: (sequences: readonly number[]) => readonly Increment[],
  step = FIND_STEP,
): Find {
  const find = createFindSteps(db, step);
  const sumOf = db.prepare(
    `SELECT ${lineBy(isOfAnotherTill)} AS line, i.state, i.kind = 'reversal' AS is_reversal, COUNT(*) AS entries,
       CAST(SUM(i.balance_increment_e4) AS TEXT) AS balance,
       CAST(SUM(COALESCE(i.bonus_e4, 0)) AS TEXT) AS bonus, CAST(SUM(i.point_increment_e4) AS TEXT) AS point
     FROM json_each(@found) s CROSS JOIN increment i ON i.sequence = s.value
     GROUP BY 1, 2, 3`,
  );

  const sumsOf = (found: readonly number[], own: OwnWays): FoundSums[] =>
    (sumOf.all({ found: JSON.stringify(found), ...ownParts(own) }) as SumRow[]).map(toSums);

  /** Runs the steps with pauses; `take` returns false to stop. */
  async function walk(
    query: EntryQuery,
    before: number | null,
    take: (sequences: readonly number[], before: number) => boolean,
  ): Promise<number | null> {
    let looked = 0;
    for (const found of find(query, before)) {
      if (found !== null) {
        looked += 1;
        if (!take(found.sequences, found.before) || looked >= MOST_STEPS) return found.before;
      }
      await pause(db);
    }
    return null;
  }

  return {
    page: async (query, before, limit) => {
      let sequences: readonly number[] = [];
      const stopped = await walk(query, before, (found) => {
        sequences = [...sequences, ...found];
        return sequences.length < limit;
      });
      const isCut = sequences.length > limit;
      sequences = sequences.slice(0, limit);
      const entries: Increment[] = [];
      for (let at = 0; at < sequences.length; at += READ_IN_ONE) {
        if (at > 0) await pause(db);
        entries.push(...read(sequences.slice(at, at + READ_IN_ONE)));
      }
      return { entries, next: isCut ? (sequences.at(-1) ?? null) : stopped };
    },
    sums: async (query, before, own = noWays) => {
      const sums: FoundSums[] = [];
      const next = await walk(query, before, (found) => {
        if (found.length > 0) sums.push(...sumsOf(found, own));
        return true;
      });
      return { sums: addUp(sums), next };
    },
    *all(query, own = noWays) {
      for (const found of find(query, null)) {
        if (found === null) continue;
        if (found.sequences.length === 0) yield { entries: [], sums: [], before: found.before };
        for (let at = 0; at < found.sequences.length; at += READ_IN_ONE) {
          const part = found.sequences.slice(at, at + READ_IN_ONE);
          const sums = sumsOf(part, own);
          yield { entries: read(part), sums, before: part.at(-1) ?? found.before };
        }
      }
    },
  };
}
