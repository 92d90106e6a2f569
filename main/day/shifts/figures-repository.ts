import {
  type CellLine,
  type CellSums,
  type EntryState,
  type ImportedEntry,
  MOST_IMPORTED,
  MOST_TENDER_CHANGES,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import type { TillIdentity } from '../../ledger/journal/index.ts';
import {
  isOfAnotherTill,
  lineBy,
  ownParts,
  reference,
  shownName,
  type TenderChanges,
} from '../../ledger/shown/index.ts';
import { entrySource, isByManager, isOpen } from '../../ledger/tables/index.ts';
import { hourOf } from './business-day.ts';
import type { FigureGroup, ListedEntry } from './figures.ts';

/** A range of sequences, and what decides whether their money was in this drawer. */
export interface EntryRange {
  readonly from: number;
  readonly to: number;
  /** When the previous shift's figures were computed: an older receipt's money was in that one's drawer. */
  readonly sinceMs: number;
}

export type ListedChanges = NonNullable<ShiftReport['tenderChanges']>;

export interface FiguresRepository {
  groups(range: EntryRange): readonly FigureGroup[];
  unsettled(range: EntryRange): readonly ListedEntry[];
  /** The first of the imported ones. */
  takenUp(range: EntryRange): readonly ImportedEntry[];
  /** In order, with their line and tender in this range. */
  someWithin(range: EntryRange, sequences: readonly number[]): readonly ListedEntry[];
  /** In order; line and tender are those of the Z that listed them. */
  some(sequences: readonly number[]): readonly ListedEntry[];
  /** How many entries are at KYBIO, by what says so. */
  arrived(range: Pick<EntryRange, 'from' | 'to'>): ShiftReport['arrived'];
  /** The first entries whose tender was changed, and how many changes there are. */
  tenderChanges(range: Pick<EntryRange, 'from' | 'to'>): ListedChanges;
  lineOf(sequence: number, range: EntryRange): CellLine;
  /** 0 where there is none. */
  lastSequence(): number;
  /** When the newest of a range was entered. */
  newestMs(from: number, to: number): number;
}

/** Every time zone's hours begin at one of these. */
const QUARTER_MS = 900_000;

/** What was imported from another till's receipt, a clone's, or an older one, was paid into another drawer. */
const lineOf = lineBy(`i.created_at_ms < @sinceMs OR ${isOfAnotherTill}`);
const tenderOf = `CASE WHEN (${lineOf}) = 'taken-up' THEN NULL ELSE i.tender END`;

const principal = 'i.balance_increment_e4 - COALESCE(i.bonus_e4, 0)';

const listColumns = (line: string, tender: string) => `i.sequence, i.id, i.created_at_ms, c.name, i.cashier,
  CAST(${principal} AS TEXT) AS principal, CAST(COALESCE(i.bonus_e4, 0) AS TEXT) AS bonus,
  CAST(i.point_increment_e4 AS TEXT) AS points, ${line} AS line, ${tender} AS tender, i.state, i.settled_at_ms`;
const columnsHere = listColumns(lineOf, tenderOf);

interface ListRow {
  readonly sequence: number;
  readonly id: string;
  readonly created_at_ms: number;
  readonly name: string | null;
  readonly cashier: string;
  readonly principal: string;
  readonly bonus: string;
  readonly points: string;
  readonly line: CellLine;
  readonly tender: string | null;
  readonly state: EntryState;
  readonly settled_at_ms: number | null;
}

interface ImportedRow extends ListRow {
  readonly till: string;
  readonly number: number;
  readonly tillId: string;
  readonly epoch: string;
}

interface GroupRow extends Omit<FigureGroup, keyof CellSums | 'isReversal' | 'hour'> {
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
  readonly tillIdentity: Pick<TillIdentity, 'tillId' | 'ownEpochs'>;
  readonly tenderChanges: Pick<TenderChanges, 'within'>;
}

export function createFiguresRepository(parts: FiguresParts): FiguresRepository {
  const { db, storeTimeZone, tillIdentity } = parts;
  const groups = db.prepare(
    `SELECT i.cashier, i.person_id AS personId, ${lineOf} AS line, ${tenderOf} AS tender, i.state,
       i.kind = 'reversal' AS reversal,
       i.created_at_ms / ${QUARTER_MS} AS quarter, COUNT(*) AS entries,
       CAST(SUM(${principal}) AS TEXT) AS principal, CAST(SUM(COALESCE(i.bonus_e4, 0)) AS TEXT) AS bonus,
       CAST(SUM(i.point_increment_e4) AS TEXT) AS points
     FROM increment i WHERE i.sequence BETWEEN @from AND @to GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY MIN(i.sequence)`,
  );
  const unsettled = db.prepare(
    `SELECT ${columnsHere} FROM ${entrySource}
     WHERE i.sequence BETWEEN @from AND @to AND i.${isOpen} ORDER BY i.sequence`,
  );
  const takenUp = db.prepare(
    `SELECT ${columnsHere}, i.till, i.origin_number AS number, i.origin_till AS tillId,
       i.origin_epoch AS epoch
     FROM ${entrySource} WHERE i.sequence BETWEEN @from AND @to AND i.origin_number IS NOT NULL
     ORDER BY i.sequence LIMIT ${MOST_IMPORTED}`,
  );
  const someWithin = db.prepare(
    `SELECT ${columnsHere} FROM ${entrySource}
     WHERE i.sequence BETWEEN @from AND @to AND i.sequence IN (SELECT value FROM json_each(@sequences))
     ORDER BY i.sequence`,
  );
  const some = db.prepare(
    `SELECT ${listColumns(lineBy('TRUE'), 'i.tender')} FROM ${entrySource}
     WHERE i.sequence IN (SELECT value FROM json_each(?)) ORDER BY i.sequence`,
  );
  const arrived = db.prepare(
    `SELECT CASE WHEN i.state <> 'confirmed' THEN 'notYet'
         WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.entry = i.sequence AND a.outcome = 'applied') THEN 'byReply'
         WHEN ${isByManager} THEN 'byManager' ELSE 'byEvidence' END AS name, COUNT(*) AS entries
     FROM increment i WHERE i.sequence BETWEEN @from AND @to AND i.state NOT IN ('rejected', 'cancelled') GROUP BY 1`,
  );
  const line = db.prepare(`SELECT ${lineOf} AS line FROM increment i WHERE i.sequence = @sequence`);
  const last = db.prepare('SELECT COALESCE(MAX(sequence), 0) AS sequence FROM increment');
  const newest = db.prepare(
    'SELECT COALESCE(MAX(created_at_ms), 0) AS ms FROM increment WHERE sequence BETWEEN ? AND ?',
  );
  const named = (range: EntryRange) => ({ ...range, ...ownParts(tillIdentity) });
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
    line: row.line,
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
    lineOf: (sequence, range) => {
      const found = line.get({ ...named(range), sequence }) as { line: CellLine } | undefined;
      return found?.line ?? 'sale';
    },
    groups: (range) =>
      (groups.all(named(range)) as GroupRow[]).map(({ reversal, quarter, ...row }) => ({
        ...row,
        isReversal: reversal === 1,
        hour: hourOf(quarter * QUARTER_MS, storeTimeZone),
        principal: fromScaled(row.principal),
        bonus: fromScaled(row.bonus),
        points: fromScaled(row.points),
      })),
    unsettled: (range) => (unsettled.all(named(range)) as ListRow[]).map(entryOf),
    takenUp: (range) =>
      (takenUp.all(named(range)) as ImportedRow[]).map(({ till, number, tillId, epoch, ...row }) => {
        const { sequence: _, settledAtMs: __, ...entry } = entryOf(row);
        return { ...entry, original: { till, reference: reference(number), tillId, epoch } };
      }),
    someWithin: (range, sequences) => {
      const rows = someWithin.all({ ...named(range), sequences: JSON.stringify(sequences) });
      return (rows as ListRow[]).map(entryOf);
    },
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
