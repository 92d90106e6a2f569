import type { CellLine, CellSums, EntryKind, EntryState } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { fromScaled } from '../kernel/scaled.ts';
import type { TillIdentity } from '../ledger/journal/index.ts';
import { isOfAnotherTill, lineBy, ownParts } from '../ledger/shown/index.ts';
import { entriesOfDay, isOpen } from '../ledger/tables/index.ts';

/** Entries of a day that agree in these facts, and their sums. */
export interface DayGroup extends CellSums {
  readonly line: CellLine;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly tender: string | null;
}

/** When the business day named like the store day begins, and when the next one does, in ms. */
export interface DayTurns {
  readonly beginsMs: number;
  readonly nextMs: number;
}

/** The business day relative to the store day: the one before, of the same name, or the next. */
export type DayTurn = -1 | 0 | 1;

/** One page of a day's entries. */
export interface DayStep {
  readonly groups: readonly (DayGroup & { readonly turn: DayTurn })[];
  /** Where the next page begins; null after the last. */
  readonly next: number | null;
}

export interface DayGroups {
  /** Days that may have an entry after this one, in order. */
  daysAfter(sequence: number, from: string, to: string): readonly string[];
  step(day: string, after: number, turns: DayTurns): DayStep;
}

/** One to two milliseconds, also on an old PC. */
export const DAY_STEP = 1_000;

interface GroupRow extends Omit<DayGroup, keyof CellSums> {
  readonly turn: DayTurn;
  readonly entries: number;
  readonly principal: string;
  readonly bonus: string;
  readonly points: string;
  readonly last: number;
}

export function createDayGroups(
  db: Db,
  tillIdentity: Pick<TillIdentity, 'tillId' | 'ownEpochs'>,
  limit = DAY_STEP,
): DayGroups {
  const days = db.prepare(
    `SELECT store_day AS day FROM tally WHERE store_day BETWEEN MAX(@from, @first) AND @to AND entries <> 0
     UNION SELECT store_day FROM increment INDEXED BY increment_open
       WHERE store_day BETWEEN MAX(@from, @first) AND @to AND ${isOpen}
     ORDER BY day`,
  );
  const stretch = `(SELECT * FROM (${entriesOfDay('@day')}) WHERE sequence > @after ORDER BY sequence LIMIT @limit)`;
  const groups = db.prepare(
    `SELECT (created_at_ms >= @beginsMs) + (created_at_ms >= @nextMs) - 1 AS turn, ${lineBy(isOfAnotherTill)} AS line, kind, state, tender, COUNT(*) AS entries, MAX(sequence) AS last,
       CAST(SUM(balance_increment_e4 - COALESCE(bonus_e4, 0)) AS TEXT) AS principal,
       CAST(SUM(COALESCE(bonus_e4, 0)) AS TEXT) AS bonus, CAST(SUM(point_increment_e4) AS TEXT) AS points
     FROM ${stretch} i GROUP BY turn, line, kind, state, tender`,
  );
  const firstDay = db.prepare('SELECT MIN(store_day) AS day FROM increment WHERE sequence > ?');
  return {
    daysAfter: (sequence, from, to) => {
      // The first entries are asked for by their day alone: all of them would be read to find it.
      const { day: first } = (sequence === 0 ? { day: from } : firstDay.get(sequence)) as {
        day: string | null;
      };
      if (first === null) return [];
      const found = days.all({ first, from, to }) as { day: string }[];
      return found.map(({ day }) => day);
    },
    step: (day, after, turns) => {
      const asked = { day, after, limit, ...turns };
      const rows = groups.all({ ...asked, ...ownParts(tillIdentity) }) as GroupRow[];
      const entries = rows.reduce((sum, row) => sum + row.entries, 0);
      return {
        groups: rows.map(({ last: _, ...row }) => ({
          ...row,
          principal: fromScaled(row.principal),
          bonus: fromScaled(row.bonus),
          points: fromScaled(row.points),
        })),
        next: entries < limit ? null : Math.max(...rows.map(({ last }) => last)),
      };
    },
  };
}
