import {
  type Amount,
  addAmounts,
  type CellSums,
  cellsBefore,
  comparedFloat,
  figureLines,
  foldCells,
  isGivenBack,
  isNothing,
  isZeroAmount,
  negateAmount,
  openedFigures,
  reportCells,
  type ShiftReport,
  type ShiftTender,
  toldLines,
  unlistedChanges,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { OTHERS } from '../../day/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import { reference } from '../../ledger/shown/index.ts';
import { linesOf, money, plain, tenderName } from './make-receipt.ts';
import type { ReceiptPair, ReceiptShop, ReportPaper, ReportSection } from './receipt.ts';
import { type ReportWords, reportWords } from './report-words.ts';
import { clean } from './text-width.ts';
import { receiptWords } from './words.ts';

interface Making {
  readonly report: ShiftReport;
  readonly shop: ReceiptShop;
  readonly words: ReportWords;
}

/**
 * Rows per list on paper: longer lists waste metres of it, and cannot be drawn at some length. Sums cover all rows,
 * and the CSV has them.
 */
const MOST_ON_PAPER = 100;

interface Summed {
  readonly label: string;
  readonly value: Amount;
}

/** The first rows, and the sum of the rest. */
function onPaper(rows: readonly Summed[], others: string): readonly Summed[] {
  if (rows.length <= MOST_ON_PAPER) return rows;
  const rest = rows.slice(MOST_ON_PAPER).map(({ value }) => value);
  return [...rows.slice(0, MOST_ON_PAPER), { label: others, value: addAmounts(zeroAmount, ...rest) }];
}

const notOnPaper = ({ unsettled, late, takenUp = [], afterPaper = [] }: ShiftReport): number =>
  [unsettled, late, takenUp, afterPaper].reduce<number>(
    (all, list) => all + Math.max(0, list.length - MOST_ON_PAPER),
    0,
  );

/** Makes a shift's report for paper, from the report's facts only. Pure. */
export function makeReport(report: ShiftReport, shop: ReceiptShop): ReportPaper {
  const words = reportWords[shop.language];
  const making = { report, shop, words };
  const [cash, ...others] = report.tenders;
  const sections = [
    ...(cash === undefined || report.isBlind ? [] : [cashOf(making, cash)]),
    ...others.map((row) => tenderOf(making, row)),
    ...statesOf(making),
    ...linesOfReport(making),
    ...beforeOf(making),
    ...cashiersOf(making),
    ...openingsOf(making),
    ...hoursOf(making),
    ...listsOf(making),
    changesOf(making),
  ];
  return {
    hasLogo: shop.hasLogo,
    header: linesOf(shop.header),
    warning: report.isPractice ? receiptWords[shop.language].practice : null,
    title: report.kind === 'z' ? words.z(report.number) : words.x(report.number),
    facts: factsOf(making),
    notes: notesOf(making),
    sections: sections.filter(({ pairs }) => pairs.length > 0),
    signature: words.signature,
  };
}

const timeOf = ({ report }: Making, unixMs: number): string =>
  storeTime(unixMs, report.storeTimeZone).slice(0, 16);

const sumIn = ({ report, shop }: Making, value: Amount): string =>
  money(value, { ...shop, currency: report.currency });

const nameOf = ({ shop, words }: Making, tender: string | null): string =>
  tender === null ? words.notAsked : clean(tenderName(tender, receiptWords[shop.language]));

function factsOf(making: Making): readonly ReceiptPair[] {
  const { report, words } = making;
  const { openedAtMs, closedAtMs, closedBy, approvedBy, fromSequence, toSequence } = report;
  const numbers = toSequence < fromSequence ? '-' : `${reference(fromSequence)} - ${reference(toSequence)}`;
  const pairs: readonly (readonly [string, string | null])[] = [
    [words.till, report.till],
    [words.businessDay, report.businessDay],
    [words.opened, timeOf(making, openedAtMs)],
    [words.by, report.openedBy],
    [words.closed, closedAtMs === null ? null : timeOf(making, closedAtMs)],
    [words.by, closedBy],
    [words.approvedBy, approvedBy],
    [words.reckoned, timeOf(making, report.atMs)],
    [words.numbers, numbers],
  ];
  return pairs.flatMap(([label, value]) => (value === null ? [] : [{ label, value: clean(value) }]));
}

/** How the float differs from the last count, and what was not counted since. */
function openingOf(making: Making): readonly string[] {
  const { report, words } = making;
  const { opening, float, drawer, openedBy } = report;
  if (opening === undefined || drawer === 'elsewhere') return [];
  const sum = (value: Amount) => sumIn(making, value);
  const { kind, left } = comparedFloat(opening, float);
  const { counted, shift, uncounted } = opening;
  const said = [
    words.floats[kind](sum(counted ?? zeroAmount), shift ?? 0, sum(float), sum(left)),
    ...(isZeroAmount(uncounted) ? [] : [words.uncountedBefore(sum(uncounted))]),
    words.openedBy(clean(openedBy)),
  ];
  return [said.join(' ')];
}

function notesOf(making: Making): readonly string[] {
  const { report, words } = making;
  const { clockBack, drill } = report;
  const unlisted = report.unlisted + notOnPaper(report);
  const time = (unixMs: number) => timeOf(making, unixMs);
  return [
    ...(report.isBlind ? [words.blind] : []),
    ...(report.drawer === 'elsewhere' ? [words.elsewhere] : []),
    ...(clockBack === null ? [] : [words.clockBack(time(clockBack.beforeMs), time(clockBack.nowMs))]),
    ...report.restoredAtMs.map((atMs) => words.restored(time(atMs))),
    ...(report.isFromCopy ? [words.fromCopy] : []),
    ...(unlisted === 0 ? [] : [words.unlisted(unlisted)]),
    ...openingOf(making),
    ...(drill === null ? [] : [words.drill(time(drill.atMs), clean(drill.who), drill.passed)]),
  ];
}

/** Expected and counted sums, as far as the report shows them. */
function heldUp(making: Making, row: ShiftTender): readonly ReceiptPair[] {
  const { words } = making;
  const pairs: readonly (readonly [string, Amount | null])[] = [
    [words.expected, row.expected],
    [words.counted, row.counted],
    [words.variance, row.variance],
  ];
  return pairs.flatMap(([label, value]) =>
    value === null ? [] : [{ label, value: sumIn(making, value), isStrong: label === words.variance }],
  );
}

/** Empty for zero. */
const unlessZero = (making: Making, label: string, value: Amount | null): readonly ReceiptPair[] =>
  value === null || isZeroAmount(value) ? [] : [{ label, value: sumIn(making, value) }];

/** Signed, so that a column adds up to the expected sum. */
const takenOff = (making: Making, label: string, value: Amount | null): readonly ReceiptPair[] =>
  unlessZero(making, label, value === null ? null : negateAmount(value));

function cashOf(making: Making, row: ShiftTender): ReportSection {
  const { report, words } = making;
  const all = report.moves.map(({ kind, amount, reason }) => ({
    label: clean(`${kind === 'paid-in' ? words.paidIn : words.paidOut}: ${reason}`),
    value: kind === 'paid-in' ? amount : negateAmount(amount),
  }));
  const moves = onPaper(all, `${words.paidIn} / ${words.paidOut}: ${OTHERS}`).map(({ label, value }) => ({
    label,
    value: sumIn(making, value),
  }));
  return {
    title: nameOf(making, row.tender),
    pairs: [
      { label: words.float, value: sumIn(making, report.float) },
      { label: words.taken, value: sumIn(making, row.taken ?? zeroAmount) },
      ...takenOff(making, words.reversed, row.reversed),
      ...moves,
      ...takenOff(making, words.lateGivenBack, row.lateGivenBack),
      ...heldUp(making, row),
      ...(report.reason === null ? [] : [{ label: words.reason, value: clean(report.reason) }]),
    ],
  };
}

const tenderOf = (making: Making, row: ShiftTender): ReportSection => ({
  title: nameOf(making, row.tender),
  pairs: [
    { label: making.words.taken, value: sumIn(making, row.taken ?? zeroAmount) },
    ...takenOff(making, making.words.reversed, row.reversed),
    ...takenOff(making, making.words.lateGivenBack, row.lateGivenBack),
    ...heldUp(making, row),
  ],
});

function statesOf(making: Making): readonly ReportSection[] {
  const { report, words } = making;
  const told = report.tenders.filter(({ taken }) => taken !== null);
  const sum = (part: 'done' | 'waiting' | 'checking' | 'review') =>
    addAmounts(zeroAmount, ...told.map((row) => row[part] ?? zeroAmount));
  const { confirmed, queued, unknown, review } = words.states;
  return [
    {
      title: words.byState,
      pairs: [
        { label: confirmed, value: sumIn(making, sum('done')) },
        ...unlessZero(making, queued, sum('waiting')),
        ...unlessZero(making, unknown, sum('checking')),
        ...unlessZero(making, review, sum('review')),
      ],
    },
  ];
}

/** The pairs of a figure line. */
const pairsOfLine = (making: Making, label: string, sums: CellSums): readonly ReceiptPair[] => [
  { label: `${label} (${sums.entries})`, value: sumIn(making, sums.principal) },
  ...membersGot(making, sums),
];

const membersGot = (making: Making, { bonus, points }: CellSums): readonly ReceiptPair[] => [
  ...unlessZero(making, making.words.bonus, bonus),
  ...(isZeroAmount(points) ? [] : [{ label: making.words.points, value: plain(points, making.shop) }]),
];

/** All non-empty figure lines, and the total that members got. */
function linesOfReport(making: Making): readonly ReportSection[] {
  const { report, words } = making;
  const { net } = foldCells(reportCells(report));
  const told = toldLines(report);
  const pairs = figureLines.flatMap((line): readonly ReceiptPair[] => {
    const sums = told[line];
    if (sums === undefined) return [];
    const label = words.lines[line];
    if (sums === null) return [{ label, value: words.notInReport }];
    const { points } = sums;
    const known = { ...sums, points: points ?? zeroAmount };
    if (isNothing(known)) return [];
    const said = pairsOfLine(making, label, known);
    return points === null ? [...said, { label: words.points, value: words.notInReport }] : said;
  });
  return [{ title: words.figures, pairs: [...pairs, ...pairsOfLine(making, words.net, net)] }];
}

/** Sales before the first shift, by tender, and what of them is in no sum. */
function beforeOf(making: Making): readonly ReportSection[] {
  const { report, words } = making;
  const cells = cellsBefore(report);
  if (cells === null) return [];
  const { lines, net } = foldCells(cells);
  const byTender = [...new Set(cells.filter(({ line }) => line === 'sale').map(({ tender }) => tender))];
  const paid = byTender.flatMap((tender): readonly ReceiptPair[] => {
    const own = foldCells(cells.filter((cell) => cell.tender === tender)).net;
    const label = `${nameOf(making, tender)} (${own.entries})`;
    return own.entries === 0 ? [] : [{ label, value: sumIn(making, own.principal) }];
  });
  const beside = (['cancelled', 'unsettled', 'corrections', 'takenUp'] as const).flatMap((line) =>
    lines[line].entries === 0 ? [] : pairsOfLine(making, words.lines[line], lines[line]),
  );
  return [{ title: words.lines.before, pairs: [...paid, ...membersGot(making, net), ...beside] }];
}

function cashiersOf(making: Making): readonly ReportSection[] {
  const { report, words } = making;
  const sums = new Map<string, Amount>();
  for (const cell of report.cells) {
    const { cashier, tender, line = 'sale', shift, principal } = cell;
    if (line !== 'sale' || shift !== undefined || isGivenBack(cell) || isZeroAmount(principal)) continue;
    const label = `${clean(cashier)}, ${nameOf(making, tender)}`;
    sums.set(label, addAmounts(sums.get(label) ?? zeroAmount, principal));
  }
  const rows = [...sums].map(([label, value]) => ({ label, value }));
  const pairs = onPaper(rows, OTHERS).map(({ label, value }) => ({ label, value: sumIn(making, value) }));
  return [{ title: words.byCashier, pairs }];
}

/** Drawer openings by cause. */
function openingsOf(making: Making): readonly ReportSection[] {
  const { report, words } = making;
  const cashiers = [...new Set(report.cells.map(({ cashier }) => cashier))];
  const rows = cashiers.flatMap((cashier) => {
    const folded = foldCells(
      reportCells({ ...report, cells: report.cells.filter((cell) => cell.cashier === cashier) }),
    );
    return openedFigures.flatMap((line) => {
      const { entries, principal } = folded.lines[line];
      return entries === 0
        ? []
        : [{ label: `${clean(cashier)}, ${words.lines[line]} (${entries})`, value: principal }];
    });
  });
  const pairs = onPaper(rows, OTHERS).map(({ label, value }) => ({ label, value: sumIn(making, value) }));
  return [{ title: words.openings, pairs }];
}

const hoursOf = (making: Making): readonly ReportSection[] => [
  {
    title: making.words.hours,
    pairs: making.report.hours
      .filter(({ entries }) => entries > 0)
      .map(({ hour, entries, principal }) => ({
        label: `${String(hour).padStart(2, '0')}:00 (${entries})`,
        value: sumIn(making, principal),
      })),
  },
];

function listsOf(making: Making): readonly ReportSection[] {
  const { report, words } = making;
  const { states } = words;
  return [
    {
      title: words.unsettled,
      pairs: report.unsettled
        .slice(0, MOST_ON_PAPER)
        .map(({ reference: number, memberName, state, principal }) => ({
          label: clean(`${number} ${memberName}, ${states[state]}`),
          value: sumIn(making, principal),
        })),
    },
    {
      title: words.afterPaper,
      pairs: (report.afterPaper ?? [])
        .slice(0, MOST_ON_PAPER)
        .map(({ reference: number, cashier, by, state, principal }) => ({
          label: clean([number, cashier, by === null ? states[state] : words.cancelledBy(by)].join(', ')),
          value: sumIn(making, principal),
        })),
    },
    {
      title: words.late,
      pairs: report.late
        .slice(0, MOST_ON_PAPER)
        .map(({ reference: number, memberName, state, principal, shift }) => ({
          label: clean(`${number} ${memberName}, ${words.ofShift(shift)}, ${states[state]}`),
          value: sumIn(making, principal),
        })),
    },
    {
      title: words.takenUp,
      pairs: (report.takenUp ?? [])
        .slice(0, MOST_ON_PAPER)
        .map(({ reference: number, memberName, original, principal }) => ({
          label: clean(`${number} ${memberName}, ${original.till} ${original.reference}`),
          value: sumIn(making, principal),
        })),
    },
  ];
}

/** Changed tenders: from, to, by whom and when. Missing in older versions. */
function changesOf(making: Making): ReportSection {
  const { report, words } = making;
  const { tenderChanges } = report;
  if (tenderChanges === undefined)
    return { title: null, pairs: [{ label: words.tenderChanges, value: words.notInReport }] };
  const { count, listed } = tenderChanges;
  const shown = listed.slice(0, MOST_ON_PAPER);
  const rows = shown.map(({ reference: number, was, now, times, who, atMs, principal }) => {
    const ways = `${nameOf(making, was)} > ${nameOf(making, now)}${times === undefined ? '' : ` (${times}x)`}`;
    return {
      label: clean(`${number} ${ways}, ${who} ${timeOf(making, atMs).slice(11)}`),
      value: sumIn(making, principal),
    };
  });
  const missing = unlistedChanges({ count, listed: shown });
  return {
    title: `${words.tenderChanges} (${count})`,
    pairs: [...rows, ...(missing > 0 ? [{ label: words.notListed, value: String(missing) }] : [])],
  };
}
