import { expect, it } from 'vitest';
import { createRepeatedReplies } from '../../../main/hosts/kybio/repeated-reply.ts';
import { amount } from '../../../preload/contract/index.ts';
import { answered } from './support/increment.ts';

const applied = {
  kind: 'applied',
  reply: {
    customerUid: '1',
    balanceBeforeUpdate: amount('100'),
    balanceAfterUpdate: amount('100'),
    pointBeforeUpdate: amount('0'),
    pointAfterUpdate: amount('5'),
    dataChangeTime: null,
    updateCustomerTime: null,
  },
} as const;
const reply = (pointBefore: number) =>
  answered(200, JSON.stringify({ status: 'success', data: { pointBeforeUpdate: pointBefore } }));

/** Attack B5: a proxy says the member's last success once more. */
it('an answer that was had before is nobody’s, nor after a restart', () => {
  const unlessRepeated = createRepeatedReplies();
  expect(unlessRepeated(reply(0), applied)).toBe(applied);
  expect(unlessRepeated(reply(0), applied)).toMatchObject({ kind: 'unknown', reply: null });
  const restarted = createRepeatedReplies();
  expect(restarted(reply(0), applied, () => true)).toMatchObject({ kind: 'unknown', reply: null });
});

it('equal increments have equal replies where these tell no sums', () => {
  const unlessRepeated = createRepeatedReplies();
  const said = {
    ...{ customerUid: '1', balanceBeforeUpdate: null, balanceAfterUpdate: null, pointBeforeUpdate: null },
    ...{ pointAfterUpdate: null, dataChangeTime: null, updateCustomerTime: null },
  };
  const silent = { kind: 'applied', reply: said } as const;
  for (let time = 0; time < 2; time += 1) expect(unlessRepeated(reply(0), silent, () => true)).toBe(silent);
});

it('remembers more answers than any connection can have on its way, and not all', () => {
  const unlessRepeated = createRepeatedReplies();
  for (let points = 0; points < 1_000; points += 1) unlessRepeated(reply(points), applied);
  expect(unlessRepeated(reply(940), applied).kind).toBe('unknown');
  expect(unlessRepeated(reply(0), applied)).toBe(applied);
});
