import {
  type Amount,
  type Entry,
  type MatchAsk,
  type MatchReason,
  type MatchSides,
  matchPiles,
} from '../../../preload/contract/index.ts';
import { maskPhonesIn } from '../../members/index.ts';
import { csvLine } from '../export.ts';
import type { Outcome } from './compare-with-log.ts';
import type { Match, OurEntry, Timed } from './compared.ts';
import { allOf, pilesOf } from './summary.ts';

const columns = [
  ...['item', 'pile', 'reason', 'member', 'maskedNumber', 'maskedPhone', 'customerUid'],
  ...['tillReference', 'tillTime', 'tillSum', 'tillState', 'tillCashier'],
  ...['kybioId', 'kybioTime', 'kybioSum', 'kybioGift', 'kybioPayMethod', 'kybioAccount', 'kybioRemark'],
  ...['entries', 'rows', 'whatToDo'],
] as const;
type Cells = Readonly<Partial<Record<(typeof columns)[number], string | number | null>>>;

/** A member whom the till knows; the number and the phone as they are. */
export interface CsvMember {
  readonly name: string;
  readonly number: string;
  /** Masked already. */
  readonly phone: string;
}

export interface MatchCsv {
  readonly outcome: Outcome;
  /** What to do, by reason, in the language of whoever asks. */
  readonly words: Readonly<Record<MatchReason, string>>;
  /** Of the store's clock: when KYBIO was asked. */
  readonly askedAt: string;
  /** False: a sum below would tell what is in a drawer that is counted blind. */
  readonly hasSums: boolean;
  readonly entryOf: (sequence: number) => Entry | null;
  readonly memberOf: (customerUid: string) => CsvMember | null;
}

/** The last four, as the screen has it. */
const masked = (number: string): string => (number.length <= 4 ? number : `•••• ${number.slice(-4)}`);

/** Whose it is; the id only of somebody whom the till does not know otherwise. */
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

/** One line where it is one entry and one row; of a tangle each has its own, for nobody knows which is whose. */
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

function* footer({ outcome, askedAt, hasSums }: MatchCsv): Generator<Cells> {
  const told = (sum: Amount): Amount | null => (hasSums ? sum : null);
  const sums = (pile: string, { entries, ours, rows, kybio }: MatchSides): Cells => ({
    pile,
    reason: 'sum',
    entries,
    tillSum: told(ours),
    rows,
    kybioSum: told(kybio),
  });
  const piles = pilesOf(outcome.matches);
  for (const pile of matchPiles) yield sums(pile, piles[pile]);
  yield sums('all', allOf(outcome.matches));
  yield { pile: 'all', reason: 'asked', tillTime: askedAt, kybioTime: outcome.logEndsAt };
}

const lineOf = (cells: Cells): string => csvLine(columns.map((name) => cells[name] ?? null));

/** All four piles in one table: both sides of each, what to do, and below what they add up to. */
export function* matchCsvLines(of: MatchCsv): Generator<string> {
  yield `\ufeff${csvLine(columns)}`;
  for (const [at, match] of of.outcome.matches.entries()) yield* linesOf(of, match, at + 1).map(lineOf);
  for (const cells of footer(of)) yield lineOf(cells);
}

/** What the file is called before a person says otherwise. No member's name stands in it. */
export function matchFileName(ask: MatchAsk): string {
  if (ask.of === 'member') return 'matching-member.csv';
  return ask.from === ask.to ? `matching-${ask.from}.csv` : `matching-${ask.from}-to-${ask.to}.csv`;
}
