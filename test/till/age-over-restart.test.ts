import { expect, it } from 'vitest';
import { chenJia, limWei } from '../../main/practice/members.ts';
import type { Driven } from '../support/driven-till.ts';
import { balance, entry, HOUR_MS, lose, method, openLosing, uid, whileUnknown } from './losing.ts';

const declared = { tillNumbersDeclared: true };
const TEN_MINUTES_MS = 600_000;

/** A lost answer on a host that a check-up saw refusing the same bytes after an hour; a profile that is only written would not outlive the restart. */
async function lost() {
  const driven = await openLosing({ host: { refusesDuplicates: true }, policy: declared }, null);
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
  return { driven, id };
}

const times = ({ store }: Driven): number =>
  store.increments().filter(({ customerUid }) => customerUid === uid).length;

it.each([
  ['was ahead and is set right', -3 * HOUR_MS + TEN_MINUTES_MS],
  ['is right', 0],
])('what the journal saw pass is not forgotten by a restart with a clock that %s', async (_how, byMs) => {
  const { driven, id } = await lost();
  driven.clock.jump(3 * HOUR_MS, 3 * HOUR_MS);
  driven.till.topUp(chenJia.customerUid, '5.00');
  await driven.till.close();
  driven.clock.jump(byMs, 0);
  // Three hours on the host has forgotten: refusals were seen for one hour.
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
