import {
  addAmounts,
  type Cell,
  type CellLine,
  type CellSums,
  type EntryState,
  type EntrySums,
  type FigureLine,
  foldCells,
  foldLine,
  subtractAmounts,
  without,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Clock } from '../../kernel/ports.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import { isEnded, isOpen } from '../tables/entry-lookups.ts';
import { isUnacknowledged } from '../tables/rows.ts';
import type { OutboxIdentity } from '../types.ts';
import { isApart, isOfAnotherTill, lineBy, noWays, type OwnWays, ownParts } from './entry-line.ts';
import { daysAround, isIn, type Moments } from './shown-day.ts';

/** Open entries. */
interface OpenSums {
  /** Queued and sending. */
  readonly waiting: EntrySums;
  /** May have reached KYBIO. */
  readonly checking: EntrySums;
  readonly review: EntrySums;
}

export interface MemberSums extends OpenSums {
  /** Refused and not acknowledged. */
  readonly refused: EntrySums;
}

/** Sums as every report folds them (`preload/contract/ledger/cells.ts`). */
export interface DaySums extends OpenSums {
  /** Sold on the day and confirmed, less reversals. */
  readonly done: EntrySums;
  /** Confirmed on the day, with no money in this drawer. */
  readonly takenUp: EntrySums;
  /** Refused on the day, or not acknowledged. */
  readonly refused: EntrySums;
  /** Unacknowledged refusals of any day. */
  readonly unacknowledged: number;
}

/** Sums of the outbox, added over integers in SQL. */
export interface OutboxSums {
  /** Queued and sending, of the whole till. */
  waiting(own?: OwnWays): EntrySums;
  /** One member's. */
  sumsOfMember(customerUid: string): MemberSums;
  /** A calendar day's, or those between `moments`. */
  sumsOfDay(day: string, moments?: Moments | null, own?: OwnWays): DaySums;
}

const none: EntrySums = { entries: 0, balance: zeroAmount, bonus: zeroAmount, point: zeroAmount };

/** Includes the hour that the end of summer time adds. */
export const LONGEST_DAY_MS = 25 * 3_600_000;

const sumColumns = `COUNT(*) AS entries, CAST(COALESCE(SUM(i.balance_increment_e4), 0) AS TEXT) AS balance,
  CAST(COALESCE(SUM(i.bonus_e4), 0) AS TEXT) AS bonus, CAST(COALESCE(SUM(i.point_increment_e4), 0) AS TEXT) AS point`;

interface SumRow {
  readonly entries: number;
  readonly balance: string;
  readonly bonus: string;
  readonly point: string;
}

const toSums = (row: SumRow): EntrySums => ({
  entries: row.entries,
  balance: fromScaled(row.balance),
  bonus: fromScaled(row.bonus),
  point: fromScaled(row.point),
});

const plus = (left: EntrySums, right: EntrySums): EntrySums => ({
  entries: left.entries + right.entries,
  balance: addAmounts(left.balance, right.balance),
  bonus: addAmounts(left.bonus, right.bonus),
  point: addAmounts(left.point, right.point),
});

type StateRow = SumRow & { readonly state: EntryState };

function stateOf(rows: readonly StateRow[], state: EntryState): EntrySums {
  const row = rows.find((candidate) => candidate.state === state);
  return row === undefined ? none : toSums(row);
}

function byState(rows: readonly StateRow[]): MemberSums {
  const of = (state: EntryState) => stateOf(rows, state);
  return {
    waiting: plus(of('queued'), of('sending')),
    checking: of('unknown'),
    review: of('review'),
    refused: of('rejected'),
  };
}

interface CellRow extends SumRow {
  readonly state: EntryState;
  readonly line: CellLine;
}

const toCell = ({ state, line, entries, balance, bonus, point }: CellRow): Cell => ({
  line,
  tender: null,
  state,
  isReversal: false,
  entries,
  principal: subtractAmounts(fromScaled(balance), fromScaled(bonus)),
  bonus: fromScaled(bonus),
  points: fromScaled(point),
});

/** Sums that count every entry as a sale: subtracts the others, and adds them as what they are. */
const toldApart = (kept: readonly StateRow[], apart: readonly CellRow[]): readonly Cell[] => [
  ...kept.map((row) => toCell({ ...row, line: 'sale' })),
  ...apart.map(toCell).flatMap((cell): Cell[] => [cell, { ...cell, line: 'sale', ...without(cell) }]),
];

const told = ({ entries, principal, bonus, points }: CellSums): EntrySums => ({
  entries,
  balance: addAmounts(principal, bonus),
  bonus,
  point: points,
});

const lineOf = (cells: readonly Cell[], line: FigureLine): EntrySums => told(foldLine(cells, line));

const openIn = (cells: readonly Cell[], ...states: readonly EntryState[]): EntrySums =>
  lineOf(
    cells.filter(({ state }) => states.includes(state)),
    'unsettled',
  );

