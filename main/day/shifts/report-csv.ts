import { actorName, type ShiftReport, type TableRow, tableRows } from '../../../preload/contract/index.ts';
import { maskPhonesIn } from '../../members/index.ts';
import { csvLine } from '../export.ts';
import type { Matched } from '../matching/matched.ts';

const columns = [
  'part',
  'name',
  'cashier',
  'tender',
  'state',
  'kind',
  'entries',
  'principal',
  'bonus',
  'points',
  'amount',
  'at',
  'reference',
  'memberName',
  'shift',
  'text',
  'times',
] as const;
type Cells = Readonly<Partial<Record<(typeof columns)[number], string | number | null | undefined>>>;

const at = (unixMs: number | null): string | null =>
  unixMs === null ? null : new Date(unixMs).toISOString();

function* facts(report: ShiftReport, matched: Matched | null): Generator<Cells> {
  const texts: readonly (readonly [name: string, text: string | number | null])[] = [
    ['id', report.id],
    ['number', report.number],
    ['till', report.till],
    ['tillId', report.tillId],
    ['epoch', report.epoch],
    ['currency', report.currency],
    ['businessDay', report.businessDay],
    ['storeTimeZone', report.storeTimeZone],
    ['openedAt', at(report.openedAtMs)],
    ['openedBy', report.openedBy],
    ['closedAt', at(report.closedAtMs)],
    ['closedBy', report.closedBy],
    ['approvedBy', report.approvedBy === null ? null : actorName(report.approvedBy)],
    ['reckonedAt', at(report.atMs)],
    ['clockBefore', at(report.clockBack?.beforeMs ?? null)],
    ['clockAfter', at(report.clockBack?.nowMs ?? null)],
    ['fromSequence', report.fromSequence],
    ['toSequence', report.toSequence],
    ['drawer', report.drawer],
    ['reason', report.reason === null ? null : maskPhonesIn(report.reason)],
    ['blind', report.isBlind ? 'yes' : 'no'],
    ...report.restoredAtMs.map((atMs) => ['restoredAt', at(atMs)] as const),
    ['fromCopy', report.isFromCopy ? 'yes' : null],
    // Entries that are in the sums, but not in a row.
    ['unlisted', report.unlisted === 0 ? null : report.unlisted],
    ['tenderChanges', report.tenderChanges.count],
    ['matched', matched?.is ?? null],
    ['toCheck', matched?.is === 'matched' ? matched.toCheck : null],
  ];
  for (const [name, text] of texts) if (text !== null) yield { part: 'fact', name, text };
}

function nameOf(row: TableRow): string | null {
  if (row.part === 'move') return maskPhonesIn(row.name);
  return row.part === 'after-paper' ? (row.by ?? 'KYBIO') : row.name;
}

function textOf(row: TableRow): string | null {
  if (row.part === 'tender-changed') return row.approvedBy === null ? null : actorName(row.approvedBy);
  if (row.part === 'taken-up') {
    const { reference, tillId, epoch } = row.original;
    return [reference, tillId, epoch].join(' ');
  }
  if (row.part !== 'sum' || row.name !== 'countedLast') return null;
  return row.amount === null ? 'nothing was counted' : null;
}

/** The cells of a row that have its names, and the ones that are formatted. */
interface Figures extends Omit<Cells, 'at' | 'memberName'> {
  readonly atMs?: number | null;
  readonly memberName?: string;
  readonly isReversal?: boolean;
}

function linesOf(row: TableRow): Cells | readonly Cells[] {
  if (row.part === 'tender') {
    const { part, name: _, tender, ...sums } = row;
    return Object.entries(sums).flatMap(([name, amount]) =>
      amount === null ? [] : { part, name, tender, amount },
    );
  }
  const { atMs = null, memberName, isReversal, ...figures }: Figures = row;
  return {
    ...figures,
    ...(row.part === 'line' ? row.sums : {}),
    ...(isReversal === undefined ? {} : { kind: isReversal ? 'reversal' : 'entry' }),
    name: nameOf(row),
    at: at(atMs),
    memberName: memberName === undefined ? null : maskPhonesIn(memberName),
    text: textOf(row),
  };
}

/** A CSV with one line for each fact, sum, cell and entry. */
export function reportCsv(report: ShiftReport, matched: Matched | null = null): string {
  const rows = [...facts(report, matched), ...tableRows(report).flatMap(linesOf)];
  const table = rows.map((cells) => csvLine(columns.map((name) => cells[name] ?? null)));
  return `\ufeff${csvLine(columns)}${table.join('')}`;
}
