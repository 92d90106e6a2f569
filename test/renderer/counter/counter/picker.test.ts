import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channels } from '../../../../preload/contract/index.ts';
import { MOST_FOUND, narrowed, numbersToTellApart } from '../../../../renderer/counter/counter/picker.ts';
import { memberOf } from '../../support/samples.ts';

const member = (uid: string, number: string, name = 'Tan Mei Ling', maskedPhone = '•••• 5640') =>
  memberOf({ customerUid: uid, number, name, maskedPhone });

const shown = (...numbers: readonly string[]) => [
  ...numbersToTellApart(numbers.map((number, at) => member(String(at), number))).values(),
];

describe('the numbers in the picker', () => {
  it('show four characters where those differ', () => {
    expect(shown('8008010021', '8008010022')).toEqual(['•••• 0021', '•••• 0022']);
  });

  it('show as many as it takes where the last are alike, and only of those', () => {
    expect(shown('8008011234', '8008021234', '8008035678')).toEqual([
      '•••• 11234',
      '•••• 21234',
      '•••• 5678',
    ]);
    expect(shown('VIP-0012', '0012')).toEqual(['•••• -0012', '0012']);
    expect(shown('A-0001234', 'B-0001234')).toEqual(['A-0001234', 'B-0001234']);
    expect(shown('12', '3')).toEqual(['12', '3']);
  });

  it('are no two alike, whatever the numbers', () => {
    const number = fc.stringMatching(/^[A-C0-2-]{1,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(number, { minLength: 1, maxLength: 12 }), (numbers) => {
        const lines = shown(...numbers);
        expect(new Set(lines).size).toBe(numbers.length);
        for (const [at, text] of lines.entries()) {
          expect(numbers[at]?.endsWith(text.replace('•••• ', ''))).toBe(true);
        }
      }),
    );
  });
});

describe('narrowing', () => {
  const jose = member('1', '8008010021', 'José Álvarez', '•••• 1188');
  const lee = member('2', 'VIP-0012', 'Lee Wei', '•••• 2299');
  const chen = member('3', '8008010099', '陈佳', '•••• 3300');
  const found = (typed: string) => narrowed([jose, lee, chen], typed).map(({ customerUid }) => customerUid);

  it('goes by name, number and the end of the phone, without case and accents', () => {
    expect(found('')).toEqual(['1', '2', '3']);
    expect(found('jose alv')).toEqual(['1']);
    expect(found('vip')).toEqual(['2']);
    expect(found('80080100')).toEqual(['1', '3']);
    expect(found('3300')).toEqual(['3']);
    expect(found('陈')).toEqual(['3']);
    expect(found('lee 1188')).toEqual([]);
  });
});

it('says that there may be more where as many were found as the contract lets through', () => {
  const { members } = channels['members:find'].reply.shape;
  const all = Array.from({ length: MOST_FOUND + 1 }, (_, at) => member(String(at + 1), String(at)));
  expect(members.safeParse(all.slice(1)).success).toBe(true);
  expect(members.safeParse(all).success).toBe(false);
});
