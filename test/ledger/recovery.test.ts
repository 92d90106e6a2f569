import { describe, expect, it } from 'vitest';
import { signerOf } from '../../main/hosts/kybio/kybio.ts';
import { amount, entryStates, negateAmount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { draft, endOf, openOutbox, signer } from '../kit/outbox.ts';

describe('after the process died', () => {
  it('what was being sent is unknown, its attempt has an open end, and the rest is as it was', () => {
    const till = openOutbox();
    const saved = new Map(
      entryStates.map((state) => [
        state,
        till.add({ customerUid: `1${state.length}${state.charCodeAt(0)}` }),
      ]),
    );
    const sending = saved.get('sending');
    if (sending === undefined) throw new Error('none');
    till.begin(sending.id);
    for (const [state, { id }] of saved) if (state !== 'sending') till.force(id, state);
    till.db.close();
    const after = openOutbox({ file: till.file });
    expect(after.transitions.recoverInterrupted()).toBe(1);
    expect(after.transitions.recoverInterrupted()).toBe(0);
    for (const [state, { id }] of saved)
      expect(after.outbox.byId(id)?.state).toBe(state === 'sending' ? 'unknown' : state);
    expect(after.outbox.byId(sending.id)).toMatchObject({ touched: true, cause: 'restarted', attempts: 1 });
    expect(after.db.prepare('SELECT * FROM attempt').all()).toMatchObject([
      { outcome: 'unknown', phase: 'sent', ended_at_ms: null },
    ]);
  });

  it('the attempt that the dead process began cannot be ended any more', () => {
    const till = openOutbox();
    const begun = till.begin(till.add().id);
    till.transitions.recoverInterrupted();
    expect(() => till.transitions.endAttempt(begun, endOf('applied'))).toThrow();
    expect(till.outbox.byId(begun.increment.id)?.state).toBe('unknown');
  });
});

describe('another key', () => {
  const next = signerOf('KEY-TWO');

  it.each(entryStates)('signs an entry in %s anew only where it may still be sent', (state) => {
    const till = openOutbox();
    const { id } = till.add();
    till.force(id, state);
    const before = till.outbox.signedBody(id);
    const open = ['queued', 'unknown', 'review'].includes(state);
    expect(till.transitions.resign(next.signBody, () => true)).toBe(open ? 1 : 0);
    const after = till.outbox.signedBody(id);
    if (before === null || after === null) throw new Error('no body');
    expect(after.body.equals(before.body)).toBe(true);
    expect(next.verify(after)).toBe(open);
    expect(signer.verify(after)).toBe(!open);
    expect(till.outbox.byId(id)?.state).toBe(state);
  });

  it('leaves alone what it has signed already', () => {
    const till = openOutbox();
    till.add();
    till.transitions.resign(next.signBody, () => true);
    const [candidate] = till.outbox.candidates();
    expect(till.transitions.resign(next.signBody, () => true)).toBe(0);
    expect(till.outbox.candidates()).toEqual([candidate]);
  });

  it('of the same account changes no entry of which it is half-way refused', () => {
    const till = openOutbox();
    for (const uid of ['1', '2', '3']) till.add({ customerUid: uid });
    let signed = 0;
    const failing = (body: Buffer) => {
      signed += 1;
      if (signed === 3) throw new Error('keyring gone');
      return next.signBody(body);
    };
    expect(() => till.transitions.resign(failing, () => true)).toThrow('keyring gone');
    for (const { id } of till.outbox.candidates()) {
      const body = till.outbox.signedBody(id);
      expect(body !== null && signer.verify(body)).toBe(true);
    }
  });
});

it('what is not vouched for goes to review and is no candidate', () => {
  const till = openOutbox();
  till.add();
  const [candidate] = till.outbox.candidates();
  if (candidate === undefined) throw new Error('none');
  till.transitions.quarantine(candidate);
  expect(till.outbox.candidates()).toEqual([]);
  expect(till.outbox.byId(candidate.id)).toMatchObject({ state: 'review', cause: 'not-vouched-for' });
  expect([...till.outbox.busyMembers()]).toEqual([]);
});

describe('a reversal', () => {
  const reversalOf = (id: string) =>
    draft({ kind: 'reversal', balanceIncrement: negateAmount(amount('10')), corrects: id });

  it('is one at a time, and another one after a refusal or a cancellation', () => {
    const till = openOutbox();
    const original = till.attempt(till.add().id, 'applied');
    const reverse = () => till.outbox.add(reversalOf(original.id), signer.sign);
    const first = reverse();
    if (!first.ok) throw new Error(first.error.code);
    expect(first.value).toMatchObject({ balanceIncrement: '-10', correctsSequence: 1 });
    expect(till.outbox.byId(original.id)?.corrected).toBe(true);
    expect(reverse).toThrow(/UNIQUE/);
    till.transitions.cancel(first.value.id, atTheTill);
    expect(till.outbox.byId(original.id)?.corrected).toBe(false);
    const second = reverse();
    if (!second.ok) throw new Error(second.error.code);
    till.attempt(second.value.id, 'rejected');
    const third = reverse();
    expect(third.ok).toBe(true);
    expect(reverse).toThrow(/UNIQUE/);
  });

  it('names an entry that there is', () => {
    const till = openOutbox();
    expect(() => till.outbox.add(reversalOf('nobody'), signer.sign)).toThrow(
      'what is taken back is not in the outbox',
    );
  });
});

describe('a reading that overlaps a send (protocol rule 6)', () => {
  const uid = '231607639459718452';

  it('is told by the marks before and after it', () => {
    const till = openOutbox();
    const noSends = till.transitions.sendsOf(uid);
    expect(noSends).toEqual({ begun: 0, sending: false, undecided: false, endedAtMs: null });
    const begun = till.begin(till.add().id);
    const under = { begun: 1, sending: true, undecided: false, endedAtMs: null };
    expect(till.transitions.sendsOf(uid)).toEqual(under);
    expect(till.transitions.sendsOfAll()).toEqual({ begun: 1, sending: true });
    expect(till.transitions.sendsOf('2')).toEqual(noSends);
    till.transitions.endAttempt(begun, endOf('applied'));
    expect(till.transitions.sendsOf(uid)).toEqual({
      ...under,
      sending: false,
      endedAtMs: expect.any(Number),
    });
  });

  it('an undecided send is under way for its member, and for nobody else', () => {
    const till = openOutbox();
    till.attempt(till.add().id, 'unknown');
    expect(till.transitions.sendsOf(uid).undecided).toBe(true);
    expect(till.transitions.sendsOfAll().sending).toBe(false);
  });
});
