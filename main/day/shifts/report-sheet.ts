import {
  type Amount,
  type CellSums,
  type FileWords,
  negateAmount,
  type ReportRow,
  type RowOf,
  reportRows,
  rowsOf,
  type ShiftEntry,
  type ShiftReport,
  signed,
} from '../../../preload/contract/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import { maskPhonesIn } from '../../members/index.ts';
import { personCell, tenderCell } from '../export.ts';
import type { Matched } from '../matching/matched.ts';
import type { Sheet, SheetCell, SheetTable } from '../sheet.ts';

interface Making {
  readonly report: ShiftReport;
  readonly matched: Matched | null;
  readonly rows: readonly ReportRow[];
  readonly words: FileWords;
  readonly say: (key: string) => string;
}

const money = (value: Amount | null): SheetCell => (value === null ? null : { money: value });

const timeIn = ({ report }: Making, atMs: number | null): string | null =>
  atMs === null ? null : storeTime(atMs, report.storeTimeZone);

const tenderIn = ({ words, say }: Making, tender: string | null): SheetCell =>
  tender === null ? say('noTender') : tenderCell(words, tender);

/** What is missing is negative, in a column of its own. */
const offBy = (variance: Amount | null): readonly SheetCell[] => {
  if (variance === null) return [null, null];
  return variance.startsWith('-') ? [money(variance), null] : [null, money(variance)];
};

const sumsOf = ({ entries, principal, bonus, points }: CellSums): readonly SheetCell[] => [
  entries,
  money(principal),
  money(bonus),
  money(points),
];

function matchedIn({ say }: Making, matched: Matched): string {
  const said = say(`matched.${matched.is}`);
  return matched.is === 'matched' && matched.toCheck > 0
    ? [said, `${say('toCheck')} ${matched.toCheck}`].join(say('comma'))
    : said;
}

function factsOf(making: Making): Sheet['facts'] {
  const { report, matched, say } = making;
  const { clockBack, reason, approvedBy } = report;
  const by = (atMs: number | null, who: string | null) =>
    atMs === null ? null : [timeIn(making, atMs), who].filter((part) => part !== null).join(say('comma'));
  const facts: readonly (readonly [string, string | null])[] = [
    ['till', report.till],
    ['day', report.businessDay],
    ['opened', by(report.openedAtMs, personCell(making.words, report.openedBy))],
    ['closed', by(report.closedAtMs, personCell(making.words, report.closedBy ?? ''))],
    ['approvedBy', approvedBy === null ? null : personCell(making.words, approvedBy)],
    ['reckoned', timeIn(making, report.atMs)],
    ['currency', report.currency],
    ['reason', reason === null ? null : maskPhonesIn(reason)],
    ...rowsOf(making.rows, 'arrived').map(({ name, entries }) => [name, String(entries)] as const),
    ['matched', matched === null ? null : matchedIn(making, matched)],
    [
      'clockBack',
      clockBack === null
        ? null
        : `${timeIn(making, clockBack.beforeMs)} > ${timeIn(making, clockBack.nowMs)}`,
    ],
    ['restoredAt', report.restoredAtMs.map((atMs) => timeIn(making, atMs)).join(say('comma')) || null],
    ['unlisted', report.unlisted === 0 ? null : String(report.unlisted)],
  ];
  return facts.flatMap(([key, value]) => (value === null ? [] : [[say(key), value] as const]));
}

const notesOf = ({ report, say }: Making): readonly string[] => [
  ...(report.isPractice ? [say('practice')] : []),
  ...(report.isBlind ? [say('withoutCash')] : []),
  ...(report.drawer === 'elsewhere' ? [say('elsewhere')] : []),
  ...(report.isFromCopy ? [say('fromCopy')] : []),
];

type Row = readonly SheetCell[];

function tendersOf(making: Making): SheetTable {
  const parts = ['taken', 'done', 'waiting', 'checking', 'review', 'reversed', 'lateGivenBack'] as const;
  return {
    title: making.say('tenders'),
    heads: ['tender', ...parts, 'expected', 'counted', 'short', 'over'].map(making.say),
    rows: rowsOf(making.rows, 'tender').map((row) => [
      tenderIn(making, row.tender),
      ...[...parts, 'expected' as const, 'counted' as const].map((part) => money(row[part])),
      ...offBy(row.variance),
    ]),
    foot: null,
  };
}

/** How expected cash is made up, and what was paid in and out. */
function cashOf({ rows, say }: Making): SheetTable {
  return {
    title: say('cash'),
    heads: ['line', 'amount'].map(say),
    rows: rowsOf(rows, 'cash').map(({ name, amount }) => [say(`cash.${name}`), money(amount)]),
    foot: null,
  };
}

function movesOf(making: Making): SheetTable {
  const { rows, say } = making;
  return {
    title: say('moves'),
    heads: ['time', 'kind', 'amount', 'reason', 'cashier', 'approvedBy'].map(say),
    rows: rowsOf(rows, 'move').map((move) => [
      timeIn(making, move.atMs),
      say(`cash.${move.kind}`),
      money(move.kind === 'paid-in' ? move.amount : negateAmount(move.amount)),
      maskPhonesIn(move.reason),
      personCell(making.words, move.who),
      move.approvedBy === null ? null : personCell(making.words, move.approvedBy),
    ]),
    foot: null,
  };
}

