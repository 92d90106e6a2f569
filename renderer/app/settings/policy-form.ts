import {
  amount,
  compareAmounts,
  err,
  formatPlain,
  MAX_OWN_TENDER_LENGTH,
  MOST_OWN_TENDERS,
  MOST_QUICK_AMOUNTS,
  nameOfOwnTender,
  ok,
  ownTender,
  padAmount,
  parseAmount,
  separators,
  standardTenders,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, AmountRules, Policy, Result } from '../../../preload/contract/index.ts';
import { wrongSeparator } from '../../kit/number-words.ts';
import type { Phrase } from '../../kit/phrase.ts';

export const amountFields = [
  'balanceCap',
  'pointCap',
  'memberWaitingCap',
  'tillWaitingCap',
  'varianceLimit',
  'floatCap',
] as const;
const mayBeZero: ReadonlySet<AmountField> = new Set(['varianceLimit', 'floatCap']);
export const numberFields = [
  'offlineWindowMs',
  'repeatWithinMs',
  'callsPerDay',
  'memberKeptMs',
  'managerUnlockedMs',
  'peopleLockAfterMs',
  'scanMeanGapMs',
  'updateFromMinute',
  'updateToMinute',
] as const;
/** A time, `03:00`; the policy has minutes. */
export const timeFields = ['businessDayEndsAtMinute'] as const;
/** Taken as typed. */
export const codeFields = ['scanPrefix', 'scanSuffix'] as const;

export type AmountField = (typeof amountFields)[number];
export type NumberField = (typeof numberFields)[number];
export type TimeField = (typeof timeFields)[number];
export type CodeField = (typeof codeFields)[number];
/** Amounts separated by spaces. */
export const listFields = ['quickAmounts'] as const;
export type ListField = (typeof listFields)[number];
/** What is typed; of the ways to pay the shop's own. */
export type PolicyField = AmountField | NumberField | TimeField | CodeField | ListField | 'ownTenders';

export type SettingName = PolicyField | Exclude<keyof Policy, 'tenders'>;

export interface NumberBounds {
  /** A shown unit in the policy's unit, e.g. an hour in ms. */
  readonly unit: number;
  /** The contract's limits in shown units; a test compares them. */
  readonly min: number;
  readonly max: number;
}

export const numberBounds: Readonly<Record<NumberField, NumberBounds>> = {
  offlineWindowMs: { unit: 3_600_000, min: 1, max: 720 },
  repeatWithinMs: { unit: 60_000, min: 0, max: 1_440 },
  callsPerDay: { unit: 1, min: 10, max: 1_000_000 },
  memberKeptMs: { unit: 86_400_000, min: 1, max: 3_650 },
  managerUnlockedMs: { unit: 60_000, min: 0, max: 60 },
  peopleLockAfterMs: { unit: 60_000, min: 0, max: 60 },
  scanMeanGapMs: { unit: 1, min: 5, max: 100 },
  updateFromMinute: { unit: 60, min: 0, max: 24 },
  updateToMinute: { unit: 60, min: 0, max: 24 },
};

/** The contract's limit. */
const MAX_CODE_LENGTH = 20;

export interface PolicyRules {
  readonly locale: string;
  readonly money: Omit<AmountRules, 'cap'>;
  readonly points: Omit<AmountRules, 'cap'>;
}

// Catches typing errors; the host and the database take far more.
const LARGEST = '1000000000' as Amount;

const isOneOf = <K extends string>(names: readonly K[], field: string): field is K =>
  (names as readonly string[]).includes(field);

const two = (value: number): string => String(value).padStart(2, '0');
const timeText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** A setting as it is typed. */
export function written(field: PolicyField, policy: Policy, locale: string): string {
  if (field === 'ownTenders') return ownTenders(policy).join(', ');
  if (isOneOf(codeFields, field)) return policy[field];
  if (isOneOf(listFields, field)) return policy[field].map((sum) => formatPlain(sum, locale)).join('  ');
  if (isOneOf(timeFields, field)) return timeText(policy[field]);
  if (isOneOf(amountFields, field)) return formatPlain(policy[field], locale);
  return formatPlain(amount(String(policy[field] / numberBounds[field].unit)), locale);
}

/** As many as half a second of an hour needs. */
const NUMBER_DECIMALS = 6;

function readNumber(typed: string, field: NumberField, rules: PolicyRules): Result<number, Phrase> {
  const { unit, min, max } = numberBounds[field];
  const { locale } = rules;
  const format = { ...separators(locale), decimals: NUMBER_DECIMALS };
  const parsed = parseAmount(typed, { ...format, cap: LARGEST });
  const isZero = !parsed.ok && parsed.error === 'zero';
  const notANumber = { key: 'policy.problems.not-a-number', values: { sample: '24' } };
  if (!parsed.ok && !isZero)
    return err(wrongSeparator({ typed, rules: format, locale }, parsed.error) ?? notANumber);
  const value = parsed.ok ? Number(parsed.value) * unit : 0;
  // In the policy's unit: half an hour is whole milliseconds, half a call is not.
  if (!Number.isInteger(value)) return err(notANumber);
  const bound = (count: number) => formatPlain(amount(String(count)), locale);
  if (value < min * unit) return err({ key: 'policy.problems.too-small', values: { min: bound(min) } });
  if (value > max * unit) return err({ key: 'policy.problems.too-large', values: { max: bound(max) } });
  return ok(value);
}

