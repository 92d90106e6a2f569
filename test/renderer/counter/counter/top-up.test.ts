import { describe, expect, it } from 'vitest';
import { type Amount, amount } from '../../../../preload/contract/index.ts';
import { createFormReader } from '../../../../renderer/counter/counter/read-form.ts';
import {
  noRules,
  principalOf,
  sumsAfter,
  type TopUpFields,
  type TopUpRules,
} from '../../../../renderer/counter/counter/top-up.ts';
import { memberOf, rules } from '../../support/samples.ts';

const fields = (changes: Partial<TopUpFields> = {}): TopUpFields => ({
  memberText: '8008010001',
  member: memberOf(),
  amountText: '50',
  pointsText: '',
  noteText: '',
  purchaseText: '',
  reason: '',
  shop: noRules,
  seen: null,
  tender: '',
  givenText: '',
  ...changes,
});

const formOf = (typed: TopUpFields, by: TopUpRules = rules) => createFormReader()({ ...typed, rules: by });
const topUpOf = (typed: TopUpFields, by?: TopUpRules) => formOf(typed, by).topUp;

describe('the form', () => {
  it.each([
    ['half-width', '12.50', '12.50'],
    ['full-width digits of a Chinese keyboard', '１２．５０', '12.50'],
    ['pasted spaces', '  12.5 ', '12.5'],
  ])('%s: %s', (_, typed, expected) => {
    const read = topUpOf(fields({ amountText: typed }));
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
    expect(topUpOf(fields({ amountText }))).toEqual({
      ok: false,
      error: { kind: 'amount', problem },
    });
    expect(topUpOf(fields({ amountText: '', pointsText: amountText })).ok).toBe(false);
  });

  it('adds points alone', () => {
    expect(topUpOf(fields({ amountText: '', pointsText: '40' }))).toMatchObject({
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
    expect(topUpOf(fields(changes))).toEqual({ ok: false, error });
  });

  it.each(['disabled', 'deleted', 'expired', 'blank'] as const)('is closed for a %s member', (status) => {
    expect(topUpOf(fields({ member: memberOf({ status }) }))).toEqual({
      ok: false,
      error: { kind: 'member-closed', status },
    });
  });

  it('foresees what the member will hold, with what still waits', () => {
    const member = memberOf({
      waiting: { entries: 1, balance: amount('0.20'), bonus: amount('0'), point: amount('10') },
    });
    const read = topUpOf(fields({ amountText: '0.10', pointsText: '50' }));
    if (!read.ok) throw new Error('the form is right');
    expect(sumsAfter(member, read.value)).toEqual({ balance: '120.3', point: '400' });
  });

  it.each([
    ['the till alone tells of it', { source: 'till' }],
    [
      'an entry is being checked',
      { checking: { entries: 1, balance: amount('1'), bonus: amount('0'), point: amount('0') } },
    ],
  ] as const)('promises no sum where %s', (_why, change) => {
    const read = topUpOf(fields());
    if (!read.ok) throw new Error('the form is right');
    expect(sumsAfter(memberOf(change), read.value)).toBeNull();
  });
});

describe('what the rules give', () => {
  const shop = { version: 3, givesAnything: true, asksPurchase: true };
  const gets = { version: 3, bonus: amount('5'), rule: 'Pay 50 get 5', points: null, isRounded: false };
  /** The form once main has said this of it. */
  const told = (change: Partial<TopUpFields> = {}, said: Partial<typeof gets> | { points: Amount } = {}) => {
    const before = fields({ shop, ...change });
    const { asked } = formOf(before);
    if (asked === null) throw new Error('nothing is asked');
    return { ...before, seen: { asked, gets: { ...gets, ...said } } };
  };

  it('nothing is confirmed before main has said it', () => {
    expect(topUpOf(fields({ shop }))).toEqual({ ok: false, error: { kind: 'reckoning' } });
  });

  it('the bonus is a part of the increment, and told apart', () => {
    const read = topUpOf(told());
    expect(read).toMatchObject({
      value: { balanceIncrement: '55', bonus: '5', rulesVersion: 3, purchase: '0' },
    });
    if (read.ok) expect(principalOf(read.value)).toBe('50');
  });

  it.each([
    ['another sum', { amountText: '60' }],
    ['another purchase', { purchaseText: '3' }],
    ['another member', { member: memberOf({ customerUid: '7' }) }],
    ['other rules', { shop: { ...shop, version: 4 } }],
  ])('what was said holds for no %s', (_, change) => {
    expect(topUpOf({ ...told(), ...change })).toMatchObject({ error: { kind: 'reckoning' } });
  });

  it('points by a rule stand in the place of what is typed', () => {
    const form = told({ pointsText: 'x' }, { points: amount('50') });
    expect(formOf(form).pointsByRule).toBe('50');
    expect(topUpOf(form)).toMatchObject({ value: { pointIncrement: '50' } });
    expect(topUpOf(told({ pointsText: '7' }))).toMatchObject({ value: { pointIncrement: '7' } });
  });

  it('an award has a reason, a top-up none', () => {
    const award = { shop, reason: 'Birthday', amountText: '', pointsText: '20' };
    expect(topUpOf(fields(award))).toMatchObject({ value: { reason: 'Birthday', rulesVersion: 3 } });
    const read = topUpOf(told({ reason: 'Birthday' }));
    expect(read.ok && 'reason' in read.value).toBe(false);
  });

  it('a shop without rules says nothing of them', () => {
    const read = topUpOf(fields());
    expect(read.ok && Object.keys(read.value)).not.toContain('bonus');
  });
});

describe('how it is paid', () => {
  const asked = { ...rules, tenders: ['cash', 'card', 'own:Voucher'] };
  const read = (changes: Partial<TopUpFields>) => topUpOf(fields(changes), asked);
  const paid = (changes: Partial<TopUpFields>) => {
    const wish = read(changes);
    return wish.ok ? { tender: wish.value.tender, given: wish.value.given } : wish.error;
  };

  it('is asked for every top-up, and for nothing that costs nothing', () => {
    expect(paid({})).toEqual({ kind: 'no-tender' });
    expect(paid({ tender: 'cheque' })).toEqual({ kind: 'no-tender' });
    expect(paid({ tender: 'own:Voucher' })).toEqual({ tender: 'own:Voucher', given: null });
    expect(paid({ amountText: '', pointsText: '20', tender: 'cash' })).toEqual({ tender: null, given: null });
    expect(topUpOf(fields())).toMatchObject({ ok: true, value: { tender: null } });
  });

  it('of cash tells what was handed over, and what goes back', () => {
    expect(paid({ tender: 'cash', givenText: '100' })).toEqual({ tender: 'cash', given: '100' });
    expect(paid({ tender: 'cash', givenText: '49.99' })).toEqual({ kind: 'given-too-little' });
    expect(paid({ tender: 'cash', givenText: 'ten' })).toMatchObject({ kind: 'given' });
    expect(paid({ tender: 'cash', givenText: '9000' })).toEqual({ kind: 'given', problem: 'above-cap' });
    // What was typed for cash counts for nothing else.
    expect(paid({ tender: 'card', givenText: 'ten' })).toEqual({ tender: 'card', given: null });
    const change = (givenText: string) => formOf(fields({ tender: 'cash', givenText }), asked).change;
    expect([change('100'), change('50'), change('')]).toEqual(['50', null, null]);
  });
});
