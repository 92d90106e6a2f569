import { expect, it } from 'vitest';
import type { HostProfile } from '../../main/hosts/practice/types.ts';
import { whoseSecond } from '../../main/sending/whose-second.ts';
import { amount } from '../../preload/contract/index.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, byAnother, entry, logs, lose, method, openLosing, refuses } from '../kit/losing.ts';

const world = {
  host: { refusesDuplicates: true },
  proven: refuses,
  policy: { tillNumbersDeclared: true },
};
const both = { ...refuses, ...logs };
const notesOf = ({ till }: Driven, id: string) =>
  till.session.sending.oddSums.of(till.session.ledger.outbox.byId(id)?.sequence ?? 0);
const pausesOf = ({ till }: Driven) => till.session.hosts.link.state.pauses.map(({ reason }) => reason);
const doubtsOf = ({ till }: Driven) =>
  till.session.counter.review.doubts().map(({ entryId, kind }) => ({ entryId, kind }));

/** Another till with our number credits the member under the second of the entry that was dropped. */
const takeSecond = (driven: Driven, id: string, sum: string): Promise<void> =>
  byAnother(driven, sum, entry(driven, id).dataChangeTime);

/** Ours of 50 is dropped before it was applied, theirs of 20 takes its second. */
async function collide(host: Partial<HostProfile> = {}) {
  const driven = await openLosing({ ...world, host: { ...world.host, ...host } }, 'before');
  const { id } = await lose(driven, '50.00');
  await takeSecond(driven, id, '20.00');
  await driven.drive(() => entry(driven, id).state !== 'unknown');
  await driven.pass(5_000);
  expect(balance(driven)).toBe('140.00');
  return { driven, id };
}

it('what another till’s second makes of ours is noted where only the sums tell: others write too', async () => {
  const { driven, id } = await collide();
  expect(doubtsOf(driven)).toEqual([]);
  expect(notesOf(driven, id)).toMatchObject([
    { kind: 'second-unclear', known: { balance: '120.00' }, read: { balance: '140.00' } },
  ]);
});

it('a log that is proven to list such credits, and lacks it twice, is asked about', async () => {
  const host = { keepsRechargeLog: true, logCarriesDataChangeTime: true };
  const driven = await openLosing({ ...world, host: { ...world.host, ...host }, proven: both }, 'before');
  const { id } = await lose(driven, '50.00');
  const refusal = { kind: 'error', messages: ['重复提交修改'], when: 'before' } as const;
  driven.store.addFault({ fault: refusal, method, times: 1 });
  await driven.drive(() => entry(driven, id).state !== 'unknown');
  await driven.pass(10_000);
  expect(balance(driven)).toBe('120.00');
  expect(doubtsOf(driven)).toEqual([{ entryId: id, kind: 'possible-missing' }]);
  expect(pausesOf(driven)).toEqual([]);
});

it('a row of the log under our second with another amount pauses, and says whose number is wrong', async () => {
  const { driven, id } = await collide({ keepsRechargeLog: true, logCarriesDataChangeTime: true });
  expect(doubtsOf(driven)).toEqual([{ entryId: id, kind: 'possible-missing' }]);
  expect(pausesOf(driven)).toEqual(['till-number']);
  // They are logged and stored, where no erasure finds a card.
  const { words } = driven.till.session.hosts.link.state.pauses[0] ?? {};
  expect(words).toBe(entry(driven, id).dataChangeTime);
});

it.each([
  ['a gift beside it', '50.00', { rechargeMoney: '50', giftMoney: '5' }],
  ['its decimals cut', '10.55', { rechargeMoney: '10.5', giftMoney: '0' }],
])('a row of ours with %s is ours, also where the member has spent since', async (_what, sum, told) => {
  const driven = await openLosing(world, 'after');
  const { id } = await lose(driven, sum);
  await byAnother(driven, '-3.00', '2024-01-01 00:00:01');
  const data = [{ ...told, datetime: entry(driven, id).dataChangeTime }];
  driven.store.addFault({
    fault: { kind: 'body', body: JSON.stringify({ status: 'success', data }), when: 'before' },
    method: 'queryCustomerRechargeLog',
  });
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  await driven.pass(5_000);
  expect(driven.store.increments()).toHaveLength(2);
  expect(doubtsOf(driven)).toEqual([]);
  expect(pausesOf(driven)).toEqual([]);
});

