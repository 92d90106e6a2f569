import { describe, expect, it } from 'vitest';
import { mayApply } from '../../main/chain/may-apply.ts';
import { namesSet, policyOf } from '../../main/chain/shop.ts';
import { asSetBy, shopChanges, type TillNow } from '../../main/chain/shop-changes.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { defaultReceiptSettings } from '../../main/paper/receipts/settings.ts';
import { firstPermissions } from '../../main/people/person.ts';
import { amount, whoSets } from '../../preload/contract/index.ts';
import { bonusRule, pointsRule, shopRules } from '../kit/rules.ts';
import { shopOf } from '../kit/shop.ts';

const mei = { id: 'p1', name: 'Mei', role: 'manager', language: null } as const;
const ben = { id: 'p2', name: 'Ben', role: 'cashier', language: null } as const;
/** A person as a line shows them. */
const said = ({ name, role, language }: typeof mei | typeof ben) => ({ name, role, language });

const now: TillNow = {
  policy: { ...defaultPolicy('SGD'), keypad: false, accounts: { members: '2150', short: '6900' } },
  rules: shopRules({ bonus: [bonusRule()], reasons: ['Birthday'] }),
  people: [mei],
  permissions: firstPermissions,
  receipts: defaultReceiptSettings,
};

describe('what a configuration changes', () => {
  it('is nothing where a part is absent, or is so already', () => {
    expect(shopChanges(now, shopOf(), [])).toEqual([]);
    const same = shopOf({
      policy: { keypad: false },
      ways: now.policy.tenders,
      businessDay: { endsAtMinute: now.policy.businessDayEndsAtMinute },
      rules: { bonus: [bonusRule()], points: [] },
      reasons: ['Birthday'],
      people: [mei],
      permissions: firstPermissions,
      receipts: { footer: '' },
      accounts: { short: '6900', members: '2150' },
    });
    expect(shopChanges(now, same, [])).toEqual([]);
  });

  it('says nothing of an act that is offered at no till', () => {
    const { acts } = firstPermissions;
    const said = shopChanges(asSetBy(null), shopOf({ permissions: firstPermissions }), []).map((change) =>
      'name' in change ? change.name : change.part,
    );
    expect(acts).toHaveProperty('manualBonus');
    expect(said).toContain('reversal');
    expect(said).not.toContain('manualBonus');
  });

  it('is a line for each setting, rule, person and act, before and after', () => {
    const after = shopOf({
      policy: { keypad: true, balanceCap: amount('500') },
      ways: ['cash'],
      businessDay: { endsAtMinute: 180 },
      rules: { bonus: [], points: [pointsRule()] },
      reasons: ['Birthday', 'Sorry'],
      people: [{ ...mei, role: 'cashier' }, ben],
      permissions: { ...firstPermissions, acts: { ...firstPermissions.acts, unmask: 'deny' } },
      receipts: { footer: 'Thank you' },
      accounts: { members: '2100', 'way:cash': '1000' },
    });
    expect(shopChanges(now, after, [])).toEqual([
      { part: 'policy', name: 'keypad', before: 'false', after: 'true' },
      { part: 'policy', name: 'balanceCap', before: '2000', after: '500' },
      { part: 'policy', name: 'tenders', before: '["cash","card","qr","transfer"]', after: '["cash"]' },
      { part: 'policy', name: 'businessDayEndsAtMinute', before: '0', after: '180' },
      { part: 'rules', before: bonusRule(), after: null },
      { part: 'rules', before: null, after: pointsRule() },
      { part: 'reasons', name: 'reasons', before: '["Birthday"]', after: '["Birthday","Sorry"]' },
      { part: 'people', before: said(mei), after: { ...said(mei), role: 'cashier' } },
      { part: 'people', before: null, after: said(ben) },
      { part: 'permissions', name: 'unmask', before: 'approve', after: 'deny' },
      { part: 'receipts', name: 'footer', before: '', after: 'Thank you' },
      { part: 'accounts', name: 'members', before: '2150', after: '2100' },
      { part: 'accounts', name: 'way:cash', before: null, after: '1000' },
      { part: 'accounts', name: 'short', before: '6900', after: null },
    ]);
  });

  it('is another rule where one of points takes a bonus rule’s id', () => {
    const points = [pointsRule({ id: bonusRule().id })];
    expect(shopChanges(now, shopOf({ rules: { bonus: [], points } }), [])).toEqual([
      { part: 'rules', before: bonusRule(), after: null },
      { part: 'rules', before: null, after: points[0] },
    ]);
  });

  it('is told against the configuration before it as well, in which nobody sets what is absent', () => {
    const last = shopOf({
      policy: { keypad: true, screenLanguage: 'zh' },
      rules: { bonus: [bonusRule()], points: [] },
      accounts: { members: '2150' },
    });
    const next = shopOf({
      policy: { keypad: true, screenLanguage: 'ms' },
      rules: { bonus: [], points: [] },
      people: [mei],
      permissions: firstPermissions,
    });
    const lines = shopChanges(asSetBy(last), next, []).filter(({ part }) => part !== 'permissions');
    expect(lines).toEqual([
      { part: 'policy', name: 'screenLanguage', before: 'zh', after: 'ms' },
      { part: 'rules', before: bonusRule(), after: null },
      { part: 'people', before: null, after: said(mei) },
    ]);
    expect(shopChanges(asSetBy(last), last, [])).toEqual([]);
    expect(shopChanges(asSetBy(null), shopOf({ policy: { keypad: true } }), [])).toEqual([
      { part: 'policy', name: 'keypad', before: null, after: 'true' },
    ]);
  });

  it('is not what IT has locked on this computer', () => {
    const shop = shopOf({ policy: { keypad: true, balanceCap: amount('500') } });
    expect(policyOf(shop, ['balanceCap'])).toEqual({ keypad: true });
    expect(shopChanges(now, shop, ['balanceCap', 'keypad'])).toEqual([]);
  });
});

describe('who sets a setting', () => {
  const owner = namesSet(shopOf({ policy: { keypad: true }, ways: ['cash'], receipts: { footer: '' } }));

  it('is IT before the owner, and a manager only where neither does', () => {
    expect(owner).toEqual(['keypad', 'tenders', 'receipts.footer']);
    expect(whoSets('keypad', { it: ['keypad'], owner })).toBe('it');
    expect(whoSets('keypad', { it: [], owner })).toBe('owner');
    expect(whoSets('scanPrefix', { it: ['keypad'], owner })).toBe('manager');
  });
});

describe('when it is taken over', () => {
  it('is from its day on, while nobody is in an entry', () => {
    expect(mayApply({ validFromMs: 5 }, { hasEntryOpen: false, nowMs: 5 })).toBe(true);
    expect(mayApply({ validFromMs: 5 }, { hasEntryOpen: false, nowMs: 4 })).toBe(false);
    expect(mayApply({ validFromMs: 5 }, { hasEntryOpen: true, nowMs: 9 })).toBe(false);
  });
});
