import {
  type AccountKey,
  type Accounts,
  type BookNote,
  bookHeads,
  bookNotes,
  currencyDecimals,
  type FileWords,
  type MissingZ,
  type OwnerView,
  type Period,
  padAmount,
  wayOfAccount,
} from '../../../preload/contract/index.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import { maskPhonesIn } from '../../members/index.ts';
import { type Cell, csvLine, tenderCell } from '../export.ts';
import type { CountedZ } from '../reports/add-up.ts';
import { unsureIn } from '../reports/unsure.ts';
import { type BookLine, journalOf } from './journal.ts';

export interface BooksParts {
  readonly period: Period;
  /** The reports that the period adds up. */
  readonly zs: readonly CountedZ[];
  readonly view: Pick<OwnerView, 'conflicts' | 'unread'>;
  readonly words: FileWords;
  readonly currency: string;
  readonly isPractice: boolean;
  readonly accounts: Accounts;
}

type Say = (key: string) => string;

const sayOf =
  ({ words }: BooksParts): Say =>
  (key) =>
    words.say[key] ?? key;

function accountName({ accounts, words }: BooksParts, say: Say, key: AccountKey): string {
  const chosen = accounts[key];
  if (chosen !== undefined) return chosen;
  const tender = wayOfAccount(key);
  if (tender === null) return say(`account.${key}`);
  return `${say('account.way')}: ${tender === '' ? say('noTender') : tenderCell(words, tender)}`;
}

function textOf(say: Say, { kind, shift, reason }: BookLine): string {
  const words = say(`book.of.${kind}`);
  if (reason !== null) return `${words}: ${maskPhonesIn(reason)}`;
  return shift === null || shift === 0 ? words : `${words} (Z ${shift})`;
}

/** By day; the lines of a report follow each other, and add up to nought. */
const inOrder = (zs: readonly CountedZ[]): readonly CountedZ[] =>
  [...zs].sort(
    ({ z: one }, { z: other }) =>
      Number(one.businessDay > other.businessDay) - Number(one.businessDay < other.businessDay),
  );

/** A Z from before the shop's currency was changed. */
const isOtherwise = ({ z }: CountedZ, currency: string): boolean => z.book.currency !== currency;

/** Null for sums that are no money of ours: more than four decimals, or too large. */
function linesOf({ z, adjustment }: CountedZ): readonly BookLine[] | null {
  try {
    return journalOf(z.book, adjustment);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

const referenceOf = ({ till, z }: CountedZ): string => `${till} Z ${z.number}`;

/** What is missing of the period, in words; nothing where the journal is complete. */
function notesOf(parts: BooksParts, say: Say, left: readonly string[]): readonly string[] {
  const { period, zs, view, isPractice, currency } = parts;
  const { isRunning, awaited, missing, missingBeyond, open } = period;
  const { undecided, doubles, unread } = unsureIn(period, view);
  const missingZ = (one: MissingZ) => {
    if (one.kind === 'day') return `${one.till} ${one.day}`;
    return `${one.till} Z ${one.from === one.to ? one.from : `${one.from}–${one.to}`}`;
  };
  const when = (is: boolean): readonly string[] | null => (is ? [] : null);
  const some = (of: readonly string[]): readonly string[] | null => (of.length === 0 ? null : of);
  const told: Readonly<Record<BookNote, readonly string[] | null>> = {
    practice: when(isPractice),
    none: when(zs.length === 0),
    running: when(isRunning),
    open: open === null ? null : [`${padAmount(open.net, currencyDecimals(currency))} ${currency}`],
    awaited: some(awaited.map(({ till }) => till)),
    missing: some([...missing.map(missingZ), ...(missingBeyond === 0 ? [] : [`… (${missingBeyond})`])]),
    undecided: some(undecided),
    doubles: some(doubles),
    currency: some(zs.filter((one) => isOtherwise(one, currency)).map(referenceOf)),
    cut: some(zs.filter(({ z }) => z.book.isCut).map(referenceOf)),
    impossible: some(left),
    unread: some(unread),
  };
  return bookNotes.flatMap((note) => {
    const of = told[note];
    if (of === null) return [];
    const words = say(`book.notes.${note}`);
    return of.length === 0 ? words : `${words}: ${of.join(', ')}`;
  });
}

/**
 * A period's journal by double entry, as accounting programs import it: a line an account, an entry a report. What
 * is missing stands below an empty line, where no program takes it for a booking unseen. Pure.
 */
export function* booksCsv(parts: BooksParts): Generator<string> {
  const say = sayOf(parts);
  const decimals = currencyDecimals(parts.currency);
  const money = (e4: bigint): Cell => padAmount(fromScaled(String(e4)), decimals);
  yield `\ufeff${csvLine(bookHeads.map((head) => say(`book.${head}`)))}`;
  const left: string[] = [];
  for (const counted of inOrder(parts.zs)) {
    if (isOtherwise(counted, parts.currency)) continue;
    const reference = referenceOf(counted);
    const lines = linesOf(counted);
    if (lines === null) left.push(reference);
    for (const line of lines ?? []) {
      const { account, debit, voucher } = line;
      yield csvLine([
        counted.z.businessDay,
        accountName(parts, say, account),
        debit >= 0n ? money(debit) : null,
        debit < 0n ? money(-debit) : null,
        textOf(say, line),
        reference,
        voucher === null ? null : money(voucher.paid),
        voucher === null ? null : money(voucher.bonus),
        voucher === null ? null : money(voucher.paid + voucher.bonus),
      ]);
    }
  }
  const notes = notesOf(parts, say, left);
  if (notes.length === 0) return;
  yield csvLine([]);
  yield csvLine([say('notInBooks')]);
  for (const note of notes) yield csvLine([note]);
}
