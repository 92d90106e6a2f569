import { expect, it } from 'vitest';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { afterApplied } from '../../main/hosts/link/failure-backoff.ts';
import { afterAnsweredRead, withoutWait } from '../../main/hosts/link/link-state.ts';
import { noLoadBackoff } from '../../main/hosts/link/load-backoff.ts';
import { openLoop, pass, settle } from '../kit/loop.ts';
import { member } from '../kit/member.ts';
import { answerLookUps, noAnswerInTime, recordOf } from '../kit/reads.ts';

it('a member whose wait for another answer is over goes with the next answer, not with the heartbeat', async () => {
  let isAway = true;
  const { over } = answerLookUps((what) => (what === '1' && isAway ? noAnswerInTime : recordOf(what, what)));
  const till = openLoop({ over, profile: unknownHost });
  // Member 2 was looked up just now: no reading goes before its send.
  till.directory.keep({ ...member, customerUid: '1', number: '1' }, 1, false);
  till.directory.keep({ ...member, customerUid: '2', number: '2' }, till.clock.nowMs(), true);
  till.loop.start();
  await settle();
  await till.add('1');
  await pass(till, 1_000, 100);
  const sentTo = () => till.sent.map(({ call }) => call.fields?.customerUid);
  await till.add('2');
  // KYBIO refuses for load: it is there, and answers nothing that counts.
  const failedAt = till.clock.monotonicMs() - 1_000;
  const sinceMs = () => till.clock.monotonicMs() - failedAt;
  for (let refused = 0; refused < 3; ) {
    for (const send of [...till.sends()]) {
      await send.end('overloaded');
      till.link.update(withoutWait);
      refused += 1;
    }
    await pass(till, 500, 100);
  }
  while (till.sends().length === 0) await pass(till, 500, 100);
  const proven = (at: { readonly monotonicMs: number }) => afterApplied(at.monotonicMs + 60_000);
  till.link.update((state, at) => ({ ...state, failureBackoff: proven(at), loadBackoff: noLoadBackoff }));
  // Member 2's call hangs, and the cashier enters one more for it, while the wait of member 1 runs out.
  while (sinceMs() < 50_000) await pass(till, 500, 100);
  await till.add('2');
  while (sinceMs() < 62_000) await pass(till, 100, 100);
  expect(sentTo()).not.toContain('1');
  isAway = false;
  till.link.update(afterAnsweredRead);
  await settle();
  expect(sentTo()).toContain('1');
});
