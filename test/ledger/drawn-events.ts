import fc from 'fast-check';
import { newEntry } from '../../main/ledger/entry.ts';
import type { EntryEvent, EntryEventName } from '../../main/ledger/tables/entry-events.ts';
import { noNames } from '../../main/ledger/tables/named-members.ts';
import { type Amount, amount, entryCauses, entryStates } from '../../preload/contract/index.ts';

// Any event that a till of this program may write, for what must hold of all of them.

const word = fc.string({ unit: 'grapheme', maxLength: 12 });
const count = fc.nat({ max: 1_000_000 });
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const orNull = <T>(drawn: fc.Arbitrary<T>) => fc.option(drawn, { nil: null });
const sum: fc.Arbitrary<Amount> = fc
  .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.nat({ max: 9_999 }))
  .map(([whole, part]) => amount(`${whole}.${String(part).padStart(4, '0')}`));
const cause = fc.constantFrom(...entryCauses);
const state = fc.constantFrom(...entryStates);

const scaledSum = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(String);

const stated = fc.record({
  ...{ tender: orNull(word), given_e4: orNull(scaledSum), bonus_e4: orNull(scaledSum) },
  ...{
    purchase_e4: orNull(scaledSum),
    reason: orNull(word),
    rules_version: orNull(count),
    rule: orNull(word),
  },
  ...{ approved_by: orNull(word), bonus_let_go_e4: orNull(scaledSum), rule_id: orNull(word) },
  ...{ origin_till: orNull(word), origin_epoch: orNull(word), origin_number: orNull(count) },
  person_id: orNull(word),
  ...{ id: word, till: word, request_id: word, cashier: word, note: word },
  ...{ kind: fc.constantFrom('top-up', 'award', 'reversal'), store_day: word, corrects: orNull(word) },
});

/** As what is written names its member. */
const member = fc.record({ number: count, digest: word });

/** What a host is sent is its own JSON, which may have lines. */
const signed = fc.record({
  body: fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => Buffer.from(text, 'utf8')),
  ...{ signature: word, keyFingerprint: word },
});

const attemptRow = fc.record({
  ...{ number: count, started_at_ms: moment, baseline_balance: orNull(sum), baseline_point: orNull(sum) },
  ...{ baseline_at_ms: orNull(moment), phase: word, ended_at_ms: orNull(moment), outcome: orNull(word) },
  ...{ cause: orNull(cause), messages: word, reply_mark: orNull(word) },
});

const entry = fc
  .tuple(stated, count, moment, sum, fc.array(attemptRow, { maxLength: 3 }))
  .map(([facts, sequence, atMs, increment, attempts]) => {
    const {
      customer_number: _card,
      customer_name: _name,
      ...unnamed
    } = newEntry(sequence, atMs, {
      ...{ ...facts, ...noNames },
      ...{
        customer_uid: facts.id,
        balance_increment_e4: increment,
        point_increment_e4: increment,
        data_change_time: facts.store_day,
      },
    });
    return { ...unnamed, attempts };
  });

const reply = fc.record({
  ...{ customerUid: orNull(word), balanceBeforeUpdate: orNull(sum), balanceAfterUpdate: orNull(sum) },
  ...{ pointBeforeUpdate: orNull(sum), pointAfterUpdate: orNull(sum), dataChangeTime: orNull(word) },
  updateCustomerTime: orNull(word),
});

const attemptEnd = fc.record({
  phase: fc.constantFrom('connecting' as const, 'sent' as const, 'answered' as const),
  outcome: fc.constantFrom(
    ...(['applied', 'rejected', 'not-applied', 'unknown'] as const satisfies readonly string[]),
  ),
  cause: orNull(cause),
  httpStatus: orNull(fc.integer({ min: 100, max: 599 })),
  failure: orNull(word),
  messages: fc.array(word, { maxLength: 3 }),
});

const entryEnd = fc.record({
  ...{ state, touched: fc.boolean(), cause: orNull(cause), messages: fc.array(word, { maxLength: 3 }) },
});

const named = <N extends EntryEventName>(event: N) => ({ event: fc.constant(event) });

/** Each kind by its name: one that is new and not drawn here is told by the compiler. */
export const drawnEvents: Readonly<Record<EntryEventName, fc.Arbitrary<EntryEvent>>> = {
  added: fc.record({ ...named('added'), member, facts: stated, signed }),
  adopted: fc.record({ ...named('adopted'), member, entry, signed: orNull(signed) }),
  sending: fc.record({
    ...{ ...named('sending'), attempt: count },
    baseline: orNull(fc.record({ balance: sum, point: sum, atMs: moment })),
  }),
  ended: fc.record({
    ...{ ...named('ended'), number: count, attempt: attemptEnd, reply: orNull(reply), entry: entryEnd },
  }),
  interrupted: fc.record(named('interrupted')),
  cancelled: fc.record(named('cancelled')),
  quarantined: fc.record({ ...named('quarantined'), cause }),
  'sent-to-review': fc.record({ ...named('sent-to-review'), cause }),
  decided: fc.record({
    ...{ ...named('decided'), state, cause: orNull(cause), reason: word },
    // What is no JSON (a minus before zero) is not what anybody gathers.
    evidence: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  }),
  resigned: fc.record({ ...named('resigned'), signature: word, keyFingerprint: word }),
  acknowledged: fc.record(named('acknowledged')),
  'tender-changed': fc.record({
    ...{ ...named('tender-changed'), requestId: word, was: orNull(word), tender: word },
    ...{ was_given_e4: orNull(scaledSum), given_e4: orNull(scaledSum), approvedBy: orNull(word) },
  }),
};

export const eventNames = Object.keys(drawnEvents) as readonly EntryEventName[];

export const drawnEvent: fc.Arbitrary<EntryEvent> = fc.oneof(...Object.values(drawnEvents));
