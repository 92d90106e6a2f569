import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, entry, lose, method, openLosing, uid, whileUnknown } from '../kit/losing.ts';
import { answerRead, correctRead } from '../kit/review.ts';

async function confirmed(driven: Driven, sum: string): Promise<string> {
  const { id } = driven.till.topUp(uid, sum);
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  return id;
}

/** Lost before it came to KYBIO, and sent again by a manager: the first one may come yet. */
async function sentAgain(driven: Driven, sum: string): Promise<string> {
  const {
    counter: { review },
    sending: { loop },
  } = driven.till.session;
  driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
  const { id } = await lose(driven, sum);
  await driven.drive(whileUnknown(driven, id));
  const answered = await answerRead(review, entry(driven, id), 'send', theManager);
  expect(answered.ok).toBe(true);
  loop.wake();
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  return id;
}

/** As a middlebox does that delivers a request twice, or very late. */
const adds = (driven: Driven, sum: number) =>
  driven.store.adjust(uid, (Number(balance(driven)) + sum).toFixed(2), '340');

describe('a double credit opens a doubt', () => {
  it('of another entry of the same amount, after the first was dismissed', async () => {
    const driven = await openLosing({}, null);
    const {
      counter: { review },
    } = driven.till.session;
    const first = await sentAgain(driven, '10.00');
    adds(driven, 10);
    await confirmed(driven, '1.00');
    expect(review.doubts()).toMatchObject([{ entryId: first, kind: 'possible-double' }]);
    expect(review.dismiss(review.doubts()[0]?.id ?? '', theManager).ok).toBe(true);
    const second = await sentAgain(driven, '10.00');
    adds(driven, 10);
    await confirmed(driven, '1.00');
    expect(review.doubts()).toMatchObject([{ entryId: second, kind: 'possible-double' }]);
  });

  it('and not of what was sent once: that is noted of it', async () => {
    const driven = await openLosing({}, null);
    const first = await confirmed(driven, '10.00');
    adds(driven, 10);
    await confirmed(driven, '1.00');
    expect(driven.till.session.counter.review.doubts()).toEqual([]);
    expect(driven.till.session.sending.oddSums.of(entry(driven, first).sequence)).toMatchObject([
      { kind: 'surplus', known: { balance: '130.00' }, read: { balance: '140.00' } },
    ]);
  });

  it('where the reply leaves out the points', async () => {
    const driven = await openLosing({}, null);
    const first = await sentAgain(driven, '10.00');
    adds(driven, 10);
    const body = `{"status":"success","data":{"customerUid":${uid},"balanceBeforeUpdate":140.00,"balanceAfterUpdate":145.00,"balanceIncrement":5.00,"pointIncrement":0}}`;
    driven.store.addFault({
      fault: { kind: 'body', body, contentType: 'application/json', when: 'after' },
      method,
      times: 1,
    });
    const next = await confirmed(driven, '5.00');
    expect(entry(driven, next)).toMatchObject({ balanceBefore: '140.00', pointBefore: null });
    expect(driven.till.session.counter.review.doubts()).toMatchObject([
      {
        ...{ entryId: first, kind: 'possible-double' },
        content: { known: { balance: '130.00', point: '340' }, read: { balance: '140.00', point: null } },
      },
    ]);
  });
});

describe('a correction, where the new reading does not bear the doubt out', () => {
  /** A double of 10 that the next top-up, of 5, brought to light. */
  const doubted = async () => {
    const driven = await openLosing({}, null);
    await sentAgain(driven, '10.00');
    adds(driven, 10);
    await confirmed(driven, '5.00');
    const {
      counter: { review },
    } = driven.till.session;
    const [doubt] = review.doubts();
    expect(doubt).toMatchObject({
      kind: 'possible-double',
      content: { known: { balance: '130.00' }, read: { balance: '140.00' } },
    });
    const doubtId = doubt?.id ?? '';
    return {
      ...{ driven, review },
      correct: (isMeant = false) => correctRead(review, doubtId, theManager, { isMeant }),
      shown: async () => (await review.readDoubt(doubtId)).ok && review.doubts()[0],
    };
  };
  const changed = { error: { code: 'evidence-changed' } };

  it('is not made where the surplus is gone: head office took it back', async () => {
    const { driven, review, correct, shown } = await doubted();
    adds(driven, -10);
    expect(await correct()).toMatchObject(changed);
    expect(await shown()).toMatchObject({ standing: 'gone', reading: { sums: { balance: '135.00' } } });
    expect(driven.till.session.ledger.outbox.counts().queued).toBe(0);
    expect(review.doubts()).toHaveLength(1);
  });

  it('is made where a manager who was told so means it all the same', async () => {
    const { driven, review, correct, shown } = await doubted();
    adds(driven, -7);
    expect(await shown()).toMatchObject({ standing: 'moved' });
    expect(await correct()).toMatchObject(changed);
    expect(await correct(true)).toMatchObject({
      ok: true,
      value: { kind: 'reversal', balanceIncrement: '-10' },
    });
    expect(review.doubts()).toEqual([]);
  });

  it('counts our own since: they moved the sums and not the surplus', async () => {
    const { driven, correct } = await doubted();
    await confirmed(driven, '3.00');
    expect(await correct()).toMatchObject({ ok: true });
  });
});
