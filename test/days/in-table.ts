import type { Amount } from '../../preload/contract/index.ts';
import { type Figures, hourUnder, partsOfTender, toldUnder } from './figures.ts';
import { centsOf } from './shop.ts';

/** A row of a saved table, by the heads of its cells. */
export type Row = Readonly<Record<string, string>>;

/** Which cells of a saved table lie under which head. */
export function tableOf(text: string): readonly Row[] {
  const [head = [], ...rows] = text
    .replace('\ufeff', '')
    .trimEnd()
    .split('\r\n')
    .map((row) => [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell));
  const plain = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [plain(name), plain(row[at] ?? '')])));
}

/** What stands by itself, under its name. */
const alone: Readonly<Record<string, string>> = {
  'sum bonus': 'net bonus',
  'sum countedLast': 'found counted',
  'sum uncountedSince': 'found uncounted',
};

function figuresOf(row: Row): readonly (readonly [string, number])[] {
  const { part, name = '' } = row;
  if (part === 'line')
    return toldUnder(`line ${name}`, {
      entries: Number(row['entries']),
      principal: row['principal'] as Amount,
      bonus: row['bonus'] as Amount,
      points: row['points'] as Amount,
    });
  if (part === 'tender')
    return [
      [
        `tender ${row['tender'] || 'not asked'} ${partsOfTender[name as keyof typeof partsOfTender]}`,
        centsOf(row['amount'] ?? ''),
      ],
    ];
  if (part === 'hour')
    return hourUnder(Number(/^(\d+):00$/.exec(name)?.[1]), {
      entries: Number(row['entries']),
      cents: centsOf(row['principal'] ?? ''),
    });
  if (part === 'sum' && name === 'points') return [['net points', Number(row['points'])]];
  if (part === 'fact' && name === 'tenderChanges') return [['changes', Number(row['text'])]];
  const single = alone[`${part} ${name}`];
  const shift = part === 'sum' && row['shift'] ? [['found shift', Number(row['shift'])] as const] : [];
  return single === undefined ? [] : [[single, centsOf(row['amount'] ?? '')], ...shift];
}

/** The file for spreadsheets. */
export const inTable = (rows: readonly Row[]): Figures => new Map(rows.flatMap(figuresOf));
