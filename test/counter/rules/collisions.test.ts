import { describe, expect, it } from 'vitest';
import { elsewhereByLog, elsewhereByReply, fitsRule } from '../../../main/counter/rules/collisions.ts';
import { bonusOn } from '../../../main/counter/rules/decide.ts';
import type { HostLogRow } from '../../../main/hosts/port/member-host.ts';
import { type Amount, addAmounts, amount, bonusKinds, zeroAmount } from '../../../preload/contract/index.ts';
import { bonusRule } from '../../kit/rules.ts';

const places = { balanceDecimals: 2 };
const day = '2026-01-15';

const row = (sum: string, datetime = `${day} 10:00:00`, gift: Amount = zeroAmount): HostLogRow => ({
  ...{ uid: '1', customerUid: '2', rechargeMoney: amount(sum), giftMoney: gift, datetime },
  ...{ payMethod: '', rechargeStoreAccount: '', customerMoneyAfterRecharge: null, remark: '' },
});

const fifty = bonusRule({ oncePerDay: true });
const tiers = [
  { from: amount('20'), gives: amount('5') },
  { from: amount('100'), gives: amount('12.5') },
];

describe('a sum that a rule could have made', () => {
  it.each([
    ['of the sum that it begins at', fifty, '55', true],
    ['of a larger one', fifty, '105', true],
    ['not of less', fifty, '54.99', false],
    ['not of nothing', fifty, '0', false],
    ['not of what was taken away', fifty, '-55', false],
    ['of a part', bonusRule({ kind: 'percent', tiers }), '21', true],
    ['of a part that was rounded down', bonusRule({ kind: 'percent', tiers }), '34.99', true],
    ['of the higher tier', bonusRule({ kind: 'percent', tiers }), '112.5', true],
    ['not between the tiers', bonusRule({ kind: 'percent', tiers }), '110', false],
    ['of what is capped', bonusRule({ kind: 'percent', tiers, cap: amount('10') }), '210', true],
  ] as const)('%s', (_, rule, sum, fits) => {
    expect(fitsRule(rule, amount(sum), places)).toBe(fits);
  });

  it.each(bonusKinds)('whatever its kind, here %s: what it gives, it could have made', (kind) => {
    const rule = bonusRule({ kind, tiers });
    const given = bonusOn(rule, amount('99.99'), places);
    expect(given).not.toBeNull();
    expect(fitsRule(rule, addAmounts(amount('99.99'), given?.value ?? zeroAmount), places)).toBe(true);
  });
});

describe('by the host’s log', () => {
  const own = [{ sum: amount('55'), dataChangeTime: `${day} 12:00:00` }];
  const find = (...rows: readonly HostLogRow[]) => elsewhereByLog(rows, day, own, fifty, places);

  it('a credit of the day that is not ours, and that the rule could have made', () => {
    const ours = row('55', `${day} 12:00:00`);
    expect(find(ours)).toBeNull();
    expect(find(ours, row('20'))).toBeNull();
    expect(find(ours, row('105', '2026-01-14 10:00:00'))).toBeNull();
    expect(find(ours, row('105'))).toEqual({ sum: '105', loggedAt: `${day} 10:00:00` });
    expect(find(ours, row('50', `${day} 10:00:00`, amount('5')))).toMatchObject({ sum: '55' });
  });

  it('ours explains one row, also where the host writes its own time', () => {
    expect(find(row('55', `${day} 12:00:04`))).toBeNull();
    expect(find(row('55', `${day} 10:00:00`), row('55', `${day} 12:00:04`))).toMatchObject({ sum: '55' });
  });
});

it('by the reply: what the member held beyond what our last one left', () => {
  const known = (text: string | null) => (text === null ? null : amount(text));
  const find = (held: string | null, before: string | null) =>
    elsewhereByReply(known(held), known(before), fifty, places);
  expect(find('130', '185')).toEqual({ sum: '55', loggedAt: null });
  expect(find('130', '130')).toBeNull();
  expect(find('130', '90')).toBeNull();
  expect(find(null, '185')).toBeNull();
  expect(find('130', null)).toBeNull();
});
