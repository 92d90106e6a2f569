import { describe, expect, it } from 'vitest';
import { atTheTill } from '../kit/actors.ts';
import { openOutbox } from '../kit/outbox.ts';

const none = { queued: 0, sending: 0, confirmed: 0, rejected: 0, unknown: 0, review: 0, cancelled: 0 };

describe('the counts that are kept', () => {
  it('follow what becomes of entries, and count no entry twice that somebody has seen', () => {
    const { add, attempt, transitions, outbox, acknowledge } = openOutbox();
    expect(outbox.counts()).toEqual(none);
    const refused = attempt(add({ customerUid: '1' }).id, 'rejected');
    attempt(add({ customerUid: '2' }).id, 'applied');
    attempt(add({ customerUid: '3' }).id, 'unknown');
    const kept = { ...none, rejected: 1, confirmed: 1, unknown: 1 };
    expect(outbox.counts()).toEqual(kept);
    const { id } = add({ customerUid: '4' });
    expect(outbox.counts()).toEqual({ ...kept, queued: 1 });
    transitions.cancel(id, atTheTill);
    acknowledge(refused.id, 'Counter 1');
    expect(outbox.counts()).toEqual({ ...kept, cancelled: 1 });
  });

  it('know nothing of what a transaction has taken back', () => {
    const { add, db, outbox } = openOutbox();
    add({ customerUid: '1' });
    expect(outbox.counts()).toEqual({ ...none, queued: 1 });
    const fails = db.transaction(() => {
      add({ customerUid: '2' });
      expect(outbox.counts()).toEqual({ ...none, queued: 2 });
      throw new Error('taken back');
    });
    expect(fails).toThrow('taken back');
    add({ customerUid: '3' });
    expect(outbox.counts()).toEqual({ ...none, queued: 2 });
  });

  it('are counted anew where a row was altered past the journal', () => {
    const { add, attempt, force, outbox } = openOutbox();
    const { id } = add();
    outbox.counts();
    force(id, 'confirmed');
    attempt(add({ customerUid: '2' }).id, 'applied');
    // Kept, not counted: of the altered row it knows nothing.
    expect(outbox.counts()).toEqual({ ...none, queued: 1, confirmed: 1 });
    outbox.readAnew();
    expect(outbox.counts()).toEqual({ ...none, confirmed: 2 });
  });
});
