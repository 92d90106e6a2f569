import {
  addAmounts,
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
} from '../../../preload/contract/app/values.ts';
import type {
  Amount,
  AmountRules,
  Policy,
  Result,
  ScannerSettings,
} from '../../../preload/contract/index.ts';
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
export type PolicyField = AmountField | NumberField | TimeField | CodeField | ListField | 'ownTenders';

/** As typed. */
export type PolicyFields = Readonly<Record<PolicyField, string>> & Readonly<PlainPolicy> & TenderFields;

/** Fields that are chosen, or set by provisioning only. */
type PlainPolicy = Omit<Policy, PolicyField | 'tenders'>;

export type PolicyProblems = Partial<Record<PolicyField, Phrase>>;

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

const record = <K extends string, V>(names: readonly K[], of: (name: K) => V): Record<K, V> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, V>;

const plainOf = (from: PlainPolicy): PlainPolicy => ({
  tillNumbersDeclared: from.tillNumbersDeclared,
  scanEnd: from.scanEnd,
  keypad: from.keypad,
  screenLanguage: from.screenLanguage,
  updateOnPress: from.updateOnPress,
  accounts: from.accounts,
  callsKeptForIncrements: from.callsKeptForIncrements,
  memberFreshMs: from.memberFreshMs,
  quiescenceMs: from.quiescenceMs,
  secondReadingMs: from.secondReadingMs,
  lookAfterMs: from.lookAfterMs,
  updateKilobytesPerSecond: from.updateKilobytesPerSecond,
});

const two = (value: number): string => String(value).padStart(2, '0');
const timeText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

export function policyFields(policy: Policy, locale: string): PolicyFields {
  return {
    ...plainOf(policy),
    ...tenderFields(policy.tenders),
    ...record(codeFields, (field) => policy[field]),
    ...record(listFields, (field) => policy[field].map((value) => formatPlain(value, locale)).join('  ')),
    ...record(timeFields, (field) => timeText(policy[field])),
    ...record(amountFields, (field) => formatPlain(policy[field], locale)),
    ...record(numberFields, (field) =>
      formatPlain(amount(String(policy[field] / numberBounds[field].unit)), locale),
    ),
  };
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
function readSums(typed: string, rules: PolicyRules): Result<readonly Amount[], Phrase> {
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

/** The scanner settings as typed, for a test before saving; null where they are invalid. */
export function readScanner(fields: PolicyFields, rules: PolicyRules): ScannerSettings | null {
  const meanGapMs = readNumber(fields.scanMeanGapMs, 'scanMeanGapMs', rules);
  const prefix = readCode(fields.scanPrefix);
  const suffix = readCode(fields.scanSuffix);
  if (!meanGapMs.ok || !prefix.ok || !suffix.ok) return null;
  return { meanGapMs: meanGapMs.value, prefix: prefix.value, suffix: suffix.value, end: fields.scanEnd };
}

/** Each setting as it is typed or chosen, or what is wrong with it. */
const readEach = (fields: PolicyFields, rules: PolicyRules) => ({
  ownTenders: readTenders(fields),
  ...record(codeFields, (field) => readCode(fields[field])),
  ...record(listFields, (field) => readSums(fields[field], rules)),
  ...record(amountFields, (field) => readCap(fields[field], field, rules)),
  ...record(numberFields, (field) => readNumber(fields[field], field, rules)),
  ...record(timeFields, (field) => readTime(fields[field])),
});

/** The policy, or all problems. What is as it is kept stays so to the letter: a file may set what cannot be typed here. */
export function readPolicy(
  fields: PolicyFields,
  kept: Policy,
  rules: PolicyRules,
): Result<Policy, PolicyProblems> {
  const changed = new Set<string>(policyChanges(fields, kept, rules));
  const all = Object.entries(readEach(fields, rules)) as [PolicyField, Result<unknown, Phrase>][];
  const each = all.filter(([field]) => changed.has(field));
  const problems: PolicyProblems = {};
  for (const [field, read] of each) if (!read.ok) problems[field] = read.error;
  if (Object.keys(problems).length > 0) return err(problems);
  const values = each.map(([field, read]) => [
    field === 'ownTenders' ? 'tenders' : field,
    read.ok && read.value,
  ]);
  const policy: Policy = { ...kept, ...plainOf(fields), ...Object.fromEntries(values) };
  if (!changed.has('callsPerDay')) return ok(policy);
  // The reserve cannot exceed the total.
  const callsKeptForIncrements = Math.min(policy.callsKeptForIncrements, policy.callsPerDay);
  return ok({ ...policy, callsKeptForIncrements });
}

/** Equal amounts in one notation. */
const inOneNotation = (field: string, read: unknown): unknown => {
  if ((amountFields as readonly string[]).includes(field)) return addAmounts(read as Amount);
  if ((listFields as readonly string[]).includes(field))
    return (read as Amount[]).map((one) => addAmounts(one));
  return read;
};

export type SettingName = PolicyField | keyof PlainPolicy;

/** The settings that are not as they are kept: `500` for `500.00` is no change, an invalid field is one. */
export function policyChanges(
  fields: PolicyFields,
  kept: Policy,
  rules: PolicyRules,
): readonly SettingName[] {
  const text = (of: PolicyFields) => {
    const typed = Object.entries(readEach(of, rules)).map(([field, read]) => [
      field,
      read.ok ? { ok: inOneNotation(field, read.value) } : { wrong: of[field as PolicyField] },
    ]);
    const all = [...Object.entries(plainOf(of)), ...typed];
    return new Map(all.map(([name, value]) => [name as SettingName, JSON.stringify(value)]));
  };
  const shown = text(policyFields(kept, rules.locale));
  return [...text(fields)].flatMap(([name, value]) => (shown.get(name) === value ? [] : [name]));
}

/** Tenders as the form has them: standard ones ticked, own ones typed. */
interface TenderFields {
  readonly standardTenders: readonly string[];
  readonly ownTenders: string;
}

function tenderFields(tenders: readonly string[]): TenderFields {
  const own = tenders.flatMap((tender) => nameOfOwnTender(tender) ?? []);
  return {
    standardTenders: standardTenders.filter((tender) => tenders.includes(tender)),
    ownTenders: own.join(', '),
  };
}

/** What is typed over what is kept; not where it was set above this till meanwhile. */
export function fieldsOver(
  kept: Policy,
  typed: Partial<PolicyFields>,
  locale: string,
  fixed: readonly string[],
): PolicyFields {
  const isTenders = (name: string) => name === 'standardTenders' || name === 'ownTenders';
  const free = Object.entries(typed).filter(([name]) => !fixed.includes(isTenders(name) ? 'tenders' : name));
  return { ...policyFields(kept, locale), ...Object.fromEntries(free) };
}

/** In the form's order, without repetition. */
function readTenders(fields: TenderFields): Result<string[], Phrase> {
  const typed = fields.ownTenders.split(/[,;，、；\n]/).map((name) => name.trim());
  const names = [...new Set(typed.filter((name) => name !== ''))];
  if (names.length > MOST_OWN_TENDERS)
    return err({ key: 'policy.problems.too-many-tenders', values: { max: String(MOST_OWN_TENDERS) } });
  if (names.some((name) => name.length > MAX_OWN_TENDER_LENGTH)) {
    const values = { max: String(MAX_OWN_TENDER_LENGTH) };
    return err({ key: 'policy.problems.too-many-characters', values });
  }
  const known = standardTenders.filter((tender) => fields.standardTenders.includes(tender));
  return ok([...known, ...names.map(ownTender)]);
}
