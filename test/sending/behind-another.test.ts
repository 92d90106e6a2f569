import { expect, it } from 'vitest';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { afterManager, withPause } from '../../main/hosts/link/link-state.ts';
import { openLoop, settle } from '../kit/loop.ts';

/** Two members have waited for hours; the first one's reading before the send is under way. */
async function openLooking() {
  const till = openLoop({ profile: unknownHost });
  till.link.update((state, at) => withPause(state, 'manager', '', at.nowMs));
  till.loop.start();
  for (const member of ['1', '2']) await till.add(member);
  till.clock.pass(7_200_000);
  till.link.update(afterManager);
  await settle();
  expect(till.reads()).toHaveLength(1);
  expect(till.sends()).toHaveLength(0);
  return till;
}

it('one that was looked at does not go where the queue was paused meanwhile', async () => {
  const till = await openLooking();
  till.link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
  await till.reads()[0]?.end('success');
  expect(till.sent).toHaveLength(0);
  till.link.update(afterManager);
  await settle();
  expect(till.sent).toHaveLength(1);
});

it('nor where the till closes', async () => {
  const till = await openLooking();
  void till.loop.stop(5_000);
  await till.reads()[0]?.end('success');
  expect(till.sent).toHaveLength(0);
});
