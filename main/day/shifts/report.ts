import {
  type Amount,
  type CountOutcome,
  compareAmounts,
  foldCells,
  type ImportedEntry,
  negateAmount,
  reportCells,
  type ShiftReport,
  type ShiftTender,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { clockRollback } from './clock-rollback.ts';
import {
  afterPaperOf,
  cellsOf,
  type FigureGroup,
  hoursOf,
  type ListedEntry,
  lateCellsOf,
  lateOf,
  listed,
  type PaperEntry,
  paperCellsOf,
  trackedAfter,
} from './figures.ts';
import type { ListedChanges } from './figures-repository.ts';
import { cellsThatFit, firstThatFit, fitted, MOST_CHANGE_BYTES, tendersShownApart } from './fitted.ts';
import type { Counted, OpenShift, Tracked } from './shift-record.ts';
import { tenderRows } from './tender-rows.ts';

/** All that a report is made from, as of one moment. */
export interface Reckoned {
  readonly groups: readonly FigureGroup[];
  /** Openings of the drawer. */
  readonly openings: readonly FigureGroup[];
  /** Given back after their receipt, earlier shifts' included. */
  readonly afterPaper: readonly PaperEntry[];
  readonly unsettled: readonly ListedEntry[];
  readonly takenUp: readonly ImportedEntry[];
  readonly earlier: readonly ListedEntry[];
  readonly tenderChanges: ListedChanges;
  readonly arrived: ShiftReport['arrived'];
  readonly toSequence: number;
  /** When the newest was entered; 0 where there is none. */
  readonly newestMs: number;
  readonly restoredAtMs: readonly number[];
  /** The journal's last row then. */
  readonly row: number;
}

export interface ReportFacts {
  readonly id: string;
  readonly shift: OpenShift;
  readonly tracked: readonly Tracked[];
  readonly reckoned: Reckoned;
  readonly counted: ShiftReport['counted'];
  readonly nowMs: number;
  readonly endsAtMinute: number;
  readonly shop: Pick<
    ShiftReport,
    'till' | 'tillId' | 'epoch' | 'tillNumber' | 'tillCount' | 'currency' | 'storeTimeZone' | 'isPractice'
  >;
}

/** The complete X as of now. Pure. */
export function xReport(facts: ReportFacts): ShiftReport {
  const { shift, reckoned, tracked, nowMs } = facts;
  const { number, businessDay, openedAtMs, openedBy, fromSequence, drawer, float, moves } = shift;
  const count = facts.counted?.count ?? null;
  const followed = lateOf(tracked, reckoned.earlier);
  const papers = afterPaperOf(tracked, reckoned.afterPaper);
  const told = tendersShownApart([
    ...['cash', ...(count?.tenders ?? []).map(({ tender }) => tender)],
    ...[...reckoned.groups, ...followed, ...papers.map(({ entry }) => entry)].map(({ tender }) => tender),
    ...reckoned.tenderChanges.listed.flatMap(({ was, now }) => [was, now]),
  ]);
  const toldPapers = papers.map((paper) => ({
    ...paper,
    entry: { ...paper.entry, tender: told(paper.entry.tender) },
  }));
  const late = followed.map((entry) => ({ ...entry, tender: told(entry.tender) }));
  const groups = reckoned.groups.map((group) => ({ ...group, tender: told(group.tender) }));
  const cells = [
    ...cellsOf([...groups, ...reckoned.openings]),
    ...lateCellsOf(late),
    ...paperCellsOf(toldPapers),
  ];
  const report: ShiftReport = {
    id: facts.id,
    kind: 'x',
    number,
    ...facts.shop,
    businessDay,
    openedAtMs,
    openedBy,
    closedAtMs: null,
    closedBy: null,
    approvedBy: null,
    atMs: nowMs,
    clockBack: clockRollback(shift.clockBack, Math.max(shift.newestMs, reckoned.newestMs), nowMs),
    restoredAtMs: [...reckoned.restoredAtMs],
    isFromCopy: shift.isFromCopy,
    fromSequence,
    toSequence: reckoned.toSequence,
    drawer,
    float,
    moves: [...moves],
    isBlind: false,
    opening: shift.opening,
    cells: cellsThatFit(cells),
    ...(shift.before === undefined ? {} : { before: [...shift.before] }),
    hours: hoursOf(groups, facts.endsAtMinute),
    tenderChanges: changesThatFit(reckoned.tenderChanges, told),
    tenders: [],
    bonus: zeroAmount,
    points: zeroAmount,
    arrived: reckoned.arrived,
    unsettled: [],
    late: [],
    afterPaper: [],
    unlisted: 0,
    counted: facts.counted,
    reason: null,
  };
  const takenUp = reckoned.takenUp.map((entry) => ({ ...entry, tender: told(entry.tender) }));
  const tenders = tenderRows({ cells: reportCells({ ...report, cells }), float, drawer, count });
  return fitted(
    { ...report, ...sumsOf(report), tenders },
    {
      unsettled: listed(reckoned.unsettled),
      late,
      takenUp,
      afterPaper: toldPapers.map(({ entry }) => entry),
    },
  );
}

/** What members received. */
function sumsOf(report: ShiftReport): Pick<ShiftReport, 'bonus' | 'points'> {
  const { bonus, points } = foldCells(reportCells(report)).net;
  return { bonus, points };
}

/** As many as fit; `count` has them all. */
function changesThatFit(
  { count, listed: all }: ListedChanges,
  told: (tender: string | null) => string | null,
): ListedChanges {
  const listed = all.map((one) => ({ ...one, was: told(one.was), now: told(one.now) ?? one.now }));
  return { count, listed: firstThatFit(listed, MOST_CHANGE_BYTES) };
}

/** A change discloses a sum that left the drawer or came into it. */
const withoutCash = ({ count, listed }: ListedChanges): ListedChanges => ({
  count,
  listed: listed.filter(({ was, now }) => was !== 'cash' && now !== 'cash'),
});

const isCash = ({ tender }: { readonly tender: string | null }): boolean => tender === 'cash';

const undisclosed: Omit<ShiftTender, 'tender'> = {
  taken: null,
  done: null,
  waiting: null,
  checking: null,
  review: null,
  reversed: null,
  lateGivenBack: null,
  expected: null,
  counted: null,
  variance: null,
};

/** Without anything from which expected cash could be computed. Pure. */
export function blind({ takenUp = [], before, opening: _, ...report }: ShiftReport): ShiftReport {
  const cells = report.cells.filter((cell) => !isCash(cell));
  return {
    ...report,
    ...(before === undefined ? {} : { before: before.filter((cell) => !isCash(cell)) }),
    ...sumsOf({ ...report, cells }),
    isBlind: true,
    cells,
    tenders: report.tenders.map((row) => (isCash(row) ? { tender: row.tender, ...undisclosed } : row)),
    hours: [],
    unsettled: report.unsettled.filter((entry) => !isCash(entry)),
    late: report.late.filter((entry) => !isCash(entry)),
    ...(takenUp.some((entry) => !isCash(entry))
      ? { takenUp: takenUp.filter((entry) => !isCash(entry)) }
      : {}),
    afterPaper: report.afterPaper.filter((entry) => !isCash(entry)),
    tenderChanges: withoutCash(report.tenderChanges),
  };
}

const sizeOf = (value: Amount): Amount =>
  compareAmounts(value, zeroAmount) < 0 ? negateAmount(value) : value;

/** By what was counted. */
export const variancesOf = ({ tenders }: Pick<ShiftReport, 'tenders'>): CountOutcome['variances'] =>
  tenders.flatMap(({ tender, expected, counted, variance }) =>
    tender === null || expected === null || counted === null || variance === null
      ? []
      : [{ tender, expected, counted, variance }],
  );

/** What a committed count freezes. Pure. */
export function counted(facts: ReportFacts, limit: Amount): Omit<Counted, 'countedById'> {
  const report = xReport(facts);
  const { shift, reckoned, tracked } = facts;
  const isOver = variancesOf(report).some(({ variance }) => compareAmounts(sizeOf(variance), limit) > 0);
  return {
    report,
    tracked: trackedAfter(shift.number, tracked, reckoned.earlier, reckoned.unsettled),
    next: isOver ? 'reason' : 'close',
    row: reckoned.row,
  };
}

export interface Closing {
  readonly id: string;
  readonly nowMs: number;
  readonly who: string;
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly clockBack: ShiftReport['clockBack'];
  readonly by: Pick<ShiftReport, 'tillId' | 'epoch'>;
}

/** The Z: the frozen report, and who closed it. Pure. */
export const zReport = (frozen: ShiftReport, closing: Closing): ShiftReport => ({
  ...frozen,
  id: closing.id,
  kind: 'z',
  isBlind: false,
  closedAtMs: closing.nowMs,
  closedBy: closing.who,
  approvedBy: closing.approvedBy,
  reason: closing.reason,
  clockBack: closing.clockBack,
  // The till may have been restored since the count.
  ...closing.by,
});
