import { describe, expect, it } from 'vitest';
import { theProgram } from '../../main/kernel/actor.ts';
import { createReplace } from '../../main/ledger/replace.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import { amount, entryStates } from '../../preload/contract/index.ts';
import { openOutbox, signer } from '../kit/outbox.ts';

const today = '2026-01-15';
const DAY_MS = 86_400_000;
const none = { entries: 0, balance: '0', bonus: '0', point: '0' };

describe('the day', () => {
  it('counts each state for what it is', () => {
    const till = openOutbox();
    for (const state of entryStates) till.force(till.add({ balanceIncrement: '1' }).id, state);
    const one = { entries: 1, balance: '1', bonus: '0', point: '0' };
    expect(till.outbox.sumsOfDay(today)).toEqual({
      done: one,
      waiting: { entries: 2, balance: '2', bonus: '0', point: '0' },
      checking: one,
      review: one,
      refused: one,
      takenUp: none,
      unacknowledged: 1,
    });
  });

  it('tells the bonus apart, whatever became of the entry', () => {
    const terms = { ...noTerms, bonus: amount('10') };
    for (const state of entryStates) {
      const till = openOutbox();
      till.force(till.add({ balanceIncrement: '110', terms } as never).id, state);
      const { done, waiting, checking, review, refused } = till.outbox.sumsOfDay(today);
      const told = [done, waiting, checking, review, refused].filter(({ entries }) => entries > 0);
      const sums = { entries: 1, balance: '110', bonus: '10', point: '0' };
      expect(told).toEqual(state === 'cancelled' ? [] : [sums]);
    }
  });

  it('takes a reversal off what is done once it has arrived, not before', () => {
    const till = openOutbox();
    const original = till.attempt(till.add({ balanceIncrement: '50' }).id, 'applied');
    const back = till.add({ kind: 'reversal', balanceIncrement: '-50', corrects: original.id });
    expect(till.outbox.sumsOfDay(today)).toMatchObject({
      done: { balance: '50' },
      waiting: { balance: '-50' },
    });
    till.attempt(back.id, 'applied');
    expect(till.outbox.sumsOfDay(today)).toMatchObject({ done: { entries: 2, balance: '0' }, waiting: none });
  });

  it.each([
    ['its till', { till: 'b'.repeat(16), epoch: 'c'.repeat(16), number: 7 }],
    ['no till', null],
  ])('has what a paper that names %s brought as taken up, also where it was sent anew', (_, origin) => {
    const till = openOutbox();
    const brought = till.add({ requestId: 'slip:x', origin, balanceIncrement: '40' } as never);
    const replace = createReplace(till.db, till.outbox, till.transitions);
    const decision = { who: theProgram, reason: 'its second was taken', evidence: null };
    const lost = till.transitions.sendToReview(till.attempt(brought.id, 'unknown'), 'evidence-unclear');
    if (lost === null) throw new Error('not in review');
    const anew = replace(lost, decision, signer.sign);
    const own = { tillId: 'a'.repeat(16), ownEpochs: ['d'.repeat(16)] };
    const day = () => till.outbox.sumsOfDay(today, null, own);
    expect(day()).toMatchObject({ waiting: { entries: 1, balance: '40' } });
    till.attempt(anew?.id ?? '', 'applied');
    expect(day()).toMatchObject({ done: none, takenUp: { entries: 1, balance: '40' } });
  });

  it('carries what is open over midnight, and a refusal until somebody has acknowledged it', () => {
    const till = openOutbox();
    till.attempt(till.add({ customerUid: '1' }).id, 'applied');
    till.add({ customerUid: '2' });
    const refused = till.attempt(till.add({ customerUid: '3' }).id, 'rejected');
    till.clock.pass(DAY_MS);
    const tomorrow = till.outbox.sumsOfDay('2026-01-16');
    expect(tomorrow).toMatchObject({
      done: none,
      waiting: { entries: 1 },
      refused: { entries: 1 },
      unacknowledged: 1,
    });
    expect(till.outbox.activity('2026-01-16', 10).map(({ state }) => state)).toEqual(['rejected', 'queued']);
    till.acknowledge(refused.id, 'Mei');
    expect(till.outbox.sumsOfDay('2026-01-16')).toMatchObject({ refused: none, unacknowledged: 0 });
    expect(till.outbox.activity('2026-01-16', 10).map(({ state }) => state)).toEqual(['queued']);
  });

  it('still counts today’s refusal after it was acknowledged', () => {
    const till = openOutbox();
    till.acknowledge(till.attempt(till.add().id, 'rejected').id, 'Mei');
    expect(till.outbox.sumsOfDay(today)).toMatchObject({ refused: { entries: 1 }, unacknowledged: 0 });
  });
});

describe('a member', () => {
  it('has what is open and what was refused told apart', () => {
    const till = openOutbox();
    for (const state of entryStates)
      till.force(till.add({ customerUid: '7', balanceIncrement: '1', pointIncrement: '2' }).id, state);
    till.add({ customerUid: '8' });
    const one = { entries: 1, balance: '1', bonus: '0', point: '2' };
    const waiting = { entries: 2, balance: '2', bonus: '0', point: '4' };
    const sums = { waiting, checking: one, review: one };
    expect(till.outbox.sumsOfMember('7')).toEqual({ ...sums, refused: one });
    const refused = till.outbox.newestOfMember('7', 50).find(({ state }) => state === 'rejected');
    till.acknowledge(refused?.id ?? '', 'Mei');
    expect(till.outbox.sumsOfMember('7')).toEqual({ ...sums, refused: none });
    expect(till.outbox.newestOfMember('7', 50)).toHaveLength(entryStates.length);
    expect(till.outbox.newestOfMember('7', 2).map(({ sequence }) => sequence)).toEqual([7, 6]);
  });

  it('who is unknown has nothing', () => {
    const sums = openOutbox().outbox.sumsOfMember('9');
    expect(sums).toEqual({ waiting: none, checking: none, review: none, refused: none });
  });
});