it('where ours arrived, nobody is asked', async () => {
  const driven = await openLosing(world, 'after');
  const { id } = await lose(driven, '50.00');
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  await driven.pass(5_000);
  expect(doubtsOf(driven)).toEqual([]);
  expect(pausesOf(driven)).toEqual([]);
});

it('sums that have not moved ask nobody: the member may have spent what arrived', async () => {
  const driven = await openLosing(world, 'after');
  const { id } = await lose(driven, '50.00');
  await byAnother(driven, '-50.00', '2024-01-01 00:00:01');
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  await driven.pass(5_000);
  expect(balance(driven)).toBe('120.00');
  expect(doubtsOf(driven)).toEqual([]);
  expect(notesOf(driven, id)).toMatchObject([{ kind: 'second-unclear' }]);
  expect(pausesOf(driven)).toEqual([]);
});

it('whose a second is, by what was seen', () => {
  const sums = (sum: string) => ({ balance: amount(sum), point: amount('0') });
  const row = (sum: string, gift = '0') => ({ rechargeMoney: amount(sum), giftMoney: amount(gift) });
  const seen = { increments: sums('50'), before: sums('120'), ofOurSecond: null };
  expect(whoseSecond({ ...seen, reading: sums('170') })).toBe('ours');
  expect(whoseSecond({ ...seen, reading: sums('190') })).toBe('unclear');
  expect(whoseSecond({ ...seen, reading: sums('140') })).toBe('unclear');
  expect(whoseSecond({ ...seen, reading: sums('120') })).toBe('unclear');
  expect(whoseSecond({ ...seen, reading: sums('120'), ofOurSecond: [] })).toBe('unclear');
  expect(whoseSecond({ ...seen, reading: sums('120'), ofOurSecond: [row('20')] })).toBe('another-till');
  expect(whoseSecond({ ...seen, reading: sums('140'), ofOurSecond: [row('20')] })).toBe('another-till');
  expect(whoseSecond({ ...seen, reading: sums('140'), ofOurSecond: [row('50')] })).toBe('ours');
  expect(whoseSecond({ ...seen, reading: sums('140'), ofOurSecond: [] })).toBe('unclear');
  expect(whoseSecond({ ...seen, before: null, reading: sums('140') })).toBe('unclear');
  // With a gift beside it or in it, and with decimals cut off or rounded.
  expect(whoseSecond({ ...seen, reading: sums('171'), ofOurSecond: [row('50', '5')] })).toBe('ours');
  expect(whoseSecond({ ...seen, reading: sums('171'), ofOurSecond: [row('45', '5')] })).toBe('ours');
  const cut = { ...seen, increments: sums('10.55'), reading: sums('127') };
  expect(whoseSecond({ ...cut, ofOurSecond: [row('10.50')] })).toBe('ours');
  expect(whoseSecond({ ...cut, ofOurSecond: [row('10.6')] })).toBe('ours');
  expect(whoseSecond({ ...cut, ofOurSecond: [row('10.4')] })).toBe('another-till');
  expect(whoseSecond({ ...cut, ofOurSecond: [row('0')] })).toBe('another-till');
  // Both may be there.
  expect(whoseSecond({ ...seen, reading: sums('190'), ofOurSecond: [row('20')] })).toBe('unclear');
  const debit = { ...seen, increments: sums('-50') };
  expect(whoseSecond({ ...debit, reading: sums('70') })).toBe('ours');
  expect(whoseSecond({ ...debit, reading: sums('100') })).toBe('unclear');
});
