import { expect, it } from 'vitest';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { openProgram, topUp } from '../kit/program.ts';

const pin = '864209';

it('a larger limit ends the pause for a quota at once, where it is above what is used', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  const session = program.till.session();
  if (session === null) throw new Error('not open');
  // A page of the directory that is answered in the middle would end the pause as well.
  await expect.poll(() => session.kernel.settings.get('directory.pages')).not.toBeNull();
  session.members.directoryFill.stop();
  await program.must('manager:makePin', { pin, appKey: '' });
  const reasons = () => session.hosts.link.state.pauses.map(({ reason }) => reason);
  const { stillAsking } = await program.must('members:find', { query: meiLing.number });
  // So would the reading behind the look-up.
  if (stillAsking !== null) await program.call('members:answer', { lookUp: stillAsking });
  session.hosts.link.update((state, at) => ({
    ...withPause(withPause(state, 'quota', 'used up', at.nowMs), 'contradiction', '', at.nowMs),
    backoff: { ...state.backoff, failures: 8, untilMonotonicMs: at.monotonicMs + 900_000 },
  }));
  await program.must('topUps:create', topUp(meiLing));
  const { policy } = await program.must('policy:get', {});
  while (session.hosts.meter.usedToday() < policy.callsPerDay + 5) session.hosts.meter.count('look-up');
  const save = (callsPerDay: number) =>
    program.must('policy:save', { policy: { ...policy, callsPerDay }, pin });

  for (const stillSpent of [policy.callsPerDay - 1, session.hosts.meter.usedToday()]) {
    await save(stillSpent);
    expect(reasons()).toEqual(['quota', 'contradiction']);
  }
  await save(3_000);
  expect(reasons()).toEqual(['contradiction']);
  expect(session.hosts.link.state.backoff.untilMonotonicMs).toBe(0);

  // Said again it is no larger limit: what KYBIO answered since stands.
  session.hosts.link.update((state, at) => withPause(state, 'quota', 'used up', at.nowMs));
  await save(3_000);
  expect(reasons()).toEqual(['contradiction', 'quota']);
  await save(3_001);
  await program.must('sync:resume', { pin });
  await program.until(() => session.ledger.outbox.waiting().entries === 0);
  expect([...session.ledger.outbox.all()].map(({ state }) => state)).toEqual(['confirmed']);
});