const linesOf = ({ rows, say }: Making): SheetTable => {
  const [net] = rowsOf(rows, 'net');
  return {
    title: say('lines'),
    heads: ['line', 'entries', 'amount', 'bonus', 'points'].map(say),
    rows: rowsOf(rows, 'line').flatMap(({ name, sums }): readonly Row[] => {
      if (sums.entries === 0) return [];
      const { entries, principal, bonus, points } = signed(name, sums);
      return [[say(`line.${name}`), entries, money(principal), money(bonus), money(points)]];
    }),
    foot: net === undefined ? null : [say('net'), ...sumsOf(net)],
  };
};

const beforeOf = (making: Making): SheetTable => ({
  title: making.say('before'),
  heads: ['tender', 'entries', 'principal', 'bonus', 'points'].map(making.say),
  rows: rowsOf(making.rows, 'before-tender').map((row) => [tenderIn(making, row.tender), ...sumsOf(row)]),
  foot: null,
});

const cashiersOf = (making: Making): SheetTable => ({
  title: making.say('cashiers'),
  heads: ['cashier', 'tender', 'principal'].map(making.say),
  rows: rowsOf(making.rows, 'cashier-tender').map((row) => [
    personCell(making.words, row.cashier),
    tenderIn(making, row.tender),
    money(row.principal),
  ]),
  foot: null,
});

const hoursOf = ({ rows, say }: Making): SheetTable => ({
  title: say('hours'),
  heads: ['hour', 'entries', 'principal'].map(say),
  rows: rowsOf(rows, 'hour')
    .filter(({ entries }) => entries > 0)
    .map(({ hour, entries, principal }) => [
      `${String(hour).padStart(2, '0')}:00`,
      entries,
      money(principal),
    ]),
  foot: null,
});

/** What a list tells of an entry beside what all have. */
function aboutOf(
  { say, words }: Making,
  row: RowOf<'unsettled' | 'late' | 'taken-up' | 'after-paper'>,
): string | null {
  if (row.part === 'late') {
    const shift = row.shift === 0 ? say('beforeFirst') : `${say('shift')} ${row.shift}`;
    return [shift, say(`state.${row.was}`)].join(say('comma'));
  }
  if (row.part === 'taken-up') return `${row.original.till} ${row.original.reference}`;
  return row.part === 'after-paper' && row.by !== null ? personCell(words, row.by) : null;
}

function listOf(making: Making, part: 'unsettled' | 'late' | 'taken-up' | 'after-paper'): SheetTable {
  const { rows, say } = making;
  const heads = ['number', 'time', 'member', 'cashier', 'tender', 'state', 'principal', 'bonus', 'about'];
  const cellsOf = (entry: ShiftEntry): Row => [
    { digits: entry.reference },
    timeIn(making, entry.atMs),
    maskPhonesIn(entry.memberName),
    personCell(making.words, entry.cashier),
    tenderIn(making, entry.tender),
    say(`state.${entry.state}`),
    money(entry.principal),
    money(entry.bonus),
  ];
  return {
    title: say(part),
    heads: heads.map(say),
    rows: rowsOf(rows, part).map((row) => [...cellsOf(row), aboutOf(making, row)]),
    foot: null,
  };
}

const changesOf = (making: Making): SheetTable => ({
  title: making.say('tender-changed'),
  heads: ['number', 'time', 'was', 'now', 'principal', 'cashier', 'approvedBy'].map(making.say),
  rows: rowsOf(making.rows, 'tender-changed').map((row) => [
    { digits: row.reference },
    timeIn(making, row.atMs),
    tenderIn(making, row.name),
    tenderIn(making, row.tender),
    money(row.principal),
    personCell(making.words, row.cashier),
    row.approvedBy === null ? null : personCell(making.words, row.approvedBy),
  ]),
  foot: null,
});

/** A shift's report as a person reads it: their words, the store's time, and a table for each question. Pure. */
export function reportSheet(report: ShiftReport, words: FileWords, matched: Matched | null = null): Sheet {
  const say = (key: string): string => words.say[key] ?? key;
  const making: Making = { report, matched, rows: reportRows(report), words, say };
  const tables = [
    tendersOf(making),
    cashOf(making),
    movesOf(making),
    linesOf(making),
    beforeOf(making),
    cashiersOf(making),
    hoursOf(making),
    ...(['unsettled', 'after-paper', 'late', 'taken-up'] as const).map((part) => listOf(making, part)),
    changesOf(making),
  ];
  return {
    title: `${say(report.kind)} ${report.number}`,
    locale: words.locale,
    currency: report.currency,
    facts: factsOf(making),
    notes: notesOf(making),
    tables: tables.filter(({ rows }) => rows.length > 0),
  };
}
