import { describe, expect, it } from 'vitest';
import { amount, type Policy, policySchema } from '../../../../preload/contract/index.ts';
import {
  amountFields,
  codeFields,
  listFields,
  numberBounds,
  numberFields,
  type PolicyField,
  readSetting,
  timeFields,
  withStandardTenders,
  written,
} from '../../../../renderer/app/settings/policy-form.ts';
import { rules } from '../../support/samples.ts';

const policy: Policy = {
  tillNumbersDeclared: true,
  quiescenceMs: 150_000,
  secondReadingMs: 60_000,
  lookAfterMs: 3_600_000,
  balanceCap: amount('2000'),
  pointCap: amount('100000'),
  memberWaitingCap: amount('500.00'),
  tillWaitingCap: amount('5000.00'),
  offlineWindowMs: 86_400_000,
  repeatWithinMs: 600_000,
  callsPerDay: 300,
  memberFreshMs: 180_000,
  memberKeptMs: 400 * 86_400_000,
  managerUnlockedMs: 300_000,
  peopleLockAfterMs: 300_000,
  scanMeanGapMs: 35,
  scanPrefix: '',
  scanSuffix: '',
  scanEnd: 'either',
  keypad: false,
  quickAmounts: ['10', '20.50'].map(amount),
  tenders: ['cash', 'qr', 'own:Voucher'],
  accounts: { members: '2150' },
  screenLanguage: 'as-set-up',
  updateFromMinute: 120,
  updateToMinute: 330,
  updateKilobytesPerSecond: 256,
  updateOnPress: false,
  businessDayEndsAtMinute: 240,
  varianceLimit: amount('5'),
  floatCap: amount('2000'),
};
const policyRules = { locale: 'en', money: rules.amount, points: rules.points };
const read = (field: PolicyField, typed: string) => readSetting(field, typed, policy, policyRules);
const problem = (field: PolicyField, typed: string) => {
  const result = read(field, typed);
  return result.ok ? null : result.error;
};
const typedFields = [...amountFields, ...numberFields, ...codeFields, ...listFields, ...timeFields];

