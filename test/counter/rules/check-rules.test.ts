import { describe, expect, it } from 'vitest';
import {
  type Bounds,
  checkRules,
  type RuleProblem,
  ruleProblems,
  trimmedRules,
} from '../../../main/counter/rules/check-rules.ts';
import { amount, type ShopRules, zeroAmount } from '../../../preload/contract/index.ts';
import { bonusRule, pointsRule, shopRules } from '../../kit/rules.ts';

const bounds: Bounds = {
  balanceDecimals: 2,
  pointDecimals: 2,
  balanceCap: amount('2000'),
  pointCap: amount('100000'),
};
const tier = (from: string, gives: string) => ({ from: amount(from), gives: amount(gives) });
const bonus = (change: Parameters<typeof bonusRule>[0]) => shopRules({ bonus: [bonusRule(change)] });
const tiers = (...all: [string, string][]) => bonus({ tiers: all.map(([from, gives]) => tier(from, gives)) });
const percent = (gives: string) => bonus({ kind: 'percent', tiers: [tier('0', gives)] });
const points = (change: Parameters<typeof pointsRule>[0]) => shopRules({ points: [pointsRule(change)] });

const wrong: readonly (readonly [RuleProblem, ShopRules])[] = [
  ['name-missing', bonus({ name: '  ' })],
  ['name-twice', shopRules({ bonus: [bonusRule({ name: 'Ａ' })], points: [pointsRule({ name: 'a ' })] })],
  ['reason-missing', shopRules({ reasons: [''] })],
  ['reason-twice', shopRules({ reasons: ['Birthday', 'birthday'] })],
  ['sum-not-positive', tiers(['50', '-5'])],
  ['sum-not-positive', tiers(['50', '0'])],
  ['sum-not-positive', tiers(['-50', '5'])],
  ['sum-not-positive', bonus({ cap: zeroAmount })],
  ['sum-not-positive', points({ every: zeroAmount })],
  ['sum-not-positive', points({ points: amount('-1') })],
  ['too-many-decimals', tiers(['50', '5.001'])],
  ['too-many-decimals', percent('1.005')],
  ['too-many-decimals', points({ every: amount('0.001') })],
  ['tiers-not-rising', tiers(['50', '5'], ['50', '6'])],
  ['tiers-fall', tiers(['50', '5'], ['100', '4'])],
  ['percent-too-large', percent('100.01')],
  ['bonus-too-large', tiers(['5', '50.01'])],
  ['bonus-too-large', tiers(['0', '1'])],
  ['above-limit', tiers(['1999', '5'])],
  ['gives-above-cap', bonus({ cap: amount('4') })],
  ['day-invalid', bonus({ fromDay: '2026-02-30' })],
  ['days-reversed', bonus({ fromDay: '2026-12-01', toDay: '2026-11-30' })],
  ['days-reversed', points({ fromDay: '2026-12-01', toDay: '2026-11-30' })],
  ['points-too-many', points({ points: amount('51') })],
];

describe('rules that give negative or absurd sums are refused', () => {
  it.each(wrong)('%s', (problem, rules) => {
    expect(checkRules(rules, bounds)).toMatchObject({ code: 'rules-invalid', details: { reason: problem } });
  });

  it('each kind of problem is one of these', () => {
    expect(new Set(wrong.map(([problem]) => problem))).toEqual(new Set(ruleProblems));
  });

  it('names the rule', () => {
    expect(checkRules(percent('101'), bounds)?.details?.['rule']).toBe('Pay 50 get 5');
  });
});

it('what is in order may be saved', () => {
  const rules = shopRules({
    bonus: [
      bonusRule(),
      bonusRule({
        name: 'Ten',
        kind: 'percent',
        tiers: [tier('0', '5'), tier('100', '100')],
        cap: amount('20'),
      }),
      bonusRule({ name: 'A day', fromDay: '2026-11-27', toDay: '2026-11-27', oncePerDay: true }),
    ],
    points: [pointsRule(), pointsRule({ name: 'Shop', per: 'purchase', points: amount('0.5') })],
    reasons: ['Birthday', 'Complaint'],
  });
  expect(checkRules(rules, bounds)).toBeNull();
  expect(checkRules(shopRules(), bounds)).toBeNull();
});

it('names are kept without the spaces around them, and no category is none', () => {
  const rules = shopRules({ bonus: [bonusRule({ name: ' A ', category: '  ' })], reasons: [' B '] });
  expect(trimmedRules(rules)).toMatchObject({ bonus: [{ name: 'A', category: null }], reasons: ['B'] });
});
