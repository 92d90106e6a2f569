import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { HOUR_MS } from '../kit/losing.ts';

const DAY_MS = 24 * HOUR_MS;

it('members of whom KYBIO has not told for as long as the settings say are forgotten, but none with an open entry', async () => {
  const driven = await openDrivenTill();
  const { session } = driven.till;
  session.counter.policy.save({ ...session.counter.policy.current(), memberKeptMs: 2 * DAY_MS }, theManager);
  for (const { number } of [meiLing, limWei]) await session.members.lookUp.find(number);
  await driven.store.setPlug(false);
  driven.till.topUp(limWei.customerUid, '10.00');
  session.members.retention.start();
  driven.clock.jump(2 * DAY_MS - 2 * HOUR_MS, 0);
  await driven.pass(HOUR_MS + 1_000);
  expect(session.members.directory.byUid(meiLing.customerUid)).not.toBeNull();
  await driven.pass(2 * HOUR_MS);
  expect(session.members.directory.byUid(meiLing.customerUid)).toBeNull();
  expect(session.members.directory.find(meiLing.name, 10)).toEqual([]);
  expect(session.members.directory.byUid(limWei.customerUid)).not.toBeNull();
  session.members.retention.stop();
  // What was forgotten was taken out under the seals: nobody calls it altered.
  const again = await driven.restart();
  again.till.session.start();
  expect(again.till.session.journalProblem).toBeNull();
});