describe('the settings form', () => {
  it('shows hours and minutes, and sets nothing by what it shows', () => {
    expect(written('offlineWindowMs', policy, 'en')).toBe('24');
    expect(written('repeatWithinMs', policy, 'en')).toBe('10');
    expect(written('pointCap', policy, 'en')).toBe('100,000');
    expect(written('businessDayEndsAtMinute', policy, 'en-SG')).toBe('04:00');
    for (const field of typedFields) {
      const set = read(field, written(field, policy, 'en'));
      expect(set.ok && { ...policy, ...set.value }, field).toEqual(policy);
    }
  });

  it.each([
    ['3:00', 180],
    ['03.30', 210],
    [' 23:59 ', 1_439],
    ['０４：００', 240],
    ['00:00', 0],
  ])('takes %s as when the day ends', (typed, businessDayEndsAtMinute) => {
    expect(read('businessDayEndsAtMinute', typed)).toEqual({ ok: true, value: { businessDayEndsAtMinute } });
  });

  it.each(['240', '3', '24:00', '12:60', '3:5', '3 am', '', '-1:00'])('takes %j for no time', (typed) => {
    expect(problem('businessDayEndsAtMinute', typed)).toEqual({ key: 'policy.problems.not-a-time' });
  });

  it('takes half an hour, full-width digits and separators', () => {
    expect(read('offlineWindowMs', '1.5')).toEqual({ ok: true, value: { offlineWindowMs: 5_400_000 } });
    expect(read('callsPerDay', '５００')).toMatchObject({ ok: true, value: { callsPerDay: 500 } });
    expect(read('balanceCap', '1,500.50')).toEqual({ ok: true, value: { balanceCap: '1500.50' } });
  });

  it('writes and reads numbers as the till’s locale does, and says how', () => {
    const marks = { groupSeparator: '.', decimalSeparator: ',' };
    const german = { locale: 'en-DE', money: { ...marks, decimals: 2 }, points: { ...marks, decimals: 0 } };
    const at = (field: PolicyField, typed: string) => readSetting(field, typed, policy, german);
    expect(written('memberWaitingCap', policy, 'en-DE')).toBe('500,00');
    expect(written('callsPerDay', { ...policy, callsPerDay: 1_500 }, 'en-DE')).toBe('1.500');
    expect(at('callsPerDay', '1.500')).toMatchObject({ ok: true, value: { callsPerDay: 1_500 } });
    expect(at('offlineWindowMs', '1,5')).toEqual({ ok: true, value: { offlineWindowMs: 5_400_000 } });
    expect(at('memberWaitingCap', '500.00')).toEqual({
      ok: false,
      error: { key: 'wrongSeparator.decimal.comma', values: { sample: '500,00' } },
    });
    expect(at('tillWaitingCap', 'x')).toEqual({
      ok: false,
      error: { key: 'policy.problems.not-an-amount', values: { sample: '500,00' } },
    });
    expect(at('offlineWindowMs', '1.5')).toEqual({
      ok: false,
      error: { key: 'wrongSeparator.decimal.comma', values: { sample: '1,5' } },
    });
  });

  it('sets nothing by the same in another notation', () => {
    expect(read('memberWaitingCap', '500')).toEqual({ ok: true, value: {} });
    expect(read('offlineWindowMs', '24.0')).toEqual({ ok: true, value: {} });
    expect(read('memberWaitingCap', '501')).toEqual({ ok: true, value: { memberWaitingCap: '501' } });
  });

  it('takes what a scanner adds as it is, unless it is too long', () => {
    expect(read('scanPrefix', ' ＃')).toEqual({ ok: true, value: { scanPrefix: ' ＃' } });
    expect(read('scanSuffix', '%'.repeat(20))).toEqual({ ok: true, value: { scanSuffix: '%'.repeat(20) } });
    expect(problem('scanPrefix', 'x'.repeat(21))).toEqual({
      key: 'policy.problems.too-many-characters',
      values: { max: '20' },
    });
  });

  it('takes sums to press, each once, and says which is none', () => {
    expect(written('quickAmounts', policy, 'en')).toBe('10  20.50');
    const set = (quickAmounts: readonly string[]) => ({ ok: true, value: { quickAmounts } });
    expect(read('quickAmounts', ' 5;10  1,000 5.00 ')).toEqual(set(['5', '10', '1000']));
    expect(read('quickAmounts', '')).toEqual(set([]));
    expect(problem('quickAmounts', '10 -5')).toEqual({
      key: 'policy.problems.not-an-amount',
      values: { sample: '500.00' },
    });
    expect(problem('quickAmounts', '1 2 3 4 5 6 7 8 9')).toEqual({
      key: 'policy.problems.too-many-amounts',
      values: { max: '8' },
    });
    expect(read('quickAmounts', '10.00 20.5')).toEqual({ ok: true, value: {} });
    expect(read('quickAmounts', '20.5 10')).toEqual(set(['20.5', '10']));
  });

  it('has the bounds of the contract', () => {
    for (const field of numberFields) {
      const { unit, min, max } = numberBounds[field];
      const taken = (value: number) =>
        policySchema.safeParse({ ...policy, [field]: Math.round(value * unit) }).success;
      expect([taken(min), taken(max)], field).toEqual([true, true]);
      expect(taken(max + 1), field).toBe(false);
    }
  });

  it('says between what a number must be', () => {
    expect(problem('callsPerDay', '9')).toEqual({ key: 'policy.problems.too-small', values: { min: '10' } });
    expect(problem('managerUnlockedMs', '61')).toEqual({
      key: 'policy.problems.too-large',
      values: { max: '60' },
    });
  });

  it('never makes the wait shorter than is safe', () => {
    expect(policySchema.safeParse({ ...policy, quiescenceMs: 149_000 }).success).toBe(false);
    expect(policySchema.safeParse({ ...policy, secondReadingMs: 59_500 }).success).toBe(false);
  });

  it.each(['', 'x', '-1', '1e3', '12.345'])('refuses %o as a cap', (typed) => {
    for (const field of amountFields) expect(problem(field, typed), field).not.toBeNull();
  });

  it('takes nought where a drawer may be off by nothing, or a shift begins without a float, and nowhere else', () => {
    const zero = amountFields.filter((field) => problem(field, '0') === null);
    expect(zero).toEqual(['varianceLimit', 'floatCap']);
  });

  it.each(['', 'x', '-1', '1e3', '1,5', 'Infinity'])('refuses %o as a number', (typed) => {
    for (const field of numberFields) expect(problem(field, typed), field).not.toBeNull();
  });

  it('never sends what the contract would refuse', () => {
    const typed = ['0', '1', '30', '150', '720', '721', '1440', '3600', '1000000', '9999999', '1000000000'];
    for (const field of [...numberFields, ...amountFields]) {
      for (const text of typed) {
        const result = read(field, text);
        if (!result.ok) continue;
        expect(policySchema.safeParse({ ...policy, ...result.value }).success, `${field} ${text}`).toBe(true);
      }
    }
  });
});

describe('how members may pay', () => {
  it('is ticked, and typed where it is the shop’s own', () => {
    expect(written('ownTenders', policy, 'en')).toBe('Voucher');
    expect(withStandardTenders(['qr', 'own:Voucher', 'cash', 'card'], policy)).toEqual({
      tenders: ['cash', 'card', 'qr', 'own:Voucher'],
    });
    expect(withStandardTenders([], policy)).toEqual({ tenders: ['own:Voucher'] });
    expect(read('ownTenders', ' 礼券， Voucher;Voucher ,')).toEqual({
      ok: true,
      value: { tenders: ['cash', 'qr', 'own:礼券', 'own:Voucher'] },
    });
    expect(read('ownTenders', '')).toEqual({ ok: true, value: { tenders: ['cash', 'qr'] } });
    expect(problem('ownTenders', 'a,b,c,d,e')).toMatchObject({ key: 'policy.problems.too-many-tenders' });
    expect(problem('ownTenders', 'x'.repeat(25))).toMatchObject({
      key: 'policy.problems.too-many-characters',
    });
  });
});
