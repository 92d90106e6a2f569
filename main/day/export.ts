import {
  actorName,
  balanceOf,
  type CellSums,
  type FileWords,
  type FoundSums,
  foldFound,
  foundLines,
  nameOfOwnTender,
} from '../../preload/contract/index.ts';
import type { Increment } from '../ledger/index.ts';
import { shownPartReversal, shownWholeReversal } from '../ledger/shown/index.ts';
import { exportedFacts } from '../ledger/tables/index.ts';
import { isOwnPhone, maskPhone, maskPhonesIn } from '../members/index.ts';

export type Cell = string | number | null;

type Columns = readonly (readonly [name: string, cell: (increment: Increment) => Cell])[];

/** Phones are masked in free text; a card number stays, for it identifies the row. */
function cellOf(value: unknown, how: (typeof exportedFacts)[number]['how']): Cell {
  const told = Array.isArray(value) ? value.join(' | ') : (value as Cell);
  if (told === null || how === 'plain') return told;
  return how === 'time' ? new Date(told).toISOString() : maskPhonesIn(String(told));
}

/** Facts that come from other entries, or from this till's handling. */
const besides: Columns = [
  ['attempts', (i) => i.attempts],
  ['corrects', (i) => i.correctsSequence],
  ['takenBackBy', (i) => (i.takenBack?.isWhole ? i.takenBack.sequence : null)],
  ['takenBack', (i) => shownWholeReversal(i)?.state ?? null],
  ['acknowledged', (i) => (i.state === 'rejected' ? String(!i.unacknowledged) : null)],
  ['partTakenBackBy', (i) => (i.takenBack?.isWhole === false ? i.takenBack.sequence : null)],
  ['partTakenBack', (i) => shownPartReversal(i)?.state ?? null],
  ['partTakenBackBalance', (i) => shownPartReversal(i)?.balance ?? null],
  ['partTakenBackPoints', (i) => shownPartReversal(i)?.point ?? null],
];

/** Other programs read the columns by position: these never move, later ones come behind them. */
const landed: readonly string[] = [
  'sequence',
  'id',
  'state',
  'kind',
  'createdAt',
  'storeDay',
  'till',
  'cashier',
  'cashierId',
  'approvedBy',
  'host',
  'appId',
  'customerUid',
  'customerNumber',
  'customerName',
  'balanceIncrement',
  'bonus',
  'pointIncrement',
  'tender',
  'given',
  'purchase',
  'reason',
  'rule',
  'rulesVersion',
  'bonusLetGo',
  'dataChangeTime',
  'note',
  'attempts',
  'cause',
  'messages',
  'balanceBefore',
  'balanceAfter',
  'pointBefore',
  'pointAfter',
  'settledAt',
  'corrects',
  'takenBackBy',
  'takenBack',
  'acknowledged',
  'partTakenBackBy',
  'partTakenBack',
  'partTakenBackBalance',
  'partTakenBackPoints',
];
const placeOf = (name: string): number => (landed.includes(name) ? landed.indexOf(name) : landed.length);

/** Everything but the signed body, which could be replayed. */
const columns: Columns = [
  ...exportedFacts.map(({ name, how, value }): Columns[number] => [name, (i) => cellOf(value(i), how)]),
  ...besides,
].sort(([one], [other]) => placeOf(one) - placeOf(other));

// A spreadsheet takes a cell that begins so for a formula, also in full-width characters.
const isFormula = (text: string): boolean => /^\s*[=+\-@＝＋－＠]/u.test(text) || /^[\t\r]/.test(text);

