import type { CellLine, CellSums, EntryKind, EntryState } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { fromScaled } from '../kernel/scaled.ts';
import type { TillIdentity } from '../ledger/journal/index.ts';
import { isOfAnotherTill, lineBy, ownParts } from '../ledger/shown/index.ts';
import { entriesOfDay, isOpen, isOpenState } from '../ledger/tables/index.ts';

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
  /** Members topped up by an entry that was not refused or cancelled; one number each. */
  readonly members: readonly { readonly turn: DayTurn; readonly member: number }[];
  /** Where the next page begins; null after the last. */
  readonly next: number | null;
}

/** A fingerprint of a day: while it is equal and nothing of the day is open, the entries have not changed. */
export interface DayMark {
  readonly text: string;
  readonly isSettled: boolean;
}

export interface DayGroups {
  /** Leaves out days without entries. */
  marks(from: string, to: string): ReadonlyMap<string, DayMark>;
  step(day: string, after: number, turns: DayTurns): DayStep;
  /** The first day of an entry after this one; null where there is none. */
  firstDayAfter(sequence: number): string | null;
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
  const marks = db.prepare(
    `SELECT store_day, state, entries || ' ' || balance_e4 || ' ' || point_e4 AS mark FROM (
       SELECT store_day, state, entries, balance_e4, point_e4 FROM tally
       WHERE store_day BETWEEN @from AND @to AND entries <> 0
       UNION ALL SELECT store_day, state, COUNT(*), SUM(balance_increment_e4), SUM(point_increment_e4)
       FROM increment INDEXED BY increment_open WHERE store_day BETWEEN @from AND @to AND ${isOpen} GROUP BY store_day, state)
     ORDER BY store_day, state`,
  );
  // A changed tender changes no sum of the tally.
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
  const firstDay = db.prepare('SELECT MIN(store_day) AS day FROM increment WHERE sequence > ?');
  return {
    firstDayAfter: (sequence) => (firstDay.get(sequence) as { day: string | null }).day,
    marks: (from, to) => {
      const found = new Map<string, DayMark>();
      const rows = marks.all({ from, to }) as { store_day: string; state: EntryState; mark: string }[];
      for (const { store_day: day, state, mark } of rows) {
        const before = found.get(day) ?? { text: '', isSettled: true };
        const text = `${before.text}${state} ${mark};`;
        found.set(day, { text, isSettled: before.isSettled && !isOpenState(state) });
      }
      const changed = changes.all(from, to) as { store_day: string; changes: number }[];
      for (const { store_day: day, changes: count } of changed) {
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
