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
import type { Increment, OutboxIdentity } from '../types.ts';
import { isOfAnotherTill, lineBy, noWays, type OwnWays, ownParts } from './entry-line.ts';
import { createFindSteps, type EntryQuery, FIND_STEP } from './find-steps.ts';

/** After so many steps an answer is given, whatever was found: whoever asks may want something else by now. */
const MOST_STEPS = 24;

/** Whole entries that are read in one go: those of one member lie far from each other. */
const READ_IN_ONE = 100;

export interface FoundPage {
  readonly entries: readonly Increment[];
  /** Where it goes on; null: there is nothing older. */
  readonly next: number | null;
}

/** Some of what is found, and what they add up to. */
export interface FoundPart {
  readonly entries: readonly Increment[];
  readonly sums: readonly FoundSums[];
  readonly before: number;
}

/** Entries by whatever is known of them. Main's thread lives on meanwhile. Throw a RangeError on a sum that none can have. */
export interface Find {
  /** At most so many, newest first. */
  page(query: EntryQuery, before: number | null, limit: number): Promise<FoundPage>;
  /** What a stretch of them adds up to; from the sequence `untoldFrom` on without what was paid in cash. */
  sums(
    query: EntryQuery,
    before: number | null,
    untoldFrom?: number | null,
    own?: OwnWays,
  ): Promise<{ readonly sums: FoundSums[]; readonly next: number | null }>;
  /** All of them, newest first, some at a time, and none where it has only come further; in a thread of its own, where nobody else waits. */
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

/** Between two steps the till may be closed: another one is opened, or the program ends. */
async function pause(db: Db): Promise<void> {
  await untilOthersRan();
  if (!db.open) throw new DatabaseFailure(appError('database-failed', { sqlite: 'closed' }), null);
}

export function createFind(
  db: Db,
  identity: OutboxIdentity,
  read: (sequences: readonly number[]) => readonly Increment[],
  step = FIND_STEP,
): Find {
  const find = createFindSteps(db, identity, step);
  const sumOf = db.prepare(
    `SELECT ${lineBy(isOfAnotherTill)} AS line, i.state, i.kind = 'reversal' AS is_reversal, COUNT(*) AS entries,
       CAST(SUM(i.balance_increment_e4) AS TEXT) AS balance,
       CAST(SUM(COALESCE(i.bonus_e4, 0)) AS TEXT) AS bonus, CAST(SUM(i.point_increment_e4) AS TEXT) AS point
     FROM json_each(@found) s CROSS JOIN increment i ON i.sequence = s.value
     WHERE i.sequence < @toldTo OR i.tender IS NOT 'cash' GROUP BY 1, 2, 3`,
  );

  const sumsOf = (found: readonly number[], toldTo: number, own: OwnWays): FoundSums[] =>
    (sumOf.all({ found: JSON.stringify(found), toldTo, ...ownParts(own) }) as SumRow[]).map(toSums);

  /** The steps, with a pause between two of them; `take` says whether it goes on. */
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
    sums: async (query, before, untoldFrom = null, own = noWays) => {
      const toldTo = untoldFrom ?? Number.MAX_SAFE_INTEGER;
      const sums: FoundSums[] = [];
      const next = await walk(query, before, (found) => {
        if (found.length > 0) sums.push(...sumsOf(found, toldTo, own));
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
          const sums = sumsOf(part, Number.MAX_SAFE_INTEGER, own);
          yield { entries: read(part), sums, before: part.at(-1) ?? found.before };
        }
      }
    },
  };
}