function readCap(typed: string, field: AmountField, rules: PolicyRules): Result<Amount, Phrase> {
  const isPoints = field === 'pointCap';
  const { locale } = rules;
  const format = isPoints ? rules.points : rules.money;
  const parsed = parseAmount(typed, { ...format, cap: LARGEST });
  if (parsed.ok) return parsed;
  if (parsed.error === 'zero' && mayBeZero.has(field)) return ok(amount('0'));
  if (parsed.error === 'above-cap') {
    return err({ key: 'policy.problems.too-large', values: { max: formatPlain(LARGEST, locale) } });
  }
  const sample = isPoints ? '500' : formatPlain(padAmount(amount('500'), format.decimals), locale);
  return err(
    wrongSeparator({ typed, rules: format, locale }, parsed.error) ?? {
      key: `policy.problems.${isPoints ? 'not-points' : 'not-an-amount'}`,
      values: { sample },
    },
  );
}

/** In order, without repetition. */
function readSums(typed: string, rules: PolicyRules): Result<Amount[], Phrase> {
  const sums: Amount[] = [];
  for (const one of typed.split(/[\s;]+/).filter((part) => part !== '')) {
    const sum = readCap(one, 'balanceCap', rules);
    if (!sum.ok) return sum;
    if (!sums.some((known) => compareAmounts(known, sum.value) === 0)) sums.push(sum.value);
  }
  if (sums.length <= MOST_QUICK_AMOUNTS) return ok(sums);
  return err({ key: 'policy.problems.too-many-amounts', values: { max: String(MOST_QUICK_AMOUNTS) } });
}

/** A single number may be an hour. */
function readTime(typed: string): Result<number, Phrase> {
  const [, hour, minute] = /^(\d{1,2})[:.](\d{2})$/.exec(typed.normalize('NFKC').replaceAll(' ', '')) ?? [];
  const isTime = hour !== undefined && Number(hour) < 24 && Number(minute) < 60;
  return isTime ? ok(60 * Number(hour) + Number(minute)) : err({ key: 'policy.problems.not-a-time' });
}

function readCode(typed: string): Result<string, Phrase> {
  if (typed.length <= MAX_CODE_LENGTH) return ok(typed);
  return err({ key: 'policy.problems.too-many-characters', values: { max: String(MAX_CODE_LENGTH) } });
}

const ownTenders = ({ tenders }: Policy): readonly string[] =>
  tenders.flatMap((tender) => nameOfOwnTender(tender) ?? []);

/** The ways to pay, in the form's order. */
export const withTenders = (standard: readonly string[], own: readonly string[]): Partial<Policy> => ({
  tenders: [...standardTenders.filter((tender) => standard.includes(tender)), ...own.map(ownTender)],
});

/** The standard ways to pay as they are ticked now. */
export const withStandardTenders = (standard: readonly string[], policy: Policy): Partial<Policy> =>
  withTenders(standard, ownTenders(policy));

/** The shop's own, without repetition. */
function readTenders(typed: string, policy: Policy): Result<Partial<Policy>, Phrase> {
  const each = typed.split(/[,;，、；\n]/).map((name) => name.trim());
  const names = [...new Set(each.filter((name) => name !== ''))];
  if (names.length > MOST_OWN_TENDERS)
    return err({ key: 'policy.problems.too-many-tenders', values: { max: String(MOST_OWN_TENDERS) } });
  if (names.some((name) => name.length > MAX_OWN_TENDER_LENGTH)) {
    const values = { max: String(MAX_OWN_TENDER_LENGTH) };
    return err({ key: 'policy.problems.too-many-characters', values });
  }
  return ok(withTenders(policy.tenders, names));
}

const sameSums = (one: readonly Amount[], other: readonly Amount[]): boolean =>
  one.length === other.length && one.every((sum, at) => compareAmounts(sum, other[at] ?? zeroAmount) === 0);

const as = <T>(
  read: Result<T, Phrase>,
  change: (value: T) => Partial<Policy>,
): Result<Partial<Policy>, Phrase> => (read.ok ? ok(change(read.value)) : read);

/** What is set by what was typed: nothing where it is the same in another notation, `500` for `500.00`. */
export function readSetting(
  field: PolicyField,
  typed: string,
  policy: Policy,
  rules: PolicyRules,
): Result<Partial<Policy>, Phrase> {
  if (field === 'ownTenders') return readTenders(typed, policy);
  if (isOneOf(codeFields, field)) return as(readCode(typed), (code) => ({ [field]: code }));
  if (isOneOf(timeFields, field)) return as(readTime(typed), (minute) => ({ [field]: minute }));
  if (isOneOf(listFields, field))
    return as(readSums(typed, rules), (sums) => (sameSums(sums, policy[field]) ? {} : { [field]: sums }));
  if (isOneOf(amountFields, field))
    return as(readCap(typed, field, rules), (cap) =>
      sameSums([cap], [policy[field]]) ? {} : { [field]: cap },
    );
  return as(readNumber(typed, field, rules), (value) => (value === policy[field] ? {} : { [field]: value }));
}
