import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { balance, entry, HOUR_MS, openSentBefore, sends, uid } from '../kit/losing.ts';

/** A manager has said of an entry that was found to have been sent before: send it. Then the network went. */
async function answered() {
  const { driven, id } = await openSentBefore();
  const {
    counter: { review },
  } = driven.till.session;
  const read = await review.read(id);
  await driven.store.setPlug(false);
  const readingId = (read.ok && read.value.reading?.readingId) || null;
  const named = { readingId, isMeant: true };
  const reply = await review.answer(id, entry(driven, id).version, 'send', theManager, named);
  expect(reply).toMatchObject({ ok: true });
  await driven.settle();
  const morning = await driven.restart();
  morning.clock.jump(12 * HOUR_MS, 12 * HOUR_MS);
  expect(entry(morning, id).state).toBe('queued');
  return { driven: morning, id };
}

it('what a manager said is to be sent, and waited over the night, is not asked again', async () => {
  const { driven, id } = await answered();
  await driven.store.setPlug(true);
  driven.till.session.start();
  await driven.drive(() => entry(driven, id).state !== 'queued' && entry(driven, id).state !== 'sending');
  expect(entry(driven, id).state).toBe('confirmed');
  expect(balance(driven)).toBe('140.00');
});

it('but it is where a copy of the till has sent it since', async () => {
  const { driven, id } = await answered();
  driven.store.adjust(uid, '140.00', '340');
  await driven.store.setPlug(true);
  driven.till.session.start();
  await driven.drive(() => entry(driven, id).state !== 'queued');
  expect(entry(driven, id)).toMatchObject({ state: 'review', cause: 'sent-before' });
  expect(sends(driven)).toHaveLength(0);
});
