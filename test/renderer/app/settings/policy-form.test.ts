import { describe, expect, it } from 'vitest';
import { amount, type Policy, policySchema } from '../../../../preload/contract/index.ts';
import {
  amountFields,
  fieldsOver,
  numberBounds,
  numberFields,
  type PolicyFields,
  policyChanges,
  policyFields,
  readPolicy,
  readScanner,
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
  callsKeptForIncrements: 100,
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
const fields = policyFields(policy, 'en');
const read = (changes: Partial<PolicyFields> = {}) =>
  readPolicy({ ...fields, ...changes }, policy, policyRules);
const changed = (changes: Partial<PolicyFields>) =>
  policyChanges({ ...fields, ...changes }, policy, policyRules);
const problems = (changes: Partial<PolicyFields>) => {
  const result = read(changes);
  return result.ok ? {} : result.error;
};

describe('the settings form', () => {
  it('shows hours and minutes, and reads back what it shows', () => {
    expect(fields).toMatchObject({
      offlineWindowMs: '24',
      repeatWithinMs: '10',
      pointCap: '100,000',
    });
    const result = read();
    expect(result.ok && policySchema.parse(result.value)).toEqual(policy);
  });

  it.each([
    ['3:00', 180],
    ['03.30', 210],
    [' 23:59 ', 1_439],
    ['０４：００', 240],
    ['00:00', 0],
  ])('takes %s as when the day ends', (typed, minute) => {
    expect(policyFields(policy, 'en-SG').businessDayEndsAtMinute).toBe('04:00');
    expect(read({ businessDayEndsAtMinute: typed })).toMatchObject({
      ok: true,
      value: { businessDayEndsAtMinute: minute },
    });
  });

  it.each(['240', '3', '24:00', '12:60', '3:5', '3 am', '', '-1:00'])('takes %j for no time', (typed) => {
    expect(read({ businessDayEndsAtMinute: typed })).toEqual({
      ok: false,
      error: { businessDayEndsAtMinute: { key: 'policy.problems.not-a-time' } },
    });
  });

  it('takes half an hour, full-width digits and separators', () => {
    const result = read({ offlineWindowMs: '1.5', callsPerDay: '５００', balanceCap: '1,500.50' });
    expect(result).toMatchObject({
      ok: true,
      value: { offlineWindowMs: 5_400_000, callsPerDay: 500, balanceCap: '1500.50' },
    });
  });

  it('writes and reads numbers as the till’s locale does, and says how', () => {
    const marks = { groupSeparator: '.', decimalSeparator: ',' };
    const german = { locale: 'en-DE', money: { ...marks, decimals: 2 }, points: { ...marks, decimals: 0 } };
    const kept = { ...policy, offlineWindowMs: 5_400_000, callsPerDay: 1_500 };
    const shown = policyFields(kept, 'en-DE');
    expect(shown).toMatchObject({ memberWaitingCap: '500,00', offlineWindowMs: '1,5', callsPerDay: '1.500' });
    expect(readPolicy(shown, policy, german)).toMatchObject({
      ok: true,
      value: { memberWaitingCap: '500.00', offlineWindowMs: 5_400_000, callsPerDay: 1_500 },
    });
    const wrong = { ...shown, memberWaitingCap: '500.00', tillWaitingCap: 'x', offlineWindowMs: '1.5' };
    expect(readPolicy(wrong, kept, german)).toEqual({
      ok: false,
      error: {
        memberWaitingCap: { key: 'wrongSeparator.decimal.comma', values: { sample: '500,00' } },
        tillWaitingCap: { key: 'policy.problems.not-an-amount', values: { sample: '500,00' } },
        offlineWindowMs: { key: 'wrongSeparator.decimal.comma', values: { sample: '1,5' } },
      },
    });
  });

  it('names what is not as it is kept, whatever is wrong elsewhere', () => {
    expect(changed({})).toEqual([]);
    expect(changed({ memberWaitingCap: '500', offlineWindowMs: '24.0' })).toEqual([]);
    expect(changed({ memberWaitingCap: '501' })).toEqual(['memberWaitingCap']);
    expect(changed({ memberWaitingCap: '', keypad: true })).toEqual(['keypad', 'memberWaitingCap']);
    expect(changed({ tillNumbersDeclared: !policy.tillNumbersDeclared })).toEqual(['tillNumbersDeclared']);
    expect(changed({ standardTenders: ['cash'], ownTenders: 'Voucher' })).toEqual(['ownTenders']);
    expect(changed({ scanMeanGapMs: 'x', scanEnd: 'tab' })).toEqual(['scanEnd', 'scanMeanGapMs']);
  });

  it('takes what a scanner adds as it is, unless it is too long', () => {
    const result = read({ scanPrefix: ' ＃', scanSuffix: '%'.repeat(20), scanEnd: 'tab', keypad: true });
    expect(result).toMatchObject({
      ok: true,
      value: { scanPrefix: ' ＃', scanSuffix: '%'.repeat(20), scanEnd: 'tab', keypad: true },
    });
    expect(problems({ scanPrefix: 'x'.repeat(21) })).toEqual({
      scanPrefix: { key: 'policy.problems.too-many-characters', values: { max: '20' } },
    });
  });

  it('takes sums to press, each once, and says which is none', () => {
    expect(fields.quickAmounts).toBe('10  20.50');
    expect(read({ quickAmounts: ' 5;10  1,000 5.00 ' })).toMatchObject({
      ok: true,
      value: { quickAmounts: ['5', '10', '1000'] },
    });
    expect(read({ quickAmounts: '' })).toMatchObject({ ok: true, value: { quickAmounts: [] } });
    expect(problems({ quickAmounts: '10 -5' })).toEqual({
      quickAmounts: { key: 'policy.problems.not-an-amount', values: { sample: '500.00' } },
    });
    expect(problems({ quickAmounts: '1 2 3 4 5 6 7 8 9' })).toEqual({
      quickAmounts: { key: 'policy.problems.too-many-amounts', values: { max: '8' } },
    });
    expect(changed({ quickAmounts: '10.00 20.5' })).toEqual([]);
    expect(changed({ quickAmounts: '20.5 10' })).toEqual(['quickAmounts']);
  });

  it('sends what was not touched as it is, also what a file set that the form cannot write', () => {
    const byFile: Policy = {
      ...policy,
      updateFromMinute: 125,
      offlineWindowMs: 60_000,
      balanceCap: amount('50.0125'),
      quickAmounts: ['10', '10.00'].map(amount),
      tenders: ['own:Voucher', 'card', 'cash'],
      callsKeptForIncrements: 500,
    };
    const shown = policyFields(byFile, 'en');
    expect(readPolicy({ ...shown, keypad: true }, byFile, policyRules)).toEqual({
      ok: true,
      value: { ...byFile, keypad: true },
    });
    expect(readPolicy({ ...shown, updateFromMinute: '25' }, byFile, policyRules)).toMatchObject({
      error: { updateFromMinute: { key: 'policy.problems.too-large' } },
    });
  });

  it('shows what is typed over what is kept, but not where it was set above the till meanwhile', () => {
    const typed = { keypad: true, floatCap: 'x', balanceCap: '9', standardTenders: ['card'] };
    expect(fieldsOver(policy, typed, 'en', [])).toEqual({ ...fields, ...typed });
    expect(fieldsOver(policy, typed, 'en', ['balanceCap', 'tenders', 'rules'])).toEqual({
      ...fields,
      ...{ keypad: true, floatCap: 'x' },
    });
  });

  it('tells how the scanner would be, unless the form is wrong there', () => {
    expect(
      readScanner({ ...fields, scanMeanGapMs: '50', scanPrefix: 'CF', balanceCap: '' }, policyRules),
    ).toEqual({
      meanGapMs: 50,
      prefix: 'CF',
      suffix: '',
      end: 'either',
    });
    expect(readScanner({ ...fields, scanMeanGapMs: '4' }, policyRules)).toBeNull();
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
    expect(problems({ callsPerDay: '9' })).toEqual({
      callsPerDay: { key: 'policy.problems.too-small', values: { min: '10' } },
    });
    expect(problems({ managerUnlockedMs: '61' })).toEqual({
      managerUnlockedMs: { key: 'policy.problems.too-large', values: { max: '60' } },
    });
  });

  it('never makes the wait shorter than is safe', () => {
    expect(policySchema.safeParse({ ...policy, quiescenceMs: 149_000 }).success).toBe(false);
    expect(policySchema.safeParse({ ...policy, secondReadingMs: 59_500 }).success).toBe(false);
  });

  it.each(['', 'x', '-1', '1e3', '12.345'])('refuses %o as a cap', (typed) => {
    for (const field of amountFields) expect(Object.keys(problems({ [field]: typed }))).toEqual([field]);
  });

  it('takes nought where a drawer may be off by nothing, or a shift begins without a float, and nowhere else', () => {
    const zero = amountFields.filter((field) => Object.keys(problems({ [field]: '0' })).length === 0);
    expect(zero).toEqual(['varianceLimit', 'floatCap']);
  });

  it.each(['', 'x', '-1', '1e3', '1,5', 'Infinity'])('refuses %o as a number', (typed) => {
    for (const field of numberFields) expect(Object.keys(problems({ [field]: typed }))).toEqual([field]);
  });

  it('tells of all that is wrong at once', () => {
    expect(Object.keys(problems({ balanceCap: '', offlineWindowMs: '0', callsPerDay: '5.5' }))).toEqual([
      'balanceCap',
      'offlineWindowMs',
      'callsPerDay',
    ]);
  });

  it('keeps no more calls back than there are', () => {
    expect(read({ callsPerDay: '50' })).toMatchObject({ ok: true, value: { callsKeptForIncrements: 50 } });
    expect(read({ callsPerDay: '200' })).toMatchObject({ ok: true, value: { callsKeptForIncrements: 100 } });
  });

  it('never sends what the contract would refuse', () => {
    const typed = ['0', '1', '30', '150', '720', '721', '1440', '3600', '1000000', '9999999', '1000000000'];
    for (const field of [...numberFields, ...amountFields]) {
      for (const text of typed) {
        const result = read({ [field]: text });
        if (result.ok) expect(policySchema.safeParse(result.value).success, `${field} ${text}`).toBe(true);
      }
    }
  });
});

describe('how members may pay', () => {
  it('is ticked, and typed where it is the shop’s own', () => {
    expect(fields).toMatchObject({ standardTenders: ['cash', 'qr'], ownTenders: 'Voucher' });
    expect(read({ standardTenders: ['qr', 'cash'], ownTenders: ' 礼券， Voucher;Voucher ,' })).toMatchObject({
      ok: true,
      value: { tenders: ['cash', 'qr', 'own:礼券', 'own:Voucher'] },
    });
    expect(read({ standardTenders: [], ownTenders: '' })).toMatchObject({ ok: true, value: { tenders: [] } });
    expect(problems({ ownTenders: 'a,b,c,d,e' })).toMatchObject({
      ownTenders: { key: 'policy.problems.too-many-tenders' },
    });
    expect(problems({ ownTenders: 'x'.repeat(25) })).toMatchObject({
      ownTenders: { key: 'policy.problems.too-many-characters' },
    });
  });
});