// The same after any separator: a spreadsheet that splits at semicolons ignores a quotation mark inside a cell.
const laterFormula = /([;,|\t\r\n])([\s"']*)([=+\-@＝＋－＠])/gu;

const isAmount = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** Puts an apostrophe before what could begin a formula. */
const withoutFormulas = (text: string): string => {
  const inside = text.replace(laterFormula, "$1$2'$3");
  return isFormula(text) ? `'${inside}` : inside;
};

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'string' && !isAmount(cell) ? withoutFormulas(cell) : String(cell);
  return /[",;|\t\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Digits that are no number: a spreadsheet would round them, or drop their noughts. */
export const textCell = (text: string | number | null): Cell =>
  text !== null && /^\d[\d.eE+-]*$/.test(String(text)) ? `'${text}` : text;

/** The till's own manager PIN has no name. */
export function personCell({ say }: Pick<FileWords, 'say'>, actor: string): string {
  const name = actorName(actor);
  return name === 'manager' ? (say[name] ?? name) : name;
}

export const tenderCell = ({ say }: FileWords, tender: string): string =>
  nameOfOwnTender(tender) ?? say[`tender.${tender}`] ?? tender;

/** One CSV line (RFC 4180), safe against formulas. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The byte order mark makes spreadsheets read UTF-8. */
const csvHead = (of: Columns): string => `\ufeff${csvLine(of.map(([name]) => name))}`;

export function* csvLines(increments: Iterable<Increment>): Generator<string> {
  yield csvHead(columns);
  for (const increment of increments) yield csvLine(columns.map(([, cell]) => cell(increment)));
}

/** The sums of what was written; called after the last entry. */
export type SumsBelow = () => readonly FoundSums[];

/** One row for each line of the screen, with its number of entries under `sequence`; then net, then all. */
function* footer(of: Columns, sumsOf: SumsBelow): Generator<string> {
  const sums = sumsOf();
  const { lines, net } = foldFound(sums);
  const rowOf = (state: string, entries: number, told: CellSums | null): string => {
    const cells: Readonly<Record<string, Cell>> = {
      sequence: entries,
      state,
      kind: 'sum',
      ...(told === null
        ? {}
        : { balanceIncrement: balanceOf(told), bonus: told.bonus, pointIncrement: told.points }),
    };
    return csvLine(of.map(([name]) => (Object.hasOwn(cells, name) ? (cells[name] ?? null) : null)));
  };
  for (const line of foundLines) {
    const told = lines[line];
    if (told.entries > 0) yield rowOf(line, told.entries, told);
  }
  yield rowOf('net', net.entries, net);
  yield rowOf(
    'all',
    sums.reduce((all, { entries }) => all + entries, 0),
    null,
  );
}

/** A card number that is the member's phone is masked like it. */
function withPhones(phoneOf: (increment: Increment) => string): Columns {
  const card = (increment: Increment): Cell => {
    const number = increment.customerNumber;
    return isOwnPhone(number, phoneOf(increment)) ? maskPhone(number) : number;
  };
  return [
    ...columns.map((column): Columns[number] =>
      column[0] === 'customerNumber' ? [column[0], card] : column,
    ),
    ['maskedPhone', (increment) => maskPhone(phoneOf(increment))],
  ];
}

/** A cell of an entry by its column's name, as all files have it. */
export function createCells(phoneOf: (increment: Increment) => string) {
  const cells = new Map(withPhones(phoneOf));
  return (increment: Increment, name: string): Cell => cells.get(name)?.(increment) ?? null;
}

/** All columns with each member's masked phone, and the sums below. */
export function* foundCsvLines(
  increments: Iterable<Increment>,
  phoneOf: (increment: Increment) => string,
  below: SumsBelow,
): Generator<string> {
  const withPhone = withPhones(phoneOf);
  yield csvHead(withPhone);
  for (const increment of increments) yield csvLine(withPhone.map(([, cell]) => cell(increment)));
  yield* footer(withPhone, below);
}

/** One JSON object a line, named as in the CSV; amounts and ids are strings. */
export function* jsonLines(increments: Iterable<Increment>): Generator<string> {
  for (const increment of increments) {
    yield `${JSON.stringify(Object.fromEntries(columns.map(([name, cell]) => [name, cell(increment)])))}\n`;
  }
}

/** The writer for a file name: `.csv`, or JSON lines for `.jsonl`, `.ndjson`, `.json`; null for others. */
export function formatOf(file: string): ((increments: Iterable<Increment>) => Generator<string>) | null {
  if (/\.csv$/i.test(file)) return csvLines;
  return /\.(jsonl|ndjson|json)$/i.test(file) ? jsonLines : null;
}
