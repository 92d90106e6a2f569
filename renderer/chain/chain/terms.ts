import type { TFunction } from 'i18next';
import { givesAs, languageNames } from '../../../preload/contract/app/values.ts';
import type { BonusRule, ChangedPerson, PointsRule } from '../../../preload/contract/index.ts';
import type { Fact } from '../../kit/facts.tsx';
import type { SumWriter } from '../../kit/use-writer.ts';

// The terms of a rule and of a person, as the screens where they are set call them.

export type Write = Pick<SumWriter, 'money' | 'plain' | 'points'> & {
  readonly day: (day: string) => string;
};

/** By the field's name, in the order in which they are read. */
export type Terms = Readonly<Record<string, Fact>>;

function holdsTerms(t: TFunction, rule: Pick<BonusRule, 'category' | 'fromDay' | 'toDay'>, write: Write) {
  const day = (limit: string | null) => (limit === null ? t('chain.none') : write.day(limit));
  return {
    category: [t('rules.category'), rule.category ?? t('chain.allMembers')],
    fromDay: [t('rules.fromDay'), day(rule.fromDay)],
    toDay: [t('rules.toDay'), day(rule.toDay)],
  } satisfies Terms;
}

function bonusTerms(t: TFunction, rule: BonusRule, write: Write) {
  const { kind, tiers, cap } = rule;
  const gives = givesAs[kind] === 'money' ? write.money : write.plain;
  const tier = ({ from, gives: given }: BonusRule['tiers'][number]) =>
    t(`rules.ofEntry.gives.${kind}`, { from: write.money(from), gives: gives(given) });
  return {
    name: [t('rules.name'), rule.name],
    tiers: [t('rules.bonus'), tiers.map(tier).join(', ')],
    ...holdsTerms(t, rule, write),
    cap: [t('rules.cap'), cap === null ? t('people.noLimit') : write.money(cap)],
    oncePerDay: [t('rules.oncePerDay'), t(rule.oncePerDay ? 'chain.yes' : 'chain.no')],
    // The tiers' words tell the kind.
  } satisfies Record<Exclude<keyof BonusRule, 'id' | 'kind'>, Fact>;
}

function pointsTerms(t: TFunction, rule: PointsRule, write: Write) {
  return {
    name: [t('rules.name'), rule.name],
    per: [t('rules.per'), t(`rules.pers.${rule.per}`)],
    points: [t('rules.points'), write.plain(rule.points)],
    every: [t('rules.every'), write.money(rule.every)],
    ...holdsTerms(t, rule, write),
  } satisfies Record<Exclude<keyof PointsRule, 'id'>, Fact>;
}

export const ruleTerms = (t: TFunction, rule: BonusRule | PointsRule, write: Write): Terms =>
  'tiers' in rule ? bonusTerms(t, rule, write) : pointsTerms(t, rule, write);

export function personTerms(t: TFunction, { name, role, language }: ChangedPerson): Terms {
  return {
    name: [t('people.name'), name],
    role: [t('people.role'), t(`people.roles.${role}`)],
    language: [t('people.language'), language === null ? t('people.asTill') : languageNames[language]],
  } satisfies Record<keyof ChangedPerson, Fact>;
}
