import type { CellLine, CellSums, EntryKind, EntryState } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { fromScaled } from '../kernel/scaled.ts';
import type { TillIdentity } from '../ledger/journal/index.ts';
import { isOfAnotherTill, lineBy, ownParts } from '../ledger/shown/index.ts';
import { entriesOfDay, isOpen, isOpenState } from '../ledger/tables/index.ts';

/** Entries of a day that agree in all of this, and what they add up to. */
export interface DayGroup extends CellSums {
  readonly line: CellLine;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly tender: string | null;
}

/** From when on entries of a day are of the day of business that is named as it is, and of the next one. */
export interface DayTurns {
  readonly beginsMs: number;
  readonly nextMs: number;
}

/** Of which day of business: the one before, of the same name, or the next. */
export type DayTurn = -1 | 0 | 1;

/** A stretch of a day's entries. */
export interface DayStep {
  readonly groups: readonly (DayGroup & { readonly turn: DayTurn })[];
  /** Who was topped up by one of them and has it or may have it, each by one number. */
  readonly members: readonly { readonly turn: DayTurn; readonly member: number }[];
  /** Where the next stretch begins; null where this was the last. */
  readonly next: number | null;
}

/**
 * What a day's sums by state are, and how often a tender was changed: where it is the same, and nothing of the day is open,
 * its entries are.
 */
export interface DayMark {
  readonly text: string;
  readonly isSettled: boolean;
}

/** Entries by the day of the store on which they were entered. */
export interface DayGroups {
  /** Days without entries are left out. */
  marks(from: string, to: string): ReadonlyMap<string, DayMark>;
  step(day: string, after: number, turns: DayTurns): DayStep;
}

/** A millisecond or two, also on an old PC. */
export const DAY_STEP = 1_000;

interface MarkRow {
  readonly store_day: string;
  readonly state: EntryState;
  readonly mark: string;
}

interface ChangesRow {
  readonly store_day: string;
  readonly changes: number;
}

interface GroupRow {
  readonly turn: DayTurn;
  readonly line: CellLine;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly tender: string | null;
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
  const marks = db.prepare(
    `SELECT store_day, state, entries || ' ' || balance_e4 || ' ' || point_e4 AS mark FROM (
       SELECT store_day, state, entries, balance_e4, point_e4 FROM tally
       WHERE store_day BETWEEN @from AND @to AND entries <> 0
       UNION ALL SELECT store_day, state, COUNT(*), SUM(balance_increment_e4), SUM(point_increment_e4)
       FROM increment INDEXED BY increment_open WHERE store_day BETWEEN @from AND @to AND ${isOpen} GROUP BY store_day, state)
     ORDER BY store_day, state`,
  );
  // A tender is no part of those sums.
  const changes = db.prepare(
    `SELECT i.store_day, COUNT(*) AS changes FROM journal j CROSS JOIN increment i ON i.sequence = j.entry
     WHERE j.event = 'tender-changed' AND i.store_day BETWEEN ? AND ? GROUP BY i.store_day`,
  );
  const stretch = `(SELECT * FROM (${entriesOfDay('@day')}) WHERE sequence > @after ORDER BY sequence LIMIT @limit)`;
  const turn = '(created_at_ms >= @beginsMs) + (created_at_ms >= @nextMs) - 1 AS turn';
  const groups = db.prepare(
    `SELECT ${turn}, ${lineBy(isOfAnotherTill)} AS line, kind, state, tender, COUNT(*) AS entries, MAX(sequence) AS last,
       CAST(SUM(balance_increment_e4 - COALESCE(bonus_e4, 0)) AS TEXT) AS principal,
       CAST(SUM(COALESCE(bonus_e4, 0)) AS TEXT) AS bonus, CAST(SUM(point_increment_e4) AS TEXT) AS points
     FROM ${stretch} i GROUP BY turn, line, kind, state, tender`,
  );
  // A member whose name or card was changed has several numbers.
  const members = db.prepare(
    `SELECT DISTINCT m.turn, COALESCE((SELECT MIN(c.number) FROM customer c WHERE c.uid = m.customer_uid), m.customer) AS member
     FROM (SELECT DISTINCT ${turn}, customer, customer_uid FROM ${stretch}
       WHERE kind = 'top-up' AND state NOT IN ('rejected', 'cancelled')) m`,
  );
  return {
    marks: (from, to) => {
      const found = new Map<string, DayMark>();
      for (const { store_day: day, state, mark } of marks.all({ from, to }) as MarkRow[]) {
        const before = found.get(day) ?? { text: '', isSettled: true };
        const text = `${before.text}${state} ${mark};`;
        found.set(day, { text, isSettled: before.isSettled && !isOpenState(state) });
      }
      for (const { store_day: day, changes: count } of changes.all(from, to) as ChangesRow[]) {
        const mark = found.get(day);
        if (mark !== undefined) found.set(day, { ...mark, text: `${mark.text}tender ${count};` });
      }
      return found;
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
        members: members.all(asked) as DayStep['members'][number][],
        next: entries < limit ? null : Math.max(...rows.map(({ last }) => last)),
      };
    },
  };
}
