import { expect, it } from 'vitest';
import { shopChanges, type TillNow } from '../../../main/chain/shop-changes.ts';
import { defaultPolicy } from '../../../main/counter/policy.ts';
import { defaultReceiptSettings } from '../../../main/paper/receipts/settings.ts';
import { firstPermissions } from '../../../main/people/person.ts';
import {
  amount,
  type BonusRule,
  type Policy,
  policySchema,
  type ShopChange,
} from '../../../preload/contract/index.ts';
import { changeWords } from '../../../renderer/chain/chain/change-words.ts';
import { wholeDay } from '../../../renderer/kit/format.ts';
import { i18n } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { bonusRule, pointsRule, shopRules } from '../../kit/rules.ts';
import { shopOf } from '../../kit/shop.ts';

await otherWords.load();

const write = {
  money: (sum: string) => `S$${sum}`,
  points: (sum: string) => `${sum} points`,
  plain: (sum: string) => sum,
  day: (day: string) => wholeDay(day, 'en'),
};
const said = (change: ShopChange) => changeWords(i18n.t, change, write).map((line) => line.join(': '));

const now: TillNow = {
  policy: defaultPolicy('SGD'),
  rules: shopRules({ bonus: [bonusRule()] }),
  people: [{ id: 'p1', name: 'Mei', role: 'manager', language: null }],
  permissions: firstPermissions,
  receipts: defaultReceiptSettings,
};

it('says what changes as the settings do, with units, and from what to what', () => {
  const shop = shopOf({
    policy: { balanceCap: amount('500'), offlineWindowMs: 7_200_000, keypad: true, screenLanguage: 'zh' },
    ways: ['cash', 'own:Voucher'],
    businessDay: { endsAtMinute: 185 },
    rules: { bonus: [], points: [] },
    reasons: ['Birthday'],
    people: [
      { id: 'p1', name: 'Mei', role: 'cashier', language: null },
      { id: 'p2', name: 'Ben', role: 'manager', language: null },
    ],
    permissions: {
      ...firstPermissions,
      acts: { ...firstPermissions.acts, unmask: 'deny' },
      balanceLimit: amount('50'),
    },
    receipts: { footer: 'Thank you', after: 'always' },
  });
  expect(shopChanges(now, shop, []).flatMap(said)).toEqual([
    'Largest top-up: S$2000 → S$500',
    'Longest time without sending: 24 hours → 2 hours',
    'Keypad before the first touch: No → Yes',
    'Language of the screens: As this till was set up → 简体中文',
    'Asked for at every top-up: Cash, Card, QR code, Transfer → Cash, Voucher',
    'The business day ends at: 00:00 → 03:05',
    'Rule “Pay 50 get 5”: goes; it was Bonus with a top-up: From S$50 it gives S$5 · Member category: all members · First day: none · Last day: none · Most for one top-up: no limit · Once a member a day: No',
    'Reasons for awards: none → Birthday',
    'Mei: Role: Manager → Cashier',
    'Ben: new: Role: Manager · Language of the screen: as the till',
    'See whole phone numbers: With a manager → Not at all',
    'Largest top-up of a cashier: none → S$50',
    'Lines at the bottom of receipts: none → Thank you',
    'Print after each entry: Print when the button on the ticket is pressed → Print automatically',
  ]);
});

const summer = bonusRule({
  name: 'Summer',
  kind: 'percent',
  tiers: [{ from: amount('100'), gives: amount('20') }],
  category: 'Gold',
  fromDay: '2026-06-01',
  toDay: '2026-08-31',
  cap: amount('50'),
  oncePerDay: true,
});

const ofRule = (change: Partial<BonusRule>) =>
  said({ part: 'rules', before: summer, after: { ...summer, ...change } });

it.each<[Partial<BonusRule>, string]>([
  [{ name: 'Winter' }, 'Rule “Winter”: Name: Summer → Winter'],
  [{ oncePerDay: false }, 'Rule “Summer”: Once a member a day: Yes → No'],
  [{ cap: null }, 'Rule “Summer”: Most for one top-up: S$50 → no limit'],
  [{ category: null }, 'Rule “Summer”: Member category: Gold → all members'],
  [{ fromDay: null }, 'Rule “Summer”: First day: 1 Jun 2026 → none'],
  [{ toDay: '2027-08-31' }, 'Rule “Summer”: Last day: 31 Aug 2026 → 31 Aug 2027'],
  [
    { kind: 'fixed' },
    'Rule “Summer”: Bonus with a top-up: From S$100 it gives 20 % → From S$100 it gives S$20',
  ],
  [
    { tiers: [...summer.tiers, { from: amount('200'), gives: amount('30') }] },
    'Rule “Summer”: Bonus with a top-up: From S$100 it gives 20 % → From S$100 it gives 20 %, From S$200 it gives 30 %',
  ],
])('shows what a bonus rule will be where %j differs', (change, line) => {
  expect(ofRule(change)).toEqual([line]);
});

it('shows each term of a rule that differs, and all of a new one', () => {
  expect(ofRule({ cap: null, oncePerDay: false })).toHaveLength(2);
  expect(said({ part: 'rules', before: null, after: summer })).toEqual([
    'Rule “Summer”: new: Bonus with a top-up: From S$100 it gives 20 % · Member category: Gold · First day: 1 Jun 2026 · Last day: 31 Aug 2026 · Most for one top-up: S$50 · Once a member a day: Yes',
  ]);
});

it('shows a term that differs where its words do not', () => {
  const before = { ...summer, category: 'all members' };
  expect(said({ part: 'rules', before, after: { ...summer, category: null } })).toEqual([
    'Rule “Summer”: Member category: changes; now all members',
  ]);
});

it('shows what a points rule will be', () => {
  const before = pointsRule({ name: 'Points' });
  const after = pointsRule({
    name: 'Points',
    per: 'purchase',
    points: amount('2'),
    every: amount('5'),
    category: 'Gold',
  });
  expect(said({ part: 'rules', before, after })).toEqual([
    'Rule “Points”: It counts: What is topped up → A purchase that the cashier types',
    'Rule “Points”: Points: 1 → 2',
    'Rule “Points”: For each: S$1 → S$5',
    'Rule “Points”: Member category: all members → Gold',
  ]);
});

it('shows a person’s other name and language', () => {
  const before = { name: 'Mei', role: 'cashier', language: null } as const;
  expect(said({ part: 'people', before, after: { ...before, name: 'May', language: 'zh' } })).toEqual([
    'May: Name: Mei → May',
    'May: Language of the screen: as the till → 简体中文',
  ]);
});

it('has a name for every setting, and shows what was cut as it is', () => {
  for (const name of Object.keys(policySchema.shape) as (keyof Policy)[]) {
    const [[what = ''] = []] = changeWords(i18n.t, { part: 'policy', name, before: '1', after: '2' }, write);
    expect(what).not.toMatch(/^$|^chain\.|^policy\.|^scanner\./);
  }
  expect(said({ part: 'policy', name: 'tenders', before: '["cash"', after: '[]' })[0]).toContain('["cash"');
});
