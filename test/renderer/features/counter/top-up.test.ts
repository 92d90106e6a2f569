import { describe, expect, it } from 'vitest';
import { amount } from '../../../../preload/contract/index.ts';
import { readTopUp, sumsAfter, type TopUpFields } from '../../../../renderer/features/counter/top-up.ts';
import { memberOf, rules } from '../../support/samples.ts';

const fields = (changes: Partial<TopUpFields> = {}): TopUpFields => ({
  memberText: '8008010001',
  member: memberOf(),
  amountText: '50',
  pointsText: '',
  noteText: '',
  ...changes,
});

describe('the form', () => {
  it.each([
    ['half-width', '12.50', '12.50'],
    ['full-width digits of a Chinese keyboard', '１２．５０', '12.50'],
    ['pasted spaces', '  12.5 ', '12.5'],
  ])('%s: %s', (_, typed, expected) => {
    const read = readTopUp(fields({ amountText: typed }), rules);
    expect(read).toMatchObject({ value: { balanceIncrement: expected } });
  });

  it.each([
    ['0', 'zero'],
    ['-5', 'negative'],
    ['1e3', 'not-a-number'],
    ['12.345', 'too-many-decimals'],
    ['500.01', 'above-cap'],
    ['5 0', 'not-a-number'],
  ])('refuses the amount %s as %s', (amountText, problem) => {
    expect(readTopUp(fields({ amountText }), rules)).toEqual({
      ok: false,
      error: { kind: 'amount', problem },
    });
    expect(readTopUp(fields({ amountText: '', pointsText: amountText }), rules).ok).toBe(false);
  });

  it('adds points alone', () => {
    expect(readTopUp(fields({ amountText: '', pointsText: '40' }), rules)).toMatchObject({
      value: { balanceIncrement: '0', pointIncrement: '40' },
    });
  });

  it.each([
    [{ amountText: '', pointsText: '' }, { kind: 'nothing-to-add' }],
    [{ member: null }, { kind: 'not-looked-up' }],
    [{ member: null, memberText: ' ' }, { kind: 'no-member' }],
    [{ noteText: 'x'.repeat(201) }, { kind: 'note-too-long' }],
    [{ pointsText: '1.5' }, { kind: 'points', problem: 'too-many-decimals' }],
  ] as const)('is blocked: %o', (changes, error) => {
    expect(readTopUp(fields(changes), rules)).toEqual({ ok: false, error });
  });

  it.each(['disabled', 'deleted', 'expired', 'blank'] as const)('is closed for a %s member', (status) => {
    expect(readTopUp(fields({ member: memberOf({ status }) }), rules)).toEqual({
      ok: false,
      error: { kind: 'member-closed', status },
    });
  });

  it('foresees what the member will hold, with what still waits', () => {
    const member = memberOf({ waiting: { entries: 1, balance: amount('0.20'), point: amount('10') } });
    const read = readTopUp(fields({ amountText: '0.10', pointsText: '50' }), rules);
    if (!read.ok) throw new Error('the form is right');
    expect(sumsAfter(member, read.value)).toEqual({ balance: '120.3', point: '400' });
  });
});
