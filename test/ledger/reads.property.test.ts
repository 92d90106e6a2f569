import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeDay } from '../../main/kernel/store-time.ts';
import { createBegunSends } from '../../main/ledger/begun-sends.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { addAmounts, type EntryState, zeroAmount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { identity, openOutbox } from '../kit/outbox.ts';

// What an index finds is what a walk through all entries finds.

const DAY_MS = 86_400_000;
const isOpen = ({ state }: Increment) => ['queued', 'sending', 'unknown', 'review'].includes(state);
const newestFirst = (one: Increment, other: Increment) => other.sequence - one.sequence;

const act = fc.record({
  member: fc.integer({ min: 1, max: 4 }),
  name: fc.constantFrom('Tan Mei', 'tan_wei', 'Lim 100%', 'Müller', 'José', '王 ＴＡＮ', ''),
  card: fc.constantFrom('8008', '80', 'A\\7', ''),
  what: fc.constantFrom(
    'applied',
    'rejected',
    'refused',
    'notSent',
    'unknown',
    'cancel',
    'review',
    'begin',
    'wait',
  ),
  passesMs: fc.constantFrom(1_000, 3_600_000, DAY_MS / 2, DAY_MS, -7_200_000),
  isAcknowledged: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function tillAfter(acts: readonly Act[]) {
  const till = openOutbox();
  const begun: string[] = [];
  for (const { member, name, card, what, passesMs, isAcknowledged } of acts) {
    till.clock.pass(passesMs);
    const { id } = till.add({ customerUid: String(member), customerName: name, customerNumber: card });
    const entry = till.outbox.byId(id);
    const mayBeSent = till.outbox.candidates().some((one) => one.id === id);
    if (entry === null) throw new Error('not added');
    if (what === 'cancel') till.transitions.cancel(id, atTheTill);
    else if (what === 'review') till.transitions.sendToReview(entry, 'restored');
    else if (what === 'begin' && mayBeSent) begun.push(till.begin(id).increment.id);
    else if (what !== 'wait' && what !== 'begin') till.attempt(id, what);
    if (what === 'rejected' && isAcknowledged) till.acknowledge(id, 'manager');
  }
  return { ...till, begun };
}

function dayByWalking(all: readonly Increment[], day: string, limit: number): readonly Increment[] {
  const isOfDay = ({ storeDay: entered, settledAtMs }: Increment) =>
    entered === day || (settledAtMs !== null && storeDay(settledAtMs, identity.storeTimeZone) === day);
  const inState = (...states: readonly EntryState[]) => all.filter(({ state }) => states.includes(state));
  return [
    ...inState('unknown', 'review'),
    ...inState('queued', 'sending'),
    ...all.filter(({ unacknowledged }) => unacknowledged),
    ...all.filter((entry) => !isOpen(entry) && !entry.unacknowledged && isOfDay(entry)),
  ]
    .slice(0, limit)
    .sort(newestFirst);
}

const acts = fc.array(act, { maxLength: 14 });
const runs = { numRuns: 25 };

describe('what is found by an index is what a walk through all entries finds', () => {
  it('the list of a day', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 0, max: 16 }), (drawn, limit) => {
        const { outbox, clock } = tillAfter(drawn);
        const all = [...outbox.all()].sort(newestFirst);
        // What was decided longer ago than a day is of no list of today.
        const today = storeDay(clock.nowMs(), identity.storeTimeZone);
        expect(outbox.activity(today, limit)).toEqual(dayByWalking(all, today, limit));
      }),
      runs,
    );
  });

  it('a member’s newest entries, sums and sends', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 6 }), (drawn, limit) => {
        const { outbox, transitions, db } = tillAfter(drawn);
        for (const uid of ['1', '2', '3', '4', 'nobody']) {
          const own = [...outbox.all()].filter(({ customerUid }) => customerUid === uid).sort(newestFirst);
          expect(outbox.newestOfMember(uid, limit)).toEqual(own.slice(0, limit));
          const sumsOf = (entries: readonly Increment[]) => ({
            entries: entries.length,
            balance: addAmounts(...entries.map(({ balanceIncrement }) => balanceIncrement)),
            bonus: addAmounts(zeroAmount, ...entries.map(({ terms }) => terms.bonus ?? zeroAmount)),
            point: addAmounts(...entries.map(({ pointIncrement }) => pointIncrement)),
          });
          const inState = (...states: readonly EntryState[]) =>
            own.filter(({ state }) => states.includes(state));
          expect(outbox.sumsOfMember(uid)).toEqual({
            waiting: sumsOf(inState('queued', 'sending')),
            checking: sumsOf(inState('unknown')),
            review: sumsOf(inState('review')),
            refused: sumsOf(own.filter(({ unacknowledged }) => unacknowledged)),
          });
          const ends = db
            .prepare(
              'SELECT MAX(a.ended_at_ms) AS endedAtMs FROM attempt a JOIN increment i ON i.sequence = a.entry WHERE i.customer_uid = ?',
            )
            .get(uid);
          const { begun: _, ...sends } = transitions.sendsOf(uid);
          expect(sends).toEqual({
            ...(ends as object),
            sending: inState('sending').length > 0,
            undecided: inState('unknown').length > 0,
          });
        }
        expect(transitions.sendsOfAll().sending).toBe(
          [...outbox.all()].some(({ state }) => state === 'sending'),
        );
      }),
      runs,
    );
  });
});

it('an attempt that was begun between two looks shows, of whichever member and however many came between', () => {
  const member = fc.integer({ min: 1, max: 6 }).map(String);
  fc.assert(
    fc.property(
      fc.array(member),
      fc.array(member),
      fc.integer({ min: 1, max: 4 }),
      (before, between, most) => {
        const sends = createBegunSends(most);
        for (const uid of before) sends.begin(uid);
        const looked = new Map(['1', '2', '3', '4', '5', '6'].map((uid) => [uid, sends.of(uid)]));
        const all = sends.ofAll();
        for (const uid of between) sends.begin(uid);
        for (const uid of between) expect(sends.of(uid)).not.toBe(looked.get(uid));
        if (between.length > 0) expect(sends.ofAll()).not.toBe(all);
        // As long as all are kept, it shows of nobody else.
        if (new Set([...before, ...between]).size > most) return;
        for (const [uid, begun] of looked) if (!between.includes(uid)) expect(sends.of(uid)).toBe(begun);
      },
    ),
  );
});
