import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import {
  balance,
  entry,
  HOUR_MS,
  lose,
  method,
  number,
  openLosing,
  uid,
  whileUnknown,
} from '../kit/losing.ts';
import { realRandom } from '../kit/practice-store.ts';
import { answerRead, correctRead } from '../kit/review.ts';
import { asSeen } from '../kit/till.ts';

describe('what the next reply tells', () => {
  /** A manager says "send it" of what had arrived, on evidence that speaks otherwise. */
  const doubled = async () => {
    const driven = await openLosing({}, 'after');
    const { id } = await lose(driven);
    // A purchase of the same sum hides the credit.
    driven.store.adjust(uid, '120.00', '340');
    await driven.drive(whileUnknown(driven, id));
    const {
      counter: { review },
    } = driven.till.session;
    const [of] = review.cases();
    expect((await answerRead(review, entry(driven, of?.increment.id ?? id), 'send', theManager)).ok).toBe(
      true,
    );
    driven.till.session.sending.loop.wake();
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    return { driven, id };
  };

  it('opens a possible double, which one press mends after a new reading', async () => {
    const { driven, id } = await doubled();
    // The till took the purchase into account; a late refund of it brings the surplus to light.
    driven.store.adjust(uid, '140.00', '340');
    const next = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, next.id).state === 'confirmed');
    const {
      counter: { review },
    } = driven.till.session;
    const [doubt] = review.doubts();
    expect(doubt).toMatchObject({ entryId: id, kind: 'possible-double', seenBy: next.id });
    const reads = driven.store.calls().filter((call) => call.method === 'queryByUid').length;
    const corrected = await correctRead(review, doubt?.id ?? '', theManager);
    expect(corrected).toMatchObject({
      ok: true,
      value: {
        ...{ kind: 'reversal', balanceIncrement: '-10' },
        // The doubt names what it takes back: the single credit that is left can be taken back yet.
        ...{ corrects: null, correctsSequence: entry(driven, id).sequence },
      },
    });
    expect(driven.store.calls().filter((call) => call.method === 'queryByUid').length).toBe(reads + 1);
    if (!corrected.ok) return;
    driven.till.session.sending.loop.wake();
    await driven.drive(() => entry(driven, corrected.value.id).state === 'confirmed');
    expect(balance(driven)).toBe('135.00');
    expect(review.doubts()).toEqual([]);
    expect(await correctRead(review, doubt?.id ?? '', theManager)).toMatchObject({
      error: { code: 'entry-changed' },
    });
  });

  it('mends a double whose entry was already taken back once: that reply raised it', async () => {
    const { driven, id } = await doubled();
    const first = { id };
    const {
      counter: { topUps, review },
      sending: { loop },
    } = driven.till.session;
    driven.store.adjust(uid, '140.00', '340');
    const reversal = topUps.reverse(first.id, realRandom.uuid(), theManager);
    if (!reversal.ok) throw new Error(reversal.error.code);
    loop.wake();
    await driven.drive(() => entry(driven, reversal.value.id).state === 'confirmed');
    const [doubt] = review.doubts();
    expect(doubt).toMatchObject({ entryId: first.id, kind: 'possible-double' });
    const corrected = await correctRead(review, doubt?.id ?? '', theManager);
    expect(corrected).toMatchObject({
      ok: true,
      value: { balanceIncrement: '-10', corrects: null, correctsSequence: entry(driven, first.id).sequence },
    });
    loop.wake();
    await driven.drive(() => corrected.ok && entry(driven, corrected.value.id).state === 'confirmed');
    expect(balance(driven)).toBe('120.00');
  });

  it('is not mended a second time where somebody has taken the entry back since', async () => {
    const { driven, id } = await doubled();
    driven.store.adjust(uid, '140.00', '340');
    const next = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, next.id).state === 'confirmed');
    const {
      counter: { review, topUps },
    } = driven.till.session;
    expect(topUps.reverse(id, realRandom.uuid(), theManager).ok).toBe(true);
    expect(await correctRead(review, review.doubts()[0]?.id ?? '', theManager)).toMatchObject({
      error: { code: 'entry-changed' },
    });
  });

  it('is open again where its correction is cancelled at the counter or refused by KYBIO', async () => {
    const { driven, id } = await doubled();
    driven.store.adjust(uid, '140.00', '340');
    const next = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, next.id).state === 'confirmed');
    const {
      counter: { review, topUps },
      sending: { loop },
    } = driven.till.session;
    const doubtId = review.doubts()[0]?.id ?? '';
    const correct = async () => {
      const corrected = await correctRead(review, doubtId, theManager);
      if (!corrected.ok) throw new Error(corrected.error.code);
      expect(review.doubts()).toEqual([]);
      return corrected.value;
    };
    expect(topUps.cancel((await correct()).id, atTheTill).ok).toBe(true);
    expect(review.doubts()).toMatchObject([{ id: doubtId, entryId: id }]);
    const refused = await correct();
    expect(refused.requestId).toBe(`correct:${doubtId}:2`);
    const fault = { kind: 'error', messages: ['Customer is disabled'], when: 'before' } as const;
    driven.store.addFault({ fault, method, times: 1 });
    loop.wake();
    await driven.drive(() => entry(driven, refused.id).state === 'rejected');
    expect(review.doubts()).toMatchObject([{ id: doubtId }]);
    const { id: third } = await correct();
    loop.wake();
    await driven.drive(() => entry(driven, third).state === 'confirmed');
    expect(balance(driven)).toBe('135.00');
    expect(review.doubts()).toEqual([]);
  });

  it('is nobody’s correction where KYBIO cannot be read, and can be dismissed once', async () => {
    const { driven } = await doubled();
    driven.store.adjust(uid, '140.00', '340');
    const next = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, next.id).state === 'confirmed');
    const {
      counter: { review },
    } = driven.till.session;
    const doubtId = review.doubts()[0]?.id ?? '';
    await driven.store.setPlug(false);
    expect(await correctRead(review, doubtId, theManager)).toMatchObject({
      error: { code: 'host-unreachable' },
    });
    expect(review.doubts()).toHaveLength(1);
    expect(review.dismiss(doubtId, theManager)).toEqual({ ok: true, value: {} });
    expect(review.dismiss(doubtId, theManager)).toMatchObject({ error: { code: 'entry-changed' } });
  });

  it('of a drop that had arrived is noted, and asks nobody: another till may have credited it', async () => {
    const driven = await openLosing({}, 'after');
    const { id } = await lose(driven);
    driven.store.adjust(uid, '120.00', '340');
    await driven.drive(whileUnknown(driven, id));
    const {
      counter: { review },
    } = driven.till.session;
    await answerRead(review, entry(driven, id), 'drop', theManager);
    await driven.till.session.members.lookUp.find(number);
    driven.store.adjust(uid, '130.00', '340');
    const next = driven.till.topUp(uid, '5.00');
    await driven.drive(() => entry(driven, next.id).state === 'confirmed');
    expect(review.doubts()).toEqual([]);
    const { sequence } = entry(driven, id);
    expect(driven.till.session.sending.oddSums.of(sequence)).toMatchObject([{ kind: 'surplus' }]);
  });
});

describe('the offline policy on a real till', () => {
  it('stops new entries after the window, and a manager lets it go on', async () => {
    const driven = await openLosing({ policy: { offlineWindowMs: HOUR_MS } }, null);
    const { session } = driven.till;
    const create = (sum: string) =>
      session.counter.topUps.create(
        {
          requestId: realRandom.uuid(),
          ...asSeen(session, uid),
          balanceIncrement: amount(sum),
          pointIncrement: amount('0'),
          note: '',
        },
        atTheTill,
      );
    await driven.store.setPlug(false);
    expect(create('1').ok).toBe(true);
    session.sending.loop.wake();
    await driven.pass(HOUR_MS / 2);
    expect(session.counter.offline.look().stopped).toBe(false);
    await driven.pass(HOUR_MS / 2 + 60_000);
    expect(create('2')).toMatchObject({ error: { code: 'offline-too-long' } });
    session.counter.offline.goOn(theManager);
    expect(create('2').ok).toBe(true);
    await driven.store.setPlug(true);
    session.sending.loop.networkChanged();
    await driven.drive(() => session.ledger.outbox.counts().confirmed === 2);
    expect(session.counter.offline.look()).toEqual({ sinceMs: null, stopped: false });
  });
});
