import {
  err,
  formatPlain,
  givesAs,
  ok,
  parseAmount,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type {
  Amount,
  AmountRules,
  BonusRule,
  PointsRule,
  Result,
  RuleBook,
  ShopRules,
} from '../../../preload/contract/index.ts';
import { sampleAmount, wrongSeparator } from '../../kit/number-words.ts';
import type { Phrase } from '../../kit/phrase.ts';

/** Common fields as typed; `key` is the rule's id, a temporary one for a new rule. */
interface CommonFields {
  readonly key: string;
  readonly name: string;
  readonly category: string;
  readonly fromDay: string;
  readonly toDay: string;
}

export interface TierFields {
  readonly key: string;
  readonly from: string;
  readonly gives: string;
}

export interface BonusFields extends CommonFields {
  readonly kind: BonusRule['kind'];
  readonly tiers: readonly TierFields[];
  readonly cap: string;
  readonly oncePerDay: boolean;
}

export interface PointsFields extends CommonFields {
  readonly per: PointsRule['per'];
  readonly points: string;
  readonly every: string;
}

interface ReasonFields {
  readonly key: string;
  readonly words: string;
}

export interface RulesFields {
  readonly bonus: readonly BonusFields[];
  readonly points: readonly PointsFields[];
  readonly reasons: readonly ReasonFields[];
}

/** Number formats. */
export interface RulesFormat {
  readonly locale: string;
  readonly money: Omit<AmountRules, 'cap'>;
  readonly percent: Omit<AmountRules, 'cap'>;
  readonly points: Omit<AmountRules, 'cap'>;
}

/** Invalid fields, by rule key and field name. */
export type RulesProblems = Readonly<Record<string, Phrase>>;

type NewKey = () => string;

const noCommon = { name: '', category: '', fromDay: '', toDay: '' };

export const newTier = (newKey: NewKey): TierFields => ({ key: newKey(), from: '', gives: '' });

export const newBonus = (newKey: NewKey): BonusFields => ({
  ...noCommon,
  key: newKey(),
  kind: 'fixed',
  tiers: [newTier(newKey)],
  cap: '',
  oncePerDay: false,
});

export const newPoints = (newKey: NewKey): PointsFields => ({
  ...noCommon,
  key: newKey(),
  per: 'top-up',
  points: '',
  every: '',
});

export const newReason = (newKey: NewKey): ReasonFields => ({ key: newKey(), words: '' });

const commonOf = ({ id, name, category, fromDay, toDay }: BonusRule | PointsRule) => ({
  key: id,
  name,
  category: category ?? '',
  fromDay: fromDay ?? '',
  toDay: toDay ?? '',
});

/** A rule book as typed text. */
export function rulesFields(
  { bonus, points, reasons }: RuleBook,
  locale: string,
  newKey: NewKey,
): RulesFields {
  const written = (value: Amount) => formatPlain(value, locale);
  return {
    bonus: bonus.map((rule) => ({
      ...commonOf(rule),
      kind: rule.kind,
      tiers: rule.tiers.map(({ from, gives }) => ({
        key: newKey(),
        from: written(from),
        gives: written(gives),
      })),
      cap: rule.cap === null ? '' : written(rule.cap),
      oncePerDay: rule.oncePerDay,
    })),
    points: points.map((rule) => ({
      ...commonOf(rule),
      per: rule.per,
      points: written(rule.points),
      every: written(rule.every),
    })),
    reasons: reasons.map((words) => ({ key: newKey(), words })),
  };
}

const LARGEST = '1000000000' as Amount;

/** Parses a sum; empty is zero, which main refuses if meaningless. */
export function readSum(
  typed: string,
  format: Omit<AmountRules, 'cap'>,
  locale: string,
): Result<Amount, Phrase> {
  const parsed = parseAmount(typed, { ...format, cap: LARGEST });
  if (parsed.ok) return parsed;
  if (parsed.error === 'empty' || parsed.error === 'zero') return ok(zeroAmount);
  return err(
    wrongSeparator({ typed, rules: format, locale }, parsed.error) ?? {
      key: 'policy.problems.not-an-amount',
      values: { sample: sampleAmount(format.decimals, locale) },
    },
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The rules, or all invalid fields; main checks whether they make sense. */
export function readRules(fields: RulesFields, format: RulesFormat): Result<ShopRules, RulesProblems> {
  const problems: Record<string, Phrase> = {};
  const sum = (id: string, typed: string, of: keyof Omit<RulesFormat, 'locale'>): Amount => {
    const read = readSum(typed, format[of], format.locale);
    if (!read.ok) problems[id] = read.error;
    return read.ok ? read.value : zeroAmount;
  };
  const day = (id: string, typed: string): string | null => {
    const text = orNull(typed);
    if (text !== null && !isDay(text)) problems[id] = { key: 'rules.notADay' };
    return text;
  };
  const words = (id: string, typed: string, problem: string): string => {
    if (typed.trim() === '') problems[id] = { key: problem };
    return typed;
  };
  const common = ({ key, ...rule }: CommonFields) => ({
    id: key,
    name: words(`${key}.name`, rule.name, 'rules.noName'),
    category: orNull(rule.category),
    fromDay: day(`${key}.fromDay`, rule.fromDay),
    toDay: day(`${key}.toDay`, rule.toDay),
  });
  const rules: ShopRules = {
    bonus: fields.bonus.map((rule) => ({
      ...common(rule),
      kind: rule.kind,
      tiers: rule.tiers.map(({ key, from, gives }) => ({
        from: sum(`${key}.from`, from, 'money'),
        gives: sum(`${key}.gives`, gives, givesAs[rule.kind]),
      })),
      cap: rule.cap.trim() === '' ? null : sum(`${rule.key}.cap`, rule.cap, 'money'),
      oncePerDay: rule.oncePerDay,
    })),
    points: fields.points.map((rule) => ({
      ...common(rule),
      per: rule.per,
      points: sum(`${rule.key}.points`, rule.points, 'points'),
      every: sum(`${rule.key}.every`, rule.every, 'money'),
    })),
    reasons: fields.reasons.map((reason) => words(reason.key, reason.words, 'rules.noReason')),
  };
  return Object.keys(problems).length === 0 ? ok(rules) : err(problems);
}

/** How many rules and reasons are not as they were read: changed, added or removed. */
export function rulesChanges(fields: RulesFields, read: RulesFields): number {
  const text = ({ bonus, points, reasons }: RulesFields) =>
    new Map([...bonus, ...points, ...reasons].map((one) => [one.key, JSON.stringify(one)]));
  const [now, before] = [text(fields), text(read)];
  return [...new Set([...now.keys(), ...before.keys()])].filter((key) => now.get(key) !== before.get(key))
    .length;
}

/** Changes or removes the item with this key. */
export const changed = <F extends { readonly key: string }>(
  of: readonly F[],
  key: string,
  change: Partial<F>,
) => of.map((one) => (one.key === key ? { ...one, ...change } : one));
export const without = <F extends { readonly key: string }>(of: readonly F[], key: string) =>
  of.filter((one) => one.key !== key);
