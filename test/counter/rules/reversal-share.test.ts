import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addedOf, incrementOf, isPart, takeBack } from '../../../main/counter/rules/reversal-share.ts';
import { shareOf } from '../../../main/counter/rules/share.ts';
import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';

const sgd = { balanceDecimals: 2 };
const added = addedOf(amount('55'), amount('5'), amount('50'));
const of = (principal: string, holds: string | null = null) =>
  takeBack(added, amount(principal), holds === null ? null : amount(holds), sgd);

describe('a reversal', () => {
  it('of the whole takes back principal, bonus and points exactly', () => {
    expect(of('50')).toEqual({ principal: '50', bonus: '5', points: '50', letGo: '0', isRounded: false });
    expect(incrementOf(of('50'))).toEqual({ balanceIncrement: '-55', pointIncrement: '-50' });
    // A share would lose the half.
    const half = addedOf(amount('10.01'), amount('0.01'), amount('0.5'));
    expect(takeBack(half, amount('10'), null, sgd)).toMatchObject({ bonus: '0.01', points: '0.5' });
  });

  it('of a part takes its share, rounded down, and says so', () => {
    expect(of('20')).toMatchObject({ principal: '20', bonus: '2', points: '20', isRounded: false });
    expect(of('33.33')).toMatchObject({ bonus: '3.33', points: '33', isRounded: true });
  });

  it('lets go of the bonus that was spent, and never of the principal', () => {
    expect(of('50', '55')).toMatchObject({ bonus: '5', letGo: '0' });
    expect(of('50', '52.50')).toMatchObject({ bonus: '2.5', letGo: '2.5' });
    expect(of('50', '30')).toMatchObject({ principal: '50', bonus: '0', letGo: '5' });
    expect(of('50', '-3')).toMatchObject({ principal: '50', bonus: '0', letGo: '5' });
    expect(of('20', '21')).toMatchObject({ bonus: '1', letGo: '1' });
  });

  it.each([
    ['50', true],
    ['0.01', true],
    ['0', false],
    ['-1', false],
    ['50.01', false],
  ])('%s of 50 may be taken back: %s', (principal, may) => {
    expect(isPart(added, amount(principal))).toBe(may);
  });

  it('of points alone is of the whole', () => {
    const award = addedOf(zeroAmount, null, amount('20'));
    expect(isPart(award, zeroAmount)).toBe(true);
    expect(takeBack(award, zeroAmount, null, sgd)).toMatchObject({ principal: '0', points: '20' });
  });
});

const sum = (max: bigint) =>
  fc
    .bigInt({ min: 0n, max })
    .map((units) => amount(`${units / 100n}.${String(units % 100n).padStart(2, '0')}`));

it('never takes more than there was, and what is left and what was taken are the whole', () => {
  const part = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(
      sum(10n ** 7n),
      sum(10n ** 6n),
      sum(10n ** 7n),
      part,
      fc.option(sum(10n ** 7n)),
      (paid, bonus, points, per, holds) => {
        const principal = addAmounts(paid, amount('0.01'));
        const whole = addedOf(addAmounts(principal, bonus), bonus, points);
        const some = shareOf(principal, amount(String(per)), amount('10000'), 2).value;
        fc.pre(isPart(whole, some));
        const back = takeBack(whole, some, holds, sgd);
        const atMost = (value: Amount, most: Amount) =>
          expect(compareAmounts(value, most)).toBeLessThanOrEqual(0);
        atMost(back.principal, whole.principal);
        atMost(addAmounts(back.bonus, back.letGo), whole.bonus);
        atMost(back.points, whole.points);
        for (const value of [back.principal, back.bonus, back.points, back.letGo]) atMost(zeroAmount, value);
        const { balanceIncrement } = incrementOf(back);
        expect(compareAmounts(addAmounts(balanceIncrement, back.principal, back.bonus), zeroAmount)).toBe(0);
        // The rest could be taken back later without ever coming to more than the whole.
        const rest = takeBack(whole, subtractAmounts(whole.principal, back.principal), null, sgd);
        atMost(addAmounts(rest.bonus, back.bonus), whole.bonus);
      },
    ),
  );
});

it('a share is no division by nothing, and none of less than nothing', () => {
  expect(() => shareOf(amount('1'), amount('1'), zeroAmount, 2)).toThrow(RangeError);
  expect(() => shareOf(amount('-1'), amount('1'), amount('1'), 2)).toThrow(RangeError);
});
