import { expect, it } from 'vitest';
import { shopChanges, type TillNow } from '../../../main/chain/shop-changes.ts';
import { defaultPolicy } from '../../../main/counter/policy.ts';
import { defaultReceiptSettings } from '../../../main/paper/receipts/settings.ts';
import { firstPermissions } from '../../../main/people/person.ts';
import { amount, type Policy, policySchema, type ShopChange } from '../../../preload/contract/index.ts';
import { changeWords } from '../../../renderer/chain/chain/change-words.ts';
import { i18n } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { bonusRule, shopRules } from '../../kit/rules.ts';
import { shopOf } from '../../kit/shop.ts';

await otherWords.load();

const write = { money: (sum: string) => `S$${sum}`, points: (sum: string) => `${sum} points` };
const said = (change: ShopChange) => changeWords(i18n.t, change, write).join(': ');

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
  expect(shopChanges(now, shop, []).map(said)).toEqual([
    'Largest top-up: S$2000 → S$500',
    'Longest time without sending: 24 hours → 2 hours',
    'Keypad before the first touch: No → Yes',
    'Language of the screens: As this till was set up → 简体中文',
    'Asked for at every top-up: Cash, Card, QR code, Transfer → Cash, Voucher',
    'The business day ends at: 00:00 → 03:05',
    'Rule “Pay 50 get 5”: goes; it was 50 + 5',
    'Reasons for awards: none → Birthday',
    'Mei: Manager → Cashier',
    'Ben: new: Manager',
    'See whole phone numbers: With a manager → Not at all',
    'Largest top-up of a cashier: none → S$50',
    'Lines at the bottom of receipts: none → Thank you',
    'Print after each entry: Print when the button on the ticket is pressed → Print automatically',
  ]);
});

it('has a name for every setting, and shows what was cut as it is', () => {
  for (const name of Object.keys(policySchema.shape) as (keyof Policy)[]) {
    const [what] = changeWords(i18n.t, { part: 'policy', name, before: '1', after: '2' }, write);
    expect(what).not.toMatch(/^$|^chain\.|^policy\.|^scanner\./);
  }
  expect(said({ part: 'policy', name: 'tenders', before: '["cash"', after: '[]' })).toContain('["cash"');
});
