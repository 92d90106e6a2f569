import { describe, expect, it } from 'vitest';
import { checkAmounts, checkStatus } from '../../main/counter/check-draft.ts';
import { defaultLimits, limitsUnder } from '../../main/counter/limits.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { amount, compareAmounts, memberStatusSchema } from '../../preload/contract/index.ts';

const limits = defaultLimits('SGD');
const problem = (balance: string, point: string, currency = 'SGD') =>
  checkAmounts({ balanceIncrement: amount(balance), pointIncrement: amount(point) }, defaultLimits(currency));

describe('what the form has checked is checked where it counts', () => {
  it.each([
    ['50.00', '0'],
    ['0', '1'],
    ['0.01', '0.01'],
    ['2000', '100000'],
    ['2000.0000', '0'],
    ['12.500', '0'],
  ])('%s and %s points may be kept', (balance, point) => {
    expect(problem(balance, point)).toBeNull();
  });

  it.each([
    ['0', '0', 'nothing-to-add'],
    ['-0', '0.00', 'nothing-to-add'],
    ['-0.01', '0', 'amount-invalid'],
    ['1', '-1', 'points-invalid'],
    ['12.345', '0', 'amount-invalid'],
    ['1', '0.001', 'points-invalid'],
    ['2000.01', '0', 'above-cap'],
    ['1', '100000.01', 'above-cap'],
    ['999999999999999999999999999999', '0', 'above-cap'],
  ])('%s and %s points: %s', (balance, point, code) => {
    expect(problem(balance, point)?.code).toBe(code);
  });

  it('knows each currency’s decimals', () => {
    expect(problem('100', '0', 'JPY')).toBeNull();
    expect(problem('100.5', '0', 'JPY')?.code).toBe('amount-invalid');
    expect(problem('1.234', '0', 'KWD')).toBeNull();
  });

  it('says the cap that was met', () => {
    expect(problem('2000.01', '0')?.details).toEqual({ cap: limits.balanceCap });
    expect(problem('0', '100001')?.details).toEqual({ cap: limits.pointCap });
  });
});

it.each(memberStatusSchema.options)('a member that is %s', (status) => {
  expect(checkStatus(status)?.code).toBe(status === 'active' ? undefined : `member-${status}`);
});

it.each(['SGD', 'USD', 'CNY', 'JPY', 'KRW', 'IDR', 'KWD', 'XXX'])(
  '%s has quick amounts below its cap',
  (currency) => {
    const { quickAmounts, balanceCap } = defaultLimits(currency);
    expect(quickAmounts.length).toBeGreaterThan(0);
    for (const quick of quickAmounts) expect(compareAmounts(quick, balanceCap)).toBe(-1);
  },
);

it('offers what a manager has set, but nothing above the cap', () => {
  const policy = {
    ...defaultPolicy('SGD'),
    balanceCap: amount('100'),
    quickAmounts: ['5', '100.00', '100.01'].map(amount),
  };
  expect(limitsUnder('SGD', () => policy).quickAmounts).toEqual(['5', '100.00']);
});
