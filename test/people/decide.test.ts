import { expect, it } from 'vitest';
import { isOverLimit, refusal } from '../../main/people/decide.ts';
import { firstPermissions } from '../../main/people/person.ts';
import { amount, guardedActs, type Permissions, permissionAnswers } from '../../preload/contract/index.ts';

const known = ['1', '2', '3'].flatMap((id) =>
  (['cashier', 'manager'] as const).map((role) => ({ id, role })),
);

const answering = (
  act: (typeof guardedActs)[number],
  answer: (typeof permissionAnswers)[number],
): Permissions => ({
  ...firstPermissions,
  acts: { ...firstPermissions.acts, [act]: answer },
});

it.each(guardedActs)('a cashier does what is allowed, or what another, a manager, stands for: %s', (act) => {
  for (const answer of permissionAnswers)
    for (const person of known)
      for (const approver of [null, ...known]) {
        const refused = refusal({ act, person, approver, permissions: answering(act, answer) });
        const isStoodFor = approver !== null && approver.role === 'manager' && approver.id !== person.id;
        const may = person.role === 'manager' || answer === 'allow' || (answer === 'approve' && isStoodFor);
        expect(refused === null).toBe(may);
      }
});

it('says why not', () => {
  const cashier = { id: '1', role: 'cashier' } as const;
  const of = (answer: (typeof permissionAnswers)[number], approver: typeof cashier | null) =>
    refusal({ act: 'reversal', person: cashier, approver, permissions: answering('reversal', answer) });
  expect(of('deny', null)).toEqual({ code: 'act-denied', details: { reason: 'reversal' } });
  expect(of('approve', null)).toEqual({ code: 'approval-needed', details: { reason: 'reversal' } });
  expect(of('approve', cashier)).toEqual({ code: 'approver-not-manager' });
});

it('a sum on the limit is not over it, and without a limit none is', () => {
  const limited = { ...firstPermissions, balanceLimit: amount('50'), pointLimit: amount('10') };
  const over = (balance: string, point: string, permissions = limited) =>
    isOverLimit(permissions, { balance: amount(balance), point: amount(point) });
  expect(over('50.00', '10.0')).toBe(false);
  expect(over('50.01', '0')).toBe(true);
  expect(over('0', '10.01')).toBe(true);
  expect(over('99999', '99999', { ...limited, balanceLimit: null, pointLimit: null } as never)).toBe(false);
});
