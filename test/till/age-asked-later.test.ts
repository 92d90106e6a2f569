import { expect, it } from 'vitest';
import { chenJia, limWei } from '../../main/practice/members.ts';
import type { Driven } from '../support/driven-till.ts';
import { balance, entry, lose, method, openLosing, uid, whileUnknown } from './losing.ts';

const MINUTE_MS = 60_000;
const times = ({ store }: Driven): number =>
  store.increments().filter(({ customerUid }) => customerUid === uid).length;

// A check-up saw the host refuse the same bytes after one hour: within 30 minutes they may be sent again.
it('an age that the monotonic clock has seen pass is not forgotten where it is asked only later', async () => {
  const driven = await openLosing({ host: { refusesDuplicates: true } }, null);
  const { checkUp, lookUp } = driven.till.session;
  await lookUp.find(chenJia.number);
  await checkUp.start(limWei.number, 'manager');
  await driven.drive(() =>
    checkUp.view().answers.some(({ question }) => question === 'same-bytes-after-an-hour'),
  );
  await checkUp.stop('manager');
  await driven.drive(() => checkUp.view().state === 'stopped');
  driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
  const { id } = await lose(driven);
  await driven.store.setPlug(false);
  // Twenty minutes offline, then the till is opened anew.
  driven.clock.jump(20 * MINUTE_MS, 20 * MINUTE_MS);
  driven.till.topUp(chenJia.customerUid, '5.00');
  const after = await driven.restart();
  after.till.session.start();
  await after.pass(16 * MINUTE_MS);
  expect(entry(after, id).state).toBe('unknown');
  // 36 minutes after the sending somebody sets the clock back, and the manager declares the tills' numbers.
  after.clock.jump(-34 * MINUTE_MS, 0);
  const { policy, loop } = after.till.session;
  policy.save({ ...policy.current(), tillNumbersDeclared: true }, 'manager');
  loop.wake();
  // The host has forgotten by now.
  after.store.setProfile({ refusesDuplicates: false });
  await after.store.setPlug(true);
  loop.networkChanged();
  await after.drive(whileUnknown(after, id));
  await after.pass(MINUTE_MS);
  expect({ state: entry(after, id).state, times: times(after), balance: balance(after) }).toEqual({
    state: 'review',
    times: 1,
    balance: '130.00',
  });
});
