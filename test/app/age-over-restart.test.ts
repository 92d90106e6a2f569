import { expect, it } from 'vitest';
import { chenJia, limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { Policy } from '../../preload/contract/index.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, entry, HOUR_MS, lose, method, openLosing, uid, whileUnknown } from '../kit/losing.ts';

const declared = { tillNumbersDeclared: true };
const MINUTE_MS = 60_000;

/** A lost answer on a host that a check-up saw refusing the same bytes; a profile that is only written would not outlive the restart. */
async function lost(policy: Partial<Policy> = declared) {
  const driven = await openLosing({ host: { refusesDuplicates: true }, policy }, null);
  const {
    sending: { checkUp },
    members: { lookUp },
  } = driven.till.session;
  await lookUp.find(chenJia.number);
  await checkUp.start(limWei.number, theManager);
  await driven.drive(() => checkUp.shown().state === 'done');
  driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
  const { id } = await lose(driven);
  await driven.store.setPlug(false);
  return { driven, id };
}

const times = ({ store }: Driven): number =>
  store.increments().filter(({ customerUid }) => customerUid === uid).length;

it.each([
  ['was ahead and is set right', -3 * HOUR_MS + 5 * MINUTE_MS],
  ['is right', 0],
])('what the journal saw pass is not forgotten by a restart with a clock that %s', async (_how, byMs) => {
  const { driven, id } = await lost();
  driven.clock.jump(3 * HOUR_MS, 3 * HOUR_MS);
  driven.till.topUp(chenJia.customerUid, '5.00');
  await driven.till.close();
  driven.clock.jump(byMs, 0);
  // Three hours on the host has forgotten: refusals were seen for twenty minutes.
  driven.store.setProfile({ refusesDuplicates: false });
  await driven.store.setPlug(true);
  const after = await driven.restart();
  after.till.session.start();
  await after.drive(whileUnknown(after, id));
  await after.pass(60_000);
  expect(entry(after, id).state).toBe('review');
  expect(times(after)).toBe(1);
  expect(balance(after)).toBe('130.00');
});

it('one that is as young as it looks is sent again all the same', async () => {
  const { driven, id } = await lost();
  driven.till.topUp(chenJia.customerUid, '5.00');
  await driven.till.close();
  await driven.store.setPlug(true);
  const after = await driven.restart();
  after.till.session.start();
  await after.drive(whileUnknown(after, id));
  expect(entry(after, id).state).toBe('confirmed');
  expect(balance(after)).toBe('130.00');
});

it('what the monotonic clock saw pass is not forgotten where the age counts only later', async () => {
  const { driven, id } = await lost({});
  // Twenty minutes offline, then the till is opened anew.
  driven.clock.jump(20 * MINUTE_MS, 20 * MINUTE_MS);
  driven.till.topUp(chenJia.customerUid, '5.00');
  const after = await driven.restart();
  after.till.session.start();
  await after.pass(16 * MINUTE_MS);
  expect(entry(after, id).state).toBe('unknown');
  // 36 minutes after the sending somebody sets the clock back, and the manager declares the tills' numbers.
  after.clock.jump(-34 * MINUTE_MS, 0);
  const {
    counter: { policy },
    sending: { loop },
  } = after.till.session;
  policy.save({ ...policy.current(), ...declared }, theManager);
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
