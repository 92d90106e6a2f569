import {
  actorName,
  cashOf,
  type ShiftEntry,
  type ShiftReport,
  toldLines,
} from '../../../preload/contract/index.ts';
import { maskPhonesIn } from '../../members/index.ts';
import { csvLine } from '../export.ts';

const columns = [
  ...['part', 'name', 'cashier', 'tender', 'state', 'kind', 'entries', 'principal', 'bonus', 'points'],
  ...['amount', 'at', 'reference', 'memberName', 'shift', 'text', 'times'],
] as const;
type Cells = Readonly<Partial<Record<(typeof columns)[number], string | number | null>>>;

const at = (unixMs: number | null): string | null =>
  unixMs === null ? null : new Date(unixMs).toISOString();

function* facts(report: ShiftReport): Generator<Cells> {
  const texts: readonly (readonly [name: string, text: string | number | null])[] = [
    ['id', report.id],
    ['number', report.number],
    ['till', report.till],
    ['currency', report.currency],
    ['businessDay', report.businessDay],
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
    // Entries that are in the sums, and in no line below.
    ['unlisted', report.unlisted === 0 ? null : report.unlisted],
    ['tenderChanges', report.tenderChanges?.count ?? 'not in this report'],
    ['drill', report.drill === null ? null : report.drill.passed ? 'passed' : 'failed'],
  ];
  for (const [name, text] of texts) if (text !== null) yield { part: 'fact', name, text };
}

function* sums(report: ShiftReport): Generator<Cells> {
  const { float, opening, bonus, points, tenders, moves, counts } = report;
  yield { part: 'sum', name: 'float', amount: float };
  if (opening === undefined) {
    if (!report.isBlind) yield { part: 'sum', name: 'countedLast', text: NOT_TOLD };
  } else {
    const { counted, shift, uncounted } = opening;
    const text = counted === null ? 'nothing was counted' : null;
    yield { part: 'sum', name: 'countedLast', amount: counted, shift, text };
    yield { part: 'sum', name: 'uncountedSince', amount: uncounted };
  }
  yield { part: 'sum', name: 'bonus', amount: bonus };
  yield { part: 'sum', name: 'points', points };
  for (const move of moves)
    yield {
      part: 'move',
      name: maskPhonesIn(move.reason),
      cashier: move.who,
      kind: move.kind,
      amount: move.amount,
      at: at(move.atMs),
    };
  for (const { tender, ...row } of tenders)
    for (const [name, amount] of Object.entries(row))
      if (amount !== null) yield { part: 'tender', name, tender, amount };
  for (const { count, who, atMs } of counts)
    yield { part: 'count', name: 'cash', cashier: who, amount: cashOf(count), at: at(atMs) };
}

/** Said of what an earlier version left out. */
const NOT_TOLD = 'not in this report';

/** Each line of the figures; one that an earlier version left out says so. */
function* lines(report: ShiftReport): Generator<Cells> {
  for (const [name, sums] of Object.entries(toldLines(report)))
    yield { part: 'line', name, ...(sums ?? { text: NOT_TOLD }) };
}

const masked = ({ atMs, ...entry }: ShiftEntry): Cells => ({
  reference: entry.reference,
  cashier: entry.cashier,
  tender: entry.tender,
  state: entry.state,
  principal: entry.principal,
  bonus: entry.bonus,
  points: entry.points ?? null,
  memberName: maskPhonesIn(entry.memberName),
  at: at(atMs),
});

function* entries({
  cells,
  before = [],
  hours,
  unsettled,
  late,
  takenUp = [],
  afterPaper = [],
  tenderChanges,
}: ShiftReport): Generator<Cells> {
  for (const { isReversal, line = null, shift = null, ...cell } of cells)
    yield { part: 'cell', name: line, shift, kind: isReversal ? 'reversal' : 'entry', ...cell };
  for (const { isReversal, line = null, shift: _, ...cell } of before)
    yield { part: 'before', name: line, kind: isReversal ? 'reversal' : 'entry', ...cell };
  for (const { hour, ...sums } of hours) yield { part: 'hour', name: `${hour}:00`, ...sums };
  for (const entry of unsettled) yield { part: 'unsettled', ...masked(entry) };
  for (const entry of late) yield { part: 'late', name: entry.was, shift: entry.shift, ...masked(entry) };
  for (const { by, shift = null, ...entry } of afterPaper)
    yield { part: 'after-paper', name: by ?? 'KYBIO', shift, ...masked(entry) };
  for (const { original, ...entry } of takenUp) {
    const { till, reference, tillId, epoch } = original;
    const text = [reference, tillId, epoch].filter((part) => part !== null).join(' ');
    yield { part: 'taken-up', name: till, text, ...masked(entry) };
  }
  for (const { was, now, who, approvedBy, principal, times = 1, ...change } of tenderChanges?.listed ?? [])
    yield {
      part: 'tender-changed',
      name: was,
      tender: now,
      cashier: who,
      principal,
      at: at(change.atMs),
      reference: change.reference,
      text: approvedBy === null ? null : actorName(approvedBy),
      times,
    };
}

/** A report as a table that a spreadsheet opens: a line a fact, a sum, a cell or an entry. */
export function reportCsv(report: ShiftReport): string {
  const rows: Cells[] = [...facts(report), ...sums(report), ...lines(report), ...entries(report)];
  const table = rows.map((cells) => csvLine(columns.map((name) => cells[name] ?? null)));
  return `\ufeff${csvLine(columns)}${table.join('')}`;
}
