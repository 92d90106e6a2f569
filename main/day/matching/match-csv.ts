import {
  type Entry,
  type FileWords,
  type MatchAsk,
  type MatchHead,
  type MatchReason,
  type MatchSides,
  matchHeads,
  matchPiles,
} from '../../../preload/contract/index.ts';
import { fileNameOf } from '../../kernel/file-name.ts';
import { maskPhonesIn } from '../../members/index.ts';
import { csvLine, personCell, textCell } from '../export.ts';
import type { Outcome } from './compare-with-log.ts';
import type { Match, OurEntry, Timed } from './compared.ts';
import { allOf, pilesOf } from './summary.ts';

/** The reason is for programs: a person has it in what to do. */
const columns = [...matchHeads.slice(0, 2), 'reason', ...matchHeads.slice(2)] as const;
type Column = (typeof columns)[number];
type Cells = Readonly<Partial<Record<Column, string | number | null>>>;

const ids: readonly MatchHead[] = ['customerUid', 'tillReference', 'kybioId', 'kybioAccount'];

/** A member known to this till; number and phone as the row shows them. */
export interface CsvMember {
  readonly name: string;
  readonly number: string;
  /** Masked. */
  readonly phone: string;
}

export interface MatchCsv {
  readonly outcome: Outcome;
  /** What to do, by reason, in the manager's language. */
  readonly words: Readonly<Record<MatchReason, string>>;
  /** As people read it; absent: all columns by their names, for programs. */
  readonly readable?: FileWords;
  /** When KYBIO was asked, in store time. */
  readonly askedAt: string;
  readonly entryOf: (sequence: number) => Entry | null;
  readonly memberOf: (customerUid: string) => CsvMember | null;
}

/** The last four, as on screen. */
const masked = (number: string): string => (number.length <= 4 ? number : `•••• ${number.slice(-4)}`);

/** The id only where the till does not know the member. */
function whose({ memberOf }: MatchCsv, customerUid: string | null): Cells {
  if (customerUid === null) return {};
  const member = memberOf(customerUid);
  if (member === null) return { customerUid };
  return {
    member: maskPhonesIn(member.name),
    maskedNumber: masked(member.number),
    maskedPhone: member.phone,
  };
}

function tillSide({ entryOf }: MatchCsv, { sequence, time, sum }: OurEntry): Cells {
  const entry = entryOf(sequence);
  return {
    ...(entry === null
      ? {}
      : { member: maskPhonesIn(entry.memberName), maskedNumber: masked(entry.memberNumber) }),
    tillReference: entry?.reference ?? sequence,
    tillTime: time,
    tillSum: sum,
    tillState: entry?.state ?? null,
    tillCashier: entry?.actor ?? null,
  };
}

const kybioSide = ({ row, sum }: Timed): Cells => ({
  kybioId: row.uid,
  kybioTime: row.datetime,
  kybioSum: sum,
  kybioGift: row.giftMoney,
  kybioPayMethod: row.payMethod,
  kybioAccount: row.rechargeStoreAccount,
  kybioRemark: maskPhonesIn(row.remark),
});

/** One line for a pair; in a tangle each has its own, for nobody knows which belong together. */
function linesOf(of: MatchCsv, { pile, reason, entries, lines }: Match, item: number): readonly Cells[] {
  const common: Cells = { item, pile, reason, whatToDo: of.words[reason] };
  const [entry] = entries;
  const [line] = lines;
  if (entries.length === 1 && lines.length === 1 && entry !== undefined && line !== undefined)
    return [{ ...common, ...whose(of, entry.customerUid), ...tillSide(of, entry), ...kybioSide(line) }];
  return [
    ...entries.map((one) => ({ ...common, ...whose(of, one.customerUid), ...tillSide(of, one) })),
    ...lines.map((one) => ({ ...common, ...whose(of, one.row.customerUid), ...kybioSide(one) })),
  ];
}

function* footer({ outcome, askedAt }: MatchCsv): Generator<Cells> {
  const sums = (pile: string, { entries, ours, rows, kybio }: MatchSides): Cells => ({
    pile,
    reason: 'sum',
    entries,
    tillSum: ours,
    rows,
    kybioSum: kybio,
  });
  const piles = pilesOf(outcome.matches);
  for (const pile of matchPiles) yield sums(pile, piles[pile]);
  yield sums('all', allOf(outcome.matches));
  yield { pile: 'all', reason: 'asked', tillTime: askedAt, kybioTime: outcome.logEndsAt };
}

/** In the person's words; ids are texts. */
function readableCell(name: MatchHead, cells: Cells, say: FileWords['say']) {
  const cell = cells[name] ?? null;
  if (name === 'pile')
    return cells.reason === 'asked' ? (say['asked'] ?? 'asked') : (say[`pile.${cell}`] ?? cell);
  if (name === 'tillState' && cell !== null) return say[`state.${cell}`] ?? cell;
  if (name === 'tillCashier' && cell !== null) return personCell({ say }, String(cell));
  return ids.includes(name) ? textCell(cell) : cell;
}

function createTable({ readable }: MatchCsv) {
  if (readable === undefined)
    return {
      heads: columns,
      cellsOf: (cells: Cells) => columns.map((name) => cells[name] ?? null),
    };
  const { say } = readable;
  return {
    heads: matchHeads.map((name) => say[name] ?? name),
    cellsOf: (cells: Cells) => matchHeads.map((name) => readableCell(name, cells, say)),
  };
}

/** All four piles in one table, the sums below. */
export function* matchCsvLines(of: MatchCsv): Generator<string> {
  const { heads, cellsOf } = createTable(of);
  yield `\ufeff${csvLine(heads)}`;
  for (const [at, match] of of.outcome.matches.entries())
    for (const cells of linesOf(of, match, at + 1)) yield csvLine(cellsOf(cells));
  for (const cells of footer(of)) yield csvLine(cellsOf(cells));
}

/** The suggested file name, without a member's name. */
export function matchFileName(ask: MatchAsk, till: string, askedAt: string, isReadable: boolean): string {
  const more = isReadable ? [] : ['all columns'];
  if (ask.of === 'member') return fileNameOf(['Match', till, 'member', askedAt.slice(0, 10), ...more], 'csv');
  const days = ask.from === ask.to ? ask.from : `${ask.from} to ${ask.to}`;
  return fileNameOf(['Match', till, days, ...more], 'csv');
}
