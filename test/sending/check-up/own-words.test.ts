import { describe, expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { answers, found, isOver, journaledSends, number, open, sums, uid, view } from '../../kit/check-up.ts';
import type { Driven } from '../../kit/driven-till.ts';

const method = 'updateBalancePointByIncrement';
const all = { refusesDuplicates: true, keepsRechargeLog: true, logCarriesDataChangeTime: true };
const seen = 'Diese Anfrage wurde bereits verarbeitet';
const busy = 'Too many requests for this customer, try again in a moment';

const says = ({ store }: Driven, ...messages: string[]) =>
  store.addFault({ fault: { kind: 'error', messages, when: 'before' }, method, times: 1 });

/** Begins a check-up whose host answers so to the n-th sending, from 1, of a question's bytes, or else honestly. */
const begin = async (driven: Driven, answer: (question: string, time: number) => string | undefined) => {
  driven.beforeSend(() => {
    const keys = journaledSends(driven.till.folder).map(({ key }) => key);
    const [last = ''] = keys.slice(-1);
    const message = answer(last.replace(/-\d+$/, ''), keys.filter((key) => key === last).length);
    if (message !== undefined) says(driven, message);
  });
  expect((await driven.till.session.sending.checkUp.start(number, theManager)).ok).toBe(true);
};

/** The same bytes are refused in these words, age by age, and in the usual ones after those. */
const sameBytesIn =
  (...words: readonly string[]) =>
  (question: string, time: number) =>
    question === 'same-bytes-at-once' ? words[time - 2] : undefined;

const refusingIn = async (...words: readonly string[]) => {
  const driven = await open(all);
  await begin(driven, sameBytesIn(...words));
  return driven;
};

const hasAnswered = (driven: Driven, question: string) => () => answers(driven)[question] !== undefined;

const stopped = async (driven: Driven) => {
  await driven.till.session.sending.checkUp.stop(theManager);
  await driven.drive(isOver(driven));
  expect(sums(driven)).toEqual({ balance: 0, point: 0 });
};

describe('a host with words of its own', () => {
  it('teaches how it says that it has seen these bytes, once another age has repeated it', async () => {
    const driven = await refusingIn(seen, seen, seen, seen);
    await driven.drive(hasAnswered(driven, 'same-bytes-at-once'));
    const first = () => view(driven).answers.find(({ question }) => question === 'same-bytes-at-once');
    expect(first()).toMatchObject({ answer: 'unclear', note: 'not-repeated', words: seen });
    await driven.drive(hasAnswered(driven, 'same-bytes-after-a-minute'));
    expect(first()).toMatchObject({ answer: 'yes', note: null });
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
    expect(answers(driven)).toMatchObject({
      'same-bytes-after-a-minute': 'yes',
      'same-bytes-after-an-hour': 'yes',
      'same-bytes-after-a-day': 'yes',
    });
    expect(found(driven).duplicates?.greatestAgeMs).toBeGreaterThanOrEqual(86_400_000);
    expect(found(driven).learntWords).toMatchObject([
      { category: 'duplicate', words: [seen], whole: true, source: 'host check-up' },
    ]);
    expect(sums(driven)).toEqual({ balance: 0, point: 0 });
  });

  it('has taught nothing, and proven nothing, while no other age was asked', async () => {
    const driven = await refusingIn(seen);
    await driven.drive(hasAnswered(driven, 'same-bytes-at-once'));
    await stopped(driven);
    expect(answers(driven)['same-bytes-at-once']).toBe('unclear');
    expect(found(driven)).toMatchObject({ duplicates: null, learntWords: [] });
  });

  it('has taught nothing where the ages differ: the words of one age may have meant anything', async () => {
    const driven = await refusingIn(busy);
    await driven.drive(isOver(driven));
    expect(answers(driven)).toMatchObject({
      'same-bytes-at-once': 'unclear',
      'same-bytes-after-a-day': 'yes',
    });
    expect(found(driven)).toMatchObject({ duplicates: { rejectedStaysRejected: true }, learntWords: [] });
  });

  it('no longer teaches what a later age does not repeat', async () => {
    const driven = await refusingIn(busy, busy, seen);
    await driven.drive(hasAnswered(driven, 'same-bytes-after-a-minute'));
    expect(found(driven).learntWords).toHaveLength(1);
    await driven.drive(hasAnswered(driven, 'same-bytes-after-an-hour'));
    await stopped(driven);
    expect(answers(driven)).toMatchObject({
      'same-bytes-at-once': 'unclear',
      'same-bytes-after-a-minute': 'unclear',
      'same-bytes-after-an-hour': 'unclear',
    });
    expect(found(driven)).toMatchObject({ duplicates: null, learntWords: [] });
  });

  it('has taught nothing by words that it also has for bytes which it never saw', async () => {
    const driven = await open(all);
    const failed = 'Operation failed';
    await begin(driven, (question, time) =>
      question === 'id-as-text' ? failed : sameBytesIn(failed, failed)(question, time),
    );
    await driven.drive(hasAnswered(driven, 'same-bytes-after-a-minute'));
    await stopped(driven);
    expect(answers(driven)).toMatchObject({ 'same-bytes-at-once': 'unclear', 'id-as-text': 'no' });
    expect(found(driven)).toMatchObject({ duplicates: null, learntWords: [] });
  });

  it('that mean anything has taught nothing', async () => {
    const driven = await refusingIn('error');
    await driven.drive(isOver(driven));
    expect(answers(driven)['same-bytes-at-once']).toBe('unclear');
    expect(found(driven)).toMatchObject({ duplicates: null, learntWords: [] });
  });

  it('confirms nothing by a limit on speed that a later age did not repeat', async () => {
    const driven = await open(all);
    const { session } = driven.till;
    session.start();
    await begin(driven, sameBytesIn(busy));
    await driven.drive(hasAnswered(driven, 'same-bytes-after-an-hour'));
    await stopped(driven);
    const declared = { ...session.counter.policy.current(), repeatWithinMs: 0, tillNumbersDeclared: true };
    session.counter.policy.save(declared, theManager);
    // The first sending never arrives, the second meets the limit.
    let sent = 0;
    driven.beforeSend(() => {
      sent += 1;
      if (sent === 1) driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
      if (sent === 2) says(driven, busy);
    });
    const { id } = driven.till.topUp(uid, '10.00');
    const state = () => session.ledger.outbox.byId(id)?.state;
    await driven.drive(() => state() === 'confirmed' || state() === 'review');
    expect({ state: state(), ...sums(driven) }).toEqual({ state: 'confirmed', balance: 10, point: 0 });
  });
});

describe('what a host says to a wrong key', () => {
  const saying = async (...words: readonly string[]) => {
    const driven = await open(all);
    const left = [...words];
    driven.beforeCall((appKey) => {
      const [message] = appKey === 'check-up: not the key' ? left.splice(0, 1) : [];
      if (message === undefined) return;
      driven.store.addFault({
        fault: { kind: 'error', messages: [message], when: 'before' },
        method: 'queryByNumber',
        times: 1,
      });
    });
    expect((await driven.till.session.sending.checkUp.start(number, theManager)).ok).toBe(true);
    await driven.drive(hasAnswered(driven, 'wrong-key'));
    await stopped(driven);
    return { said: answers(driven)['wrong-key'], learnt: found(driven).learntWords };
  };
  const upgraded = 'Service is being upgraded';

  it('in words of its own it has taught by saying it again, with the right key answered between', async () => {
    const refused = 'Zugriff mit diesem Schlüssel verweigert';
    expect(await saying(refused, refused)).toMatchObject({
      said: 'yes',
      learnt: [{ category: 'signature', words: [refused] }],
    });
  });

  it('has taught nothing by one answer: an increment would be sent again on the next of its kind', async () => {
    expect(await saying(upgraded)).toEqual({ said: 'unclear', learnt: [] });
    expect(await saying(upgraded, 'Zugriff mit diesem Schlüssel verweigert')).toEqual({
      said: 'unclear',
      learnt: [],
    });
  });
});
