import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { entry, HOUR_MS, method, openLosing, sends, uid, whileUnknown } from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

/** An hour without a network, two top-ups of the same amount; the first goes through, the second is lost before KYBIO. */
const backlog = async (host: { readonly logCarriesDataChangeTime?: boolean } = {}) => {
  const driven = await openLosing({ host: { keepsRechargeLog: true, ...host } }, null);
  await driven.store.setPlug(false);
  const first = driven.till.topUp(uid, '10.00');
  await driven.pass(HOUR_MS);
  const second = driven.till.topUp(uid, '10.00');
  const lose = (when: 'before' | 'after') =>
    driven.beforeSend(() => {
      if (entry(driven, second.id).state === 'sending')
        driven.store.addFault({ fault: { kind: 'drop', when }, method, times: 1 });
    });
  const advice = async () => {
    await driven.store.setPlug(true);
    driven.till.session.sending.loop.networkChanged();
    await driven.drive(() => entry(driven, second.id).state === 'unknown');
    expect(entry(driven, first.id).state).toBe('confirmed');
    // A purchase meanwhile: the sums say nothing.
    driven.store.adjust(uid, '127.00', '340');
    await driven.drive(whileUnknown(driven, second.id));
    const content = driven.till.session.counter.review.cases()[0]?.evidence?.content;
    return (content as { verdict: { suggestion: string } }).verdict.suggestion;
  };
  const send = () =>
    answerRead(driven.till.session.counter.review, entry(driven, second.id), 'send', theManager);
  return { driven, lose, advice, send };
};

it('a row that our own earlier top-up explains speaks for no other entry', async () => {
  const { lose, advice } = await backlog();
  lose('before');
  expect(await advice()).toBe('unclear');
});

it('nor does it stop a manager who sends what did not arrive', async () => {
  const { driven, lose, advice, send } = await backlog();
  lose('before');
  await advice();
  await driven.pass(700_000);
  const before = sends(driven).length;
  expect(await send()).toMatchObject({ ok: true });
  driven.till.session.sending.loop.wake();
  await driven.drive(() => sends(driven).length > before);
});

it.each([
  ['its own time', {}],
  ['ours, which nobody has proven', { logCarriesDataChangeTime: true }],
])('a second row of the amount speaks for the entry, on a host that writes down %s', async (_what, host) => {
  const { lose, advice } = await backlog(host);
  lose('after');
  expect(await advice()).toBe('applied');
});
