import {
  type CellSums,
  type EntryState,
  MOST_TENDER_CHANGES,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import { reference, shownName, type TenderChanges } from '../../ledger/shown/index.ts';
import { entrySource, isByManager, isOpen } from '../../ledger/tables/index.ts';
import { hourOf } from './business-day.ts';
import type { FigureGroup, ListedEntry } from './figures.ts';

/** A range of sequences. */
export interface EntryRange {
  readonly from: number;
  readonly to: number;
}

export type ListedChanges = NonNullable<ShiftReport['tenderChanges']>;

export interface FiguresRepository {
  groups(range: EntryRange): readonly FigureGroup[];
  unsettled(range: EntryRange): readonly ListedEntry[];
  /** In order. */
  some(sequences: readonly number[]): readonly ListedEntry[];
  /** How many entries are at KYBIO, by what says so. */
  arrived(range: Pick<EntryRange, 'from' | 'to'>): ShiftReport['arrived'];
  /** The first entries whose tender was changed, and how many changes there are. */
  tenderChanges(range: Pick<EntryRange, 'from' | 'to'>): ListedChanges;
  /** 0 where there is none. */
  lastSequence(): number;
  /** When the newest of a range was entered. */
  newestMs(from: number, to: number): number;
}

/** Every time zone's hours begin at one of these. */
const QUARTER_MS = 900_000;

const principal = 'i.balance_increment_e4 - COALESCE(i.bonus_e4, 0)';

const listColumns = `i.sequence, i.id, i.created_at_ms, c.name, i.cashier,
  CAST(${principal} AS TEXT) AS principal, CAST(COALESCE(i.bonus_e4, 0) AS TEXT) AS bonus,
  CAST(i.point_increment_e4 AS TEXT) AS points, i.tender, i.state, i.settled_at_ms`;

interface ListRow {
  readonly sequence: number;
  readonly id: string;
  readonly created_at_ms: number;
  readonly name: string | null;
  readonly cashier: string;
  readonly principal: string;
  readonly bonus: string;
  readonly points: string;
  readonly tender: string | null;
  readonly state: EntryState;
  readonly settled_at_ms: number | null;
}

interface GroupRow extends Omit<FigureGroup, keyof CellSums | 'isReversal' | 'hour' | 'line'> {
  readonly entries: number;
  readonly principal: string;
  readonly bonus: string;
  readonly points: string;
  readonly reversal: number;
  readonly quarter: number;
}

export interface FiguresParts {
  readonly db: Db;
  readonly storeTimeZone: string;
  readonly tenderChanges: Pick<TenderChanges, 'within'>;
}

export function createFiguresRepository(parts: FiguresParts): FiguresRepository {
  const { db, storeTimeZone } = parts;
  const groups = db.prepare(
    `SELECT i.cashier, i.person_id AS personId, i.tender, i.state,
       i.kind = 'reversal' AS reversal,
       i.created_at_ms / ${QUARTER_MS} AS quarter, COUNT(*) AS entries,
       CAST(SUM(${principal}) AS TEXT) AS principal, CAST(SUM(COALESCE(i.bonus_e4, 0)) AS TEXT) AS bonus,
       CAST(SUM(i.point_increment_e4) AS TEXT) AS points
     FROM increment i WHERE i.sequence BETWEEN @from AND @to GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY MIN(i.sequence)`,
  );
  const unsettled = db.prepare(
    `SELECT ${listColumns} FROM ${entrySource}
     WHERE i.sequence BETWEEN @from AND @to AND i.${isOpen} ORDER BY i.sequence`,
  );
  const some = db.prepare(
    `SELECT ${listColumns} FROM ${entrySource}
     WHERE i.sequence IN (SELECT value FROM json_each(?)) ORDER BY i.sequence`,
  );
  const arrived = db.prepare(
    `SELECT CASE WHEN i.state <> 'confirmed' THEN 'notYet'
         WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.entry = i.sequence AND a.outcome = 'applied') THEN 'byReply'
         WHEN ${isByManager} THEN 'byManager' ELSE 'byEvidence' END AS name, COUNT(*) AS entries
     FROM increment i WHERE i.sequence BETWEEN @from AND @to AND i.state NOT IN ('rejected', 'cancelled') GROUP BY 1`,
  );
  const last = db.prepare('SELECT COALESCE(MAX(sequence), 0) AS sequence FROM increment');
  const newest = db.prepare(
    'SELECT COALESCE(MAX(created_at_ms), 0) AS ms FROM increment WHERE sequence BETWEEN ? AND ?',
  );
  const entryOf = (row: ListRow): ListedEntry => ({
    id: row.id,
    reference: reference(row.sequence),
    atMs: row.created_at_ms,
    memberName: shownName(row.name ?? ''),
    cashier: row.cashier,
    tender: row.tender,
    state: row.state,
    principal: fromScaled(row.principal),
    bonus: fromScaled(row.bonus),
    points: fromScaled(row.points),
    sequence: row.sequence,
    settledAtMs: row.settled_at_ms,
  });
  const someOf = (sequences: readonly number[]): readonly ListedEntry[] =>
    (some.all(JSON.stringify(sequences)) as ListRow[]).map(entryOf);
  const tenderChanges = (range: Pick<EntryRange, 'from' | 'to'>): ListedChanges => {
    const { count, listed: changed } = parts.tenderChanges.within(range, MOST_TENDER_CHANGES);
    const entries = new Map(someOf(changed.map(({ entry }) => entry)).map((one) => [one.sequence, one]));
    const listed = changed.flatMap(({ entry: sequence, atMs, who, approvedBy, was, now, times }) => {
      const entry = entries.get(sequence);
      if (entry === undefined || now.tender === null) return [];
      const { id, reference: number, principal } = entry;
      const ways = { was: was.tender, now: now.tender, principal, ...(times > 1 ? { times } : {}) };
      return [{ id, reference: number, atMs, who, approvedBy, ...ways }];
    });
    return { count, listed };
  };
  return {
    tenderChanges,
    groups: (range) =>
      (groups.all(range) as GroupRow[]).map(({ reversal, quarter, ...row }) => ({
        ...row,
        line: 'sale',
        isReversal: reversal === 1,
        hour: hourOf(quarter * QUARTER_MS, storeTimeZone),
        principal: fromScaled(row.principal),
        bonus: fromScaled(row.bonus),
        points: fromScaled(row.points),
      })),
    unsettled: (range) => (unsettled.all(range) as ListRow[]).map(entryOf),
    some: someOf,
    arrived: ({ from, to }) => {
      const found = arrived.all({ from, to }) as { name: keyof ShiftReport['arrived']; entries: number }[];
      const counts = Object.fromEntries(found.map(({ name, entries }) => [name, entries]));
      return { byReply: 0, byEvidence: 0, byManager: 0, notYet: 0, ...counts };
    },
    lastSequence: () => (last.get() as { sequence: number }).sequence,
    newestMs: (from, to) => (newest.get(from, to) as { ms: number }).ms,
  };
}