const openOf = (cells: readonly Cell[]): OpenSums => ({
  waiting: openIn(cells, 'queued', 'sending'),
  checking: openIn(cells, 'unknown'),
  review: openIn(cells, 'review'),
});

function doneOf(cells: readonly Cell[]): Pick<DaySums, 'done' | 'takenUp'> {
  const { lines, net } = foldCells(cells.filter(({ state }) => state === 'confirmed'));
  return { done: told(net), takenUp: told(lines.takenUp) };
}

interface RefusedRow extends CellRow {
  readonly settled_at_ms: number | null;
  readonly unacknowledged: number;
}

export function createOutboxSums(db: Db, identity: OutboxIdentity, clock: Clock): OutboxSums {
  const confirmedOn = db.prepare(
    `SELECT 'confirmed' AS state, ${sumColumns} FROM increment i INDEXED BY increment_ended_on
     WHERE i.store_day = ? AND i.state = 'confirmed' AND i.${isEnded}`,
  );
  const open = db.prepare(
    `SELECT state, ${sumColumns} FROM increment i INDEXED BY increment_open WHERE i.${isOpen} GROUP BY state`,
  );
  const openNow = () => open.all() as StateRow[];
  // Two queries, each with an index of few entries.
  const ofMember = db.prepare(
    `SELECT i.state, ${sumColumns} FROM increment i INDEXED BY increment_open
     WHERE i.customer_uid = @uid AND i.${isOpen} GROUP BY i.state
     UNION ALL SELECT i.state, ${sumColumns} FROM increment i INDEXED BY increment_unacknowledged
     WHERE i.customer_uid = @uid AND ${isUnacknowledged} GROUP BY i.state`,
  );
  // Ended entries are counted at each call: some hundred, found by their days.
  const confirmedWithin = db.prepare(
    `SELECT 'confirmed' AS state, ${sumColumns} FROM increment i INDEXED BY increment_ended_on
     WHERE i.store_day IN (@before, @day, @after)
       AND i.created_at_ms >= @fromMs AND i.created_at_ms < @beforeMs AND i.state = 'confirmed' AND i.${isEnded}`,
  );
  const doneWithin = (around: string, moments: Moments): readonly StateRow[] => {
    const [before, day, after] = daysAround(around);
    return confirmedWithin.all({ before, day, after, ...moments }) as StateRow[];
  };
  const isOfDaySql = `(CASE WHEN @fromMs IS NULL THEN i.store_day = @day
    ELSE i.created_at_ms >= @fromMs AND i.created_at_ms < @beforeMs END)`;
  const apart = db.prepare(
    `SELECT i.state, ${lineBy(isOfAnotherTill)} AS line, ${sumColumns} FROM increment i
     WHERE ${isApart} AND (i.${isOpen} OR i.state = 'confirmed' AND ${isOfDaySql}) GROUP BY 1, 2`,
  );
  const apartOf = (day: string, moments: Moments | null, own: OwnWays): readonly CellRow[] => {
    const within = moments ?? { fromMs: null, beforeMs: null };
    const rows = apart.all({ day, ...within, ...ownParts(own) }) as CellRow[];
    return rows.filter(({ line }) => line !== 'sale');
  };
  const refused = db.prepare(
    `SELECT 1 AS entries, i.state, ${lineBy(isOfAnotherTill)} AS line,
       CAST(i.balance_increment_e4 AS TEXT) AS balance, CAST(COALESCE(i.bonus_e4, 0) AS TEXT) AS bonus,
       CAST(i.point_increment_e4 AS TEXT) AS point, i.settled_at_ms,
       ${isUnacknowledged} AS unacknowledged
     FROM increment i WHERE i.sequence IN (SELECT sequence FROM increment INDEXED BY increment_refused
         WHERE settled_at_ms > @since AND state = 'rejected'
       UNION SELECT sequence FROM increment WHERE state = 'rejected' AND acknowledged = 0)`,
  );
  return {
    waiting: (own = noWays) => openOf(toldApart(openNow(), apartOf('', null, own))).waiting,
    sumsOfMember: (uid) => byState(ofMember.all({ uid }) as StateRow[]),
    sumsOfDay: (day, moments = null, own = noWays) => {
      const isOfDay = ({ settled_at_ms: atMs }: RefusedRow) =>
        atMs !== null && isIn({ day, moments }, atMs, identity.storeTimeZone);
      const since = moments === null ? clock.nowMs() - LONGEST_DAY_MS : moments.fromMs - 1;
      const rows = refused.all({ since, ...ownParts(own) }) as RefusedRow[];
      const ofToday = rows.filter((row) => row.unacknowledged === 1 || isOfDay(row));
      const apartNow = apartOf(day, moments, own);
      const done = moments === null ? (confirmedOn.all(day) as StateRow[]) : doneWithin(day, moments);
      return {
        ...openOf(toldApart(openNow(), apartNow)),
        ...doneOf(toldApart(done, apartNow)),
        refused: lineOf(ofToday.map(toCell), 'cancelled'),
        unacknowledged: rows.filter((row) => row.unacknowledged === 1).length,
      };
    },
  };
}
