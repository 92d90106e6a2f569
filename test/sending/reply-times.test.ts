import { describe, expect, it } from 'vitest';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import type { HostProfile, ReplyTime } from '../../main/hosts/practice/types.ts';
import type { Driven } from '../kit/driven-till.ts';
import { entry, HOUR_MS, openLosing } from '../kit/losing.ts';

const MINUTE_MS = 60_000;

/** A till that keeps so many members; a second turns at every twentieth call, after some have had their own. */
async function opened(members: number, host: Partial<HostProfile>) {
  const driven = await openLosing({ host }, null);
  // Behind those that are odd in some way.
  const known = practiceMembers.slice(30, 30 + members);
  for (const { number } of known) await driven.till.session.members.lookUp.find(number);
  driven.beforeSend((send) => {
    if (send % 20 === 0) driven.clock.pass(1_000);
  });
  return { driven, uids: known.map(({ customerUid }) => customerUid) };
}

const topUps = (driven: Driven, uids: readonly string[], many: number): readonly string[] =>
  Array.from({ length: many }, (_, at) => driven.till.topUp(uids[at % uids.length] ?? '', '10.00').id);

const open = ({ till }: Driven) => till.session.ledger.outbox.counts();

/** All are confirmed by KYBIO's own reply, each by one call, and nobody is asked. */
async function expectArrived(driven: Driven, ids: readonly string[]): Promise<void> {
  await driven.drive(() => open(driven).queued + open(driven).sending === 0, HOUR_MS);
  expect(ids.filter((id) => entry(driven, id).state !== 'confirmed')).toEqual([]);
  expect(open(driven)).toMatchObject({ unknown: 0, review: 0 });
  expect(driven.store.increments()).toHaveLength(ids.length);
}

const kinds: readonly ReplyTime[] = ['echo', 'own', 'one-off', 'other-zone', 'none'];

describe.each(kinds)('on a host whose replies carry the time of kind %s', (replyTime) => {
  it('600 entries of 60 members confirmed right after a start all arrive, and none is asked', async () => {
    const { driven, uids } = await opened(60, { replyTime });
    await expectArrived(driven, topUps(driven, uids, 600));
  });

  it('an ordinary day of 120 entries without an outage arrives, each before the next', async () => {
    const { driven, uids } = await opened(40, { replyTime });
    const ids: string[] = [];
    for (let made = 0; made < 120; made += 1) {
      ids.push(...topUps(driven, uids.slice(made % 40), 1));
      await driven.drive(() => open(driven).queued + open(driven).sending === 0, MINUTE_MS);
      await driven.pass(4 * MINUTE_MS);
    }
    await expectArrived(driven, ids);
  });

  it('a member who spends and tops up the same again is not taken for an answer from before', async () => {
    const { driven, uids } = await opened(1, { replyTime });
    const [uid = ''] = uids;
    const ids: string[] = [];
    for (let made = 0; made < 12; made += 1) {
      driven.store.adjust(uid, '100.00', '0');
      ids.push(...topUps(driven, uids, 1));
      await driven.drive(() => open(driven).queued + open(driven).sending === 0, MINUTE_MS);
    }
    await expectArrived(driven, ids);
  });

  it('two entries of a member in one second both arrive', async () => {
    const { driven, uids } = await opened(10, { replyTime });
    await expectArrived(driven, [...topUps(driven, uids, 10), ...topUps(driven, uids, 10)]);
  });

  it.each(['zeros', 'unmoved'] as const)('a reply may leave out %s', async (leavesOut) => {
    const { driven, uids } = await opened(2, { replyTime, leavesOut });
    const [uid = '', other = ''] = uids;
    driven.store.adjust(uid, '0', '0');
    const ids = [
      driven.till.topUp(uid, '10.00', '0').id,
      driven.till.topUp(uid, '0', '5').id,
      driven.till.topUp(other, '10.00', '0.5').id,
    ];
    await expectArrived(driven, ids);
  });
});
