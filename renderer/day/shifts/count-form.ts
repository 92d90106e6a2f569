import {
  addAmounts,
  amount,
  cashOf,
  compareAmounts,
  err,
  isZeroAmount,
  multiplyAmount,
  ok,
  parseAmount,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, AmountRules, Result, ShiftCount } from '../../../preload/contract/index.ts';
import { sampleAmount, wrongSeparator } from '../../kit/number-words.ts';
import type { Phrase } from '../../kit/phrase.ts';

/**
 * A count as typed: pieces by denomination, the rest of the cash as a sum, and a sum by other tender, where
 * empty is not counted.
 */
export interface CountFields {
  readonly pieces: Readonly<Record<string, string>>;
  readonly rest: string;
  readonly tenders: Readonly<Record<string, string>>;
}

export interface CountPlan {
  /** Empty where the cash is counted elsewhere. */
  readonly denominations: readonly Amount[];
  /** Tenders counted as a sum. */
  readonly tenders: readonly string[];
  readonly money: Omit<AmountRules, 'cap'>;
  readonly locale: string;
}

export interface ReadCount {
  /** What can be read; the rest counts as nothing. */
  readonly count: ShiftCount;
  /** Sums by denomination. */
  readonly sums: Readonly<Record<string, Amount>>;
  readonly cash: Amount;
  /** By field: a denomination's value, `rest`, or `tender:` and a tender. */
  readonly problems: Readonly<Record<string, Phrase>>;
}

/** The contract's limit. */
const MOST_PIECES = 100_000;
const LARGEST = amount('1000000000');
const WHOLE = { decimals: 0, cap: amount(String(MOST_PIECES)), decimalSeparator: '.', groupSeparator: '' };

export const tenderField = (tender: string): string => `tender:${tender}`;

/** Empty is zero pieces. */
function readPieces(typed: string): Result<number, Phrase> {
  const parsed = parseAmount(typed, WHOLE);
  if (parsed.ok) return ok(Number(parsed.value));
  if (parsed.error === 'empty' || parsed.error === 'zero') return ok(0);
  const isMany = parsed.error === 'above-cap';
  return err({ key: `shifts.count.problems.${isMany ? 'many' : 'pieces'}` });
}

function readSum(typed: string, { money, locale }: CountPlan): Result<Amount, Phrase> {
  const parsed = parseAmount(typed, { ...money, cap: LARGEST });
  if (parsed.ok) return parsed;
  if (parsed.error === 'empty' || parsed.error === 'zero') return ok(zeroAmount);
  const sample = sampleAmount(money.decimals, locale);
  const other = wrongSeparator({ typed, rules: money, locale }, parsed.error);
  return err(other ?? { key: 'shifts.count.problems.sum', values: { sample } });
}

type Pieces = ShiftCount['pieces'][number];

/** Each value once: a rest equal to a denomination is one more piece of it. */
function withRest(counted: readonly Pieces[], rest: Amount): Pieces[] {
  if (isZeroAmount(rest)) return [...counted];
  const isRest = ({ value }: Pieces) => compareAmounts(value, rest) === 0;
  if (!counted.some(isRest)) return [...counted, { value: rest, pieces: 1 }];
  return counted.map((one) => (isRest(one) ? { ...one, pieces: one.pieces + 1 } : one));
}

export function readCount(fields: CountFields, plan: CountPlan): ReadCount {
  const problems: Record<string, Phrase> = {};
  const taken = <T>(field: string, read: Result<T, Phrase>, none: T): T => {
    if (read.ok) return read.value;
    problems[field] = read.error;
    return none;
  };
  const counted = plan.denominations.map((value) => ({
    value,
    pieces: taken(value, readPieces(fields.pieces[value] ?? ''), 0),
  }));
  const rest = taken('rest', readSum(fields.rest, plan), zeroAmount);
  const sums = Object.fromEntries(counted.map(({ value, pieces }) => [value, multiplyAmount(value, pieces)]));
  return {
    count: {
      pieces: withRest(counted, rest).filter(({ pieces }) => pieces > 0),
      tenders: plan.tenders.flatMap((tender) => {
        const typed = fields.tenders[tender] ?? '';
        const sum = taken(tenderField(tender), readSum(typed, plan), zeroAmount);
        return typed.trim() === '' ? [] : [{ tender, sum }];
      }),
    },
    sums,
    cash: addAmounts(...Object.values(sums), rest),
    problems,
  };
}

/** The fields of a stored count, after a power cut. */
export function countFields(
  kept: ShiftCount | null,
  plan: CountPlan,
  say: (value: Amount) => string,
): CountFields {
  const isListed = (value: Amount) => plan.denominations.some((one) => compareAmounts(one, value) === 0);
  const listed = (kept?.pieces ?? []).filter(({ value }) => isListed(value));
  const others = (kept?.pieces ?? []).filter(({ value }) => !isListed(value));
  const rest = cashOf({ pieces: others });
  const sumText = (sum: Amount) => (isZeroAmount(sum) ? '' : say(sum));
  return {
    pieces: Object.fromEntries(
      plan.denominations.map((value) => {
        const found = listed.find((one) => compareAmounts(one.value, value) === 0);
        return [value, found === undefined ? '' : String(found.pieces)];
      }),
    ),
    rest: sumText(rest),
    tenders: Object.fromEntries((kept?.tenders ?? []).map(({ tender, sum }) => [tender, say(sum)])),
  };
}

/** One piece more or less; unreadable text stays. */
export function stepPieces(typed: string, by: 1 | -1): string {
  const pieces = readPieces(typed);
  if (!pieces.ok) return typed;
  const next = Math.min(MOST_PIECES, Math.max(0, pieces.value + by));
  return next === 0 ? '' : String(next);
}
