import { expect, it } from 'vitest';
import type { HostProfile } from '../../main/hosts/practice/types.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, byAnother, entry, HOUR_MS, lose, openLosing, refuses, sends, uid } from '../kit/losing.ts';

const world = {
  host: { refusesDuplicates: true },
  proven: refuses,
  policy: { tillNumbersDeclared: true },
};
const logging: Partial<HostProfile> = { keepsRechargeLog: true, logCarriesDataChangeTime: true };
const NOBODYS_SECOND = '2024-01-01 00:00:01';

const verdictOf = ({ till }: Driven) => till.session.counter.review.cases()[0]?.evidence?.content;

/** Until the entry is settled or a manager's; the same bytes were sent twice, and never a third time. */
async function decided(driven: Driven, id: string) {
  await driven.drive(() => entry(driven, id).state !== 'unknown');
  await driven.pass(HOUR_MS);
  const ours = sends(driven).filter(({ body }) => body.includes('"balanceIncrement":50'));
  expect(ours).toHaveLength(2);
  return entry(driven, id);
}

/** Ours of 50 is dropped before it was applied; another till with our number takes its second for 20. */
async function collide(host: Partial<HostProfile> = {}) {
  const driven = await openLosing({ ...world, host: { ...world.host, ...host } }, 'before');
  const { id } = await lose(driven, '50.00');
  await byAnother(driven, '20.00', entry(driven, id).dataChangeTime);
  const { state } = await decided(driven, id);
  expect(balance(driven)).toBe('140.00');
  return { driven, state };
}

it('a duplicate answer to the same bytes confirms with the exact movement', async () => {
  const driven = await openLosing(world, 'after');
  const { id } = await lose(driven, '50.00');
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  expect(driven.store.increments()).toHaveLength(1);
  // The reading that decided is what the next one is held against.
  expect(driven.till.session.members.directory.baseline(entry(driven, id).customerUid)?.balance).toBe(
    '170.00',
  );
});

it('it confirms with our row in the log, where the member has spent since', async () => {
  const driven = await openLosing({ ...world, host: { ...world.host, ...logging } }, 'after');
  const { id } = await lose(driven, '50.00');
  await byAnother(driven, '-3.00', NOBODYS_SECOND);
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  expect(driven.store.increments()).toHaveLength(2);
});

it('it is asked of a manager where neither shows it, and nothing is sent again', async () => {
  const driven = await openLosing(world, 'after');
  const { id } = await lose(driven, '50.00');
  await byAnother(driven, '-50.00', NOBODYS_SECOND);
  expect((await decided(driven, id)).state).toBe('review');
  expect(verdictOf(driven)).toMatchObject({ verdict: { suggestion: 'applied' } });
});

it('what another till with our number took the second for is never confirmed', async () => {
  expect((await collide()).state).toBe('review');
});

it('and a row of our second with another amount speaks against ours', async () => {
  const { driven, state } = await collide(logging);
  expect(state).toBe('review');
  expect(verdictOf(driven)).toMatchObject({ verdict: { suggestion: 'unclear' } });
});

it.each([
  ['moved by exactly this entry', {}],
  ['and the log has a row of this second and amount', logging],
])('a duplicate answer to a first send is a manager’s, whatever the balance %s', async (_, host) => {
  const driven = await openLosing({ ...world, host: { ...world.host, ...host } }, null);
  await driven.store.setPlug(false);
  const ours = driven.till.topUp(uid, '50.00').id;
  await driven.settle();
  await driven.store.setPlug(true);
  await byAnother(driven, '50.00', entry(driven, ours).dataChangeTime);
  driven.till.session.sending.loop.networkChanged();
  await driven.drive(() => entry(driven, ours).state === 'review');
  expect(sends(driven).length).toBeLessThanOrEqual(2);
  expect(driven.store.increments()).toHaveLength(1);
});
