import {
  type Amount,
  addAmounts,
  type CellSums,
  comparedFloat,
  type FigureLine,
  isNothing,
  isZeroAmount,
  negateAmount,
  type ReportRow,
  type RowOf,
  reportRows,
  rowsOf,
  type ShiftEntry,
  type ShiftReport,
  signed,
  unlistedChanges,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { type Matched, OTHERS } from '../../day/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import { reference } from '../../ledger/shown/index.ts';
import { linesOf, money, personOn, plain, tenderName } from './make-receipt.ts';
import type { ReceiptPair, ReceiptShop, ReportPaper, ReportSection } from './receipt.ts';
import { type ReportWords, reportWords } from './report-words.ts';
import { clean } from './text-width.ts';
import { receiptWords } from './words.ts';

interface Making {
  readonly report: ShiftReport;
  readonly matched: Matched | null;
  readonly rows: readonly ReportRow[];
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

/** The first ones, and what the others add up to. */
function onPaper(making: Making, rows: readonly Summed[], others: string): readonly ReceiptPair[] {
  const rest = rows.slice(MOST_ON_PAPER).map(({ value }) => value);
  const last = rest.length === 0 ? [] : [{ label: others, value: addAmounts(...rest) }];
  return [...rows.slice(0, MOST_ON_PAPER), ...last].map(({ label, value }) => ({
    label,
    value: sumIn(making, value),
  }));
}

/** Lists of entries, each of which is told on a row. */
const listParts = ['unsettled', 'late', 'taken-up', 'after-paper'] as const;

const notOnPaper = ({ rows }: Making): number =>
  listParts.reduce((all, part) => all + Math.max(0, rowsOf(rows, part).length - MOST_ON_PAPER), 0);

/** Makes a shift's report for paper, from the report's facts only. Pure. */
export function makeReport(
  report: ShiftReport,
  shop: ReceiptShop,
  matched: Matched | null = null,
): ReportPaper {
  const words = reportWords[shop.language];
  const making = { report, matched, rows: reportRows(report), shop, words };
  const sections = [
    ...rowsOf(making.rows, 'tender').map((row) => tenderOf(making, row)),
    statesOf(making),
    linesOfReport(making),
    beforeOf(making),
    cashiersOf(making),
    openingsOf(making),
    hoursOf(making),
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

const personIn = ({ shop }: Making, actor: string): string => personOn(receiptWords[shop.language], actor);

function factsOf(making: Making): readonly ReceiptPair[] {
  const { report, words } = making;
  const { openedAtMs, closedAtMs, closedBy, approvedBy, fromSequence, toSequence } = report;
  const numbers = toSequence < fromSequence ? '-' : `${reference(fromSequence)} - ${reference(toSequence)}`;
  const pairs: readonly (readonly [string, string | null])[] = [
    [words.till, report.till],
    [words.businessDay, report.businessDay],
    [words.opened, timeOf(making, openedAtMs)],
    [words.by, personIn(making, report.openedBy)],
    [words.closed, closedAtMs === null ? null : timeOf(making, closedAtMs)],
    [words.by, closedBy === null ? null : personIn(making, closedBy)],
    [words.approvedBy, approvedBy === null ? null : personIn(making, approvedBy)],
    [words.reckoned, timeOf(making, report.atMs)],
    [words.zone, report.storeTimeZone],
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
    words.openedBy(clean(personIn(making, openedBy))),
  ];
  return [said.join(words.gap)];
}

const arrivedOf = ({ rows, words }: Making): string =>
  words.atKybio(
    rowsOf(rows, 'arrived')
      .map(({ name, entries }) => words.arrived[name](entries))
      .join(words.comma),
  );

const matchedIn = (words: ReportWords, matched: Matched): string =>
  matched.is === 'matched' && matched.toCheck > 0
    ? words.toCheck(matched.toCheck)
    : words.matched[matched.is];

function notesOf(making: Making): readonly string[] {
  const { report, matched, words } = making;
  const { clockBack } = report;
  const unlisted = report.unlisted + notOnPaper(making);
  const time = (unixMs: number) => timeOf(making, unixMs);
  return [
    ...(report.isBlind ? [words.blind] : []),
    ...(report.drawer === 'elsewhere' ? [words.elsewhere] : []),
    ...(clockBack === null ? [] : [words.clockBack(time(clockBack.beforeMs), time(clockBack.nowMs))]),
    ...report.restoredAtMs.map((atMs) => words.restored(time(atMs))),
    ...(report.isFromCopy ? [words.fromCopy] : []),
    ...(unlisted === 0 ? [] : [words.unlisted(unlisted)]),
    ...openingOf(making),
    arrivedOf(making),
    ...(matched === null ? [] : [matchedIn(words, matched)]),
  ];
}

/** Left out where there was none. */
const unlessZero = (making: Making, label: string, value: Amount): readonly ReceiptPair[] =>
  isZeroAmount(value) ? [] : [{ label, value: sumIn(making, value) }];

function movesOf(making: Making): readonly ReceiptPair[] {
  const { rows, words } = making;
  const moves = rowsOf(rows, 'move').map(({ kind, amount, reason }) => ({
    label: clean(`${kind === 'paid-in' ? words.paidIn : words.paidOut}${words.colon}${reason}`),
    value: kind === 'paid-in' ? amount : negateAmount(amount),
  }));
  return onPaper(making, moves, `${words.paidIn} / ${words.paidOut}${words.colon}${OTHERS}`);
}

function varianceName({ variance, short, over }: ReportWords, sum: Amount | null): string {
  if (sum === null || isZeroAmount(sum)) return variance;
  return sum.startsWith('-') ? short : over;
}

/** A way to pay: of cash with all that is added up to what is expected. What is not told is left out. */
function tenderOf(making: Making, row: RowOf<'tender'>): ReportSection {
  const { report, words } = making;
  const isCash = row.tender === 'cash';
  /** With its sign, so that a column adds up to what is expected. */
  const takenOff = (label: string, sum: Amount | null) =>
    sum === null ? [] : unlessZero(making, label, negateAmount(sum));
  const told = (label: string, sum: Amount | null, isStrong = false): readonly ReceiptPair[] =>
    sum === null ? [] : [{ label, value: sumIn(making, sum), isStrong }];
  const title = nameOf(making, row.tender);
  if (row.taken === null) return { title, pairs: [] };
  return {
    title,
    pairs: [
      ...(isCash ? [{ label: words.float, value: sumIn(making, report.float) }] : []),
      { label: words.taken, value: sumIn(making, row.taken) },
      ...takenOff(words.reversed, row.reversed),
      ...(isCash ? movesOf(making) : []),
      ...takenOff(words.lateGivenBack, row.lateGivenBack),
      ...told(words.expected, row.expected),
      ...told(words.counted, row.counted),
      ...told(varianceName(words, row.variance), row.variance, true),
      ...(isCash && report.reason !== null ? [{ label: words.reason, value: clean(report.reason) }] : []),
    ],
  };
}

function statesOf(making: Making): ReportSection {
  const { rows, words } = making;
  const labels = { done: 'confirmed', waiting: 'queued', checking: 'unknown', review: 'review' } as const;
  return {
    title: words.byState,
    pairs: rowsOf(rows, 'state').flatMap(({ name, amount }) =>
      name === 'done' || !isZeroAmount(amount)
        ? [{ label: words.states[labels[name]], value: sumIn(making, amount) }]
        : [],
    ),
  };
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

/** Each line of the figures of which there is anything, and what members got in all. */
function linesOfReport(making: Making): ReportSection {
  const { rows, words } = making;
  const pairs = rowsOf(rows, 'line').flatMap(({ name, sums }): readonly ReceiptPair[] => {
    const label = words.lines[name];
    const told = signed(name, sums);
    return isNothing(told) ? [] : pairsOfLine(making, label, told);
  });
  const net = rowsOf(rows, 'net').flatMap((row) => pairsOfLine(making, words.net, row));
  return { title: words.figures, pairs: [...pairs, ...net] };
}

/** What was sold before the first shift, by way to pay, and what of it is in no sum of those. */
function beforeOf(making: Making): ReportSection {
  const { rows, words } = making;
  const beside: readonly FigureLine[] = ['cancelled', 'unsettled', 'takenUp'];
  return {
    title: words.lines.before,
    pairs: [
      ...rowsOf(rows, 'before-tender').map(({ tender, entries, principal }) => ({
        label: `${nameOf(making, tender)} (${entries})`,
        value: sumIn(making, principal),
      })),
      ...rowsOf(rows, 'before-net').flatMap((net) => membersGot(making, net)),
      ...rowsOf(rows, 'before-line').flatMap(({ name, sums }) =>
        beside.includes(name) && sums.entries !== 0 ? pairsOfLine(making, words.lines[name], sums) : [],
      ),
    ],
  };
}

function cashiersOf(making: Making): ReportSection {
  const rows = rowsOf(making.rows, 'cashier-tender').map(({ cashier, tender, principal }) => ({
    label: `${clean(personIn(making, cashier))}${making.words.comma}${nameOf(making, tender)}`,
    value: principal,
  }));
  return { title: making.words.byCashier, pairs: onPaper(making, rows, OTHERS) };
}

/** What each opened the drawer for. */
function openingsOf(making: Making): ReportSection {
  const { words } = making;
  const rows = rowsOf(making.rows, 'opening').map(({ cashier, name, entries, principal }) => ({
    label: `${clean(personIn(making, cashier))}${words.comma}${words.lines[name]} (${entries})`,
    value: principal,
  }));
  return { title: words.openings, pairs: onPaper(making, rows, OTHERS) };
}

const hoursOf = (making: Making): ReportSection => ({
  title: making.words.hours,
  pairs: rowsOf(making.rows, 'hour').flatMap(({ hour, entries, principal }) =>
    entries === 0
      ? []
      : [
          {
            label: `${String(hour).padStart(2, '0')}:00 (${entries})`,
            value: sumIn(making, principal),
          },
        ],
  ),
});

/** The first ones of a list. */
const pairsOf = <T extends { readonly principal: Amount }>(
  making: Making,
  rows: readonly T[],
  labelOf: (row: T) => string,
): readonly ReceiptPair[] =>
  rows
    .slice(0, MOST_ON_PAPER)
    .map((row) => ({ label: clean(labelOf(row)), value: sumIn(making, row.principal) }));

function listsOf(making: Making): readonly ReportSection[] {
  const { rows, words } = making;
  const { states } = words;
  const memberOf = ({ reference: number, memberName }: ShiftEntry) => `${number} ${memberName}`;
  return [
    {
      title: words.unsettled,
      pairs: pairsOf(making, rowsOf(rows, 'unsettled'), (entry) =>
        [memberOf(entry), states[entry.state]].join(words.comma),
      ),
    },
    {
      title: words.afterPaper,
      pairs: pairsOf(making, rowsOf(rows, 'after-paper'), ({ reference: number, cashier, by, state }) =>
        [
          number,
          personIn(making, cashier),
          by === null ? states[state] : words.cancelledBy(personIn(making, by)),
        ].join(words.comma),
      ),
    },
    {
      title: words.late,
      pairs: pairsOf(making, rowsOf(rows, 'late'), (entry) =>
        [memberOf(entry), words.ofShift(entry.shift), states[entry.state]].join(words.comma),
      ),
    },
    {
      title: words.takenUp,
      pairs: pairsOf(making, rowsOf(rows, 'taken-up'), (entry) =>
        [memberOf(entry), `${entry.original.till} ${entry.original.reference}`].join(words.comma),
      ),
    },
  ];
}

/** Changed tenders: from, to, by whom and when. */
function changesOf(making: Making): ReportSection {
  const { report, words } = making;
  const { count, listed } = report.tenderChanges;
  const missing = unlistedChanges({ count, listed: listed.slice(0, MOST_ON_PAPER) });
  const pairs = pairsOf(
    making,
    rowsOf(making.rows, 'tender-changed'),
    ({ reference: number, name, tender, times, cashier, atMs }) => {
      const ways = `${nameOf(making, name)} > ${nameOf(making, tender)}${times === 1 ? '' : ` (${times}x)`}`;
      return `${number} ${ways}${words.comma}${personIn(making, cashier)} ${timeOf(making, atMs).slice(11)}`;
    },
  );
  return {
    title: `${words.tenderChanges} (${count})`,
    pairs: missing > 0 ? [...pairs, { label: words.notListed, value: String(missing) }] : pairs,
  };
}
