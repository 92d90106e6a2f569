import { expect, it } from 'vitest';
import { checkTender, type Tendered } from '../../main/counter/tender.ts';
import { amount } from '../../preload/contract/index.ts';

const limits = { balanceCap: amount('2000'), balanceDecimals: 2 };
const policy = { tenders: ['cash', 'card', 'own:Voucher'] };
const problem = (tendered: Tendered, paid = '50') =>
  checkTender(tendered, amount(paid), policy, limits)?.code ?? null;

it('takes what the till offers, and what nobody was asked', () => {
  expect(problem({})).toBeNull();
  expect(problem({ tender: 'card' })).toBeNull();
  expect(problem({ tender: 'own:Voucher' })).toBeNull();
  expect(problem({ tender: 'cash', given: amount('50') })).toBeNull();
  expect(problem({ tender: 'cash', given: amount('100') })).toBeNull();
});

it('says that a way to pay is no longer offered', () => {
  expect(problem({ tender: 'qr' })).toBe('tender-gone');
});

it.each([
  ['money for points alone', { tender: 'cash' }, '0'],
  ['cash without a tender', { given: amount('100') }, '50'],
  ['change on a card', { tender: 'card', given: amount('100') }, '50'],
  ['less than the sum', { tender: 'cash', given: amount('49.99') }, '50'],
  ['parts of a cent', { tender: 'cash', given: amount('50.001') }, '50'],
  ['a slip of the finger', { tender: 'cash', given: amount('20001') }, '50'],
] as const)('refuses %s', (_, tendered, paid) => {
  expect(problem(tendered, paid)).toBe('invalid-request');
});
