import { describe, expect, it } from 'vitest';
import { knownOf, speaksForArrival } from '../../main/counter/case-facts.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { Driven } from '../kit/driven-till.ts';
import { byAnother, entry, HOUR_MS, method, number, openLosing, uid, whileUnknown } from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

/** Refused from 120.00, and meanwhile another till credits as much: 130.00 are there when ours goes. */
async function refusedFirst(): Promise<{ readonly driven: Driven; readonly id: string }> {
  const driven = await openLosing({}, null);
  const headers = { 'retry-after': '1800' };
  driven.store.addFault({
    fault: { kind: 'status', status: 404, headers, when: 'before' },
    method,
    times: 1,
  });
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.pass(300_000);
  expect(entry(driven, id)).toMatchObject({ state: 'queued', cause: 'refused-status' });
  await byAnother(driven, '10', '2024-01-01 00:00:01');
  return { driven, id };
}

const arrived = (driven: Driven, id: string) =>
  driven.store.increments().filter((one) => one.dataChangeTime === entry(driven, id).dataChangeTime);

describe('an attempt that was refused by its status left nothing there', () => {
  it('and is no way in: what is applied once afterwards is no double', async () => {
    const { driven, id } = await refusedFirst();
    await driven.drive(() => entry(driven, id).state === 'confirmed', HOUR_MS);
    expect(arrived(driven, id)).toHaveLength(1);
  });

  it('and what was known before it is not held against a reading: a later one had a newer baseline', async () => {
    const { driven, id } = await refusedFirst();
    await driven.till.session.members.lookUp.find(number);
    driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
    await driven.drive(() => entry(driven, id).state === 'unknown', HOUR_MS);
    await driven.drive(whileUnknown(driven, id));
    expect(arrived(driven, id)).toEqual([]);
    const read = await driven.till.session.counter.review.read(id);
    if (!read.ok) throw new Error(read.error.code);
    expect(knownOf(read.value)).toMatchObject({ balance: '130.00' });
    expect(speaksForArrival(read.value)).toBe(false);
    expect(read.value.evidence?.content).toMatchObject({ verdict: { suggestion: 'unclear' } });
  });

  it('a refusal of a later attempt takes nothing from the earlier one that may have been applied', async () => {
    const driven = await openLosing({}, 'after');
    const { id } = driven.till.topUp(uid, '10.00');
    await driven.drive(() => entry(driven, id).state === 'unknown');
    await driven.drive(whileUnknown(driven, id));
    expect(knownOf(driven.till.session.counter.review.cases()[0] ?? never())).toMatchObject({
      balance: '120.00',
    });
    const {
      counter: { review },
      sending: { loop },
    } = driven.till.session;
    driven.store.addFault({ fault: { kind: 'status', status: 404, when: 'before' }, method, times: 1 });
    const meant = { isMeant: true };
    expect((await answerRead(review, entry(driven, id), 'send', theManager, meant)).ok).toBe(true);
    loop.wake();
    await driven.drive(() => entry(driven, id).cause === 'refused-status');
    // A manager's word made it one that is sent again; what was lost may have come all the same.
    driven.store.adjust(uid, '120.00', '340');
    driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
    await driven.drive(() => entry(driven, id).state === 'unknown', HOUR_MS);
    await driven.drive(whileUnknown(driven, id));
    driven.store.adjust(uid, '130.00', '340');
    const again = await review.read(id);
    if (!again.ok) throw new Error(again.error.code);
    expect(knownOf(again.value)).toMatchObject({ balance: '120.00' });
    expect(speaksForArrival(again.value)).toBe(true);
  });
});

function never(): never {
  throw new Error('no case');
}
