import { expect } from 'vitest';
import {
  amount,
  type BonusRule,
  type PointsRule,
  type RuleBook,
  type RuleSample,
  type ShopRules,
} from '../../preload/contract/index.ts';

export const bonusRule = (change: Partial<BonusRule> = {}): BonusRule => ({
  id: change.name ?? 'Pay 50 get 5',
  name: 'Pay 50 get 5',
  kind: 'fixed',
  tiers: [{ from: amount('50'), gives: amount('5') }],
  category: null,
  fromDay: null,
  toDay: null,
  cap: null,
  oncePerDay: false,
  ...change,
});

export const pointsRule = (change: Partial<PointsRule> = {}): PointsRule => ({
  id: change.name ?? 'A point a dollar',
  name: 'A point a dollar',
  per: 'top-up',
  points: amount('1'),
  every: amount('1'),
  category: null,
  fromDay: null,
  toDay: null,
  ...change,
});

export const shopRules = (change: Partial<ShopRules> = {}): ShopRules => ({
  bonus: [],
  points: [],
  reasons: [],
  ...change,
});

export const ruleBook = (change: Partial<ShopRules> = {}, version = 1): RuleBook => ({
  ...shopRules(change),
  version,
});

/** As they are saved: main has made an id for each. */
export const saved = ({ bonus, points, reasons }: ShopRules): ShopRules => {
  const id: string = expect.any(String);
  return {
    bonus: bonus.map((rule) => ({ ...rule, id })),
    points: points.map((rule) => ({ ...rule, id })),
    reasons,
  };
};

/** A top-up to try rules out on. */
export const sample: RuleSample = {
  principal: amount('50'),
  purchase: amount('0'),
  category: 'Gold',
  day: '2026-11-27',
  hadToday: false,
};
