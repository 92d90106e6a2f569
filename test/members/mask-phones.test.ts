import { expect, it } from 'vitest';
import { isOwnPhone, maskPhonesIn } from '../../main/members/mask-phones.ts';

it.each([
  ['91234567', '•••• 4567'],
  ['Tan 9123 4567', 'Tan •••• 4567'],
  ['+65 9123-4567 (home)', '•••• 4567 (home)'],
  ['(012) 345-6789', '•••• 6789'],
  ['012.345.6789', '•••• 6789'],
  ['tel:91234567,98765432', 'tel:•••• 4567,•••• 5432'],
  ['hp91234567/HP-98765432', 'hp•••• 4567/HP-•••• 5432'],
  ['电话９１２３４５６７。', '电话•••• ４５６７。'],
  ['会员13912345678充值', '会员•••• 5678充值'],
  ['+60\u00a012\u2011345\u00a06789', '•••• 6789'],
  ['1234567', '•••• 4567'],
])('a phone in %j is masked', (text, masked) => {
  expect(maskPhonesIn(text)).toBe(masked);
});

it.each([
  '',
  'Tan Mei Ling',
  'FUN00123',
  '123456',
  'S$1,234,567.50',
  '1234567.50',
  '2026-11-25 13:45:00',
  // A member's id at the host.
  '574093875641837465',
  '50 + 5',
])('%j has none', (text) => {
  expect(maskPhonesIn(text)).toBe(text);
});

it('a card is a phone where it is the member’s own, however either is written', () => {
  expect(isOwnPhone('91234567', '+65 9123 4567')).toBe(true);
  expect(isOwnPhone('91234567', '9123-4567')).toBe(true);
  expect(isOwnPhone('91234568', '91234567')).toBe(false);
  expect(isOwnPhone('10000001', '')).toBe(false);
  expect(isOwnPhone('', '91234567')).toBe(false);
});
