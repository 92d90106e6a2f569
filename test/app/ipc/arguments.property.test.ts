import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../main/app/ipc/dispatch.ts';
import {
  amount,
  type ChannelArgs,
  type ChannelName,
  channelNames,
  channels,
  MAX_ARGUMENT_BYTES,
} from '../../../preload/contract/index.ts';
import { anyArgs } from '../../kit/any-args.ts';
import { anything } from '../../kit/find.ts';
import { matchWords } from '../../kit/match-words.ts';
import { countingHandlers, dispatchOptions, logLines, ours } from './support.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (of: unknown): of is Json => typeof of === 'object' && of !== null && !Array.isArray(of);

const id = '3c1f3f0a-6f0b-4b0e-9d57-0d8f3d9d2a11';
const pin = '1234';

/** With each field that may be left out. */
const whole: { readonly [N in ChannelName]?: ChannelArgs<N> } = {
  'setup:firstDay': { firstDay: { settled: ['pay'] } },
  'topUps:create': {
    ...{ requestId: id, customerUid: '231607639459718452', note: '', again: true },
    ...{ customerNumber: '8001', customerName: 'Mei' },
    ...{ balanceIncrement: amount('50.00'), pointIncrement: amount('0') },
  },
  'entries:changeTender': {
    ...{ id, requestId: id, was: 'card', tender: 'cash', given: amount('60') },
    approval: { person: id, pin },
  },
  'find:export': { filter: { ...anything, text: 'Mei', fromDay: '2026-11-26', tender: 'cash' }, pin },
  'review:answer': { id, version: 3, answer: 'send', pin, readingId: id, isMeant: true },
  'slips:scan': { text: 'CFS1', lostTill: 'Counter 2', pin },
  'matching:plan': { ask: { of: 'days', from: '2026-11-26', to: '2026-11-27' } },
  'matching:start': { ask: { of: 'member', customerUid: '1' }, pin },
  'matching:export': { words: matchWords, pin },
};
const good: Readonly<Record<ChannelName, Json>> = { ...anyArgs, ...whole };

function dispatchedTo() {
  const { handlers, reached } = countingHandlers();
  return { dispatch: createDispatch(dispatchOptions(handlers, logLines().logger)), reached };
}

/** Values that nearly fit, and any others. */
const value = fc.oneof(
  fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true, withBigInt: true }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e3',
    '50.00',
    '٣',
    '\u0000',
    id,
    id.toUpperCase(),
    'send',
    'SGD',
    '__proto__',
  ),
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.5,
    1e21,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    60_000,
    true,
    false,
    null,
  ),
  fc.string({ unit: 'binary', minLength: 30, maxLength: 400 }),
);

/** Good arguments with one field otherwise, gone or too many, at the top or within. */
const nearlyGood = fc
  .record({
    channel: fc.constantFrom(...channelNames),
    how: fc.constantFrom('other', 'gone', 'more', 'within'),
    pick: fc.nat(),
    name: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'pin', 'appKey'),
      fc.string(),
    ),
    value,
  })
  .map(({ channel, how, pick, name, value: other }) => {
    const args: Json = good[channel];
    const keys = Object.keys(args);
    const key = keys[pick % Math.max(1, keys.length)] ?? 'none';
    const inner = args[key];
    const plus = (to: Json, more: string): Json => Object.fromEntries([...Object.entries(to), [more, other]]);
    if (how === 'gone') {
      const { [key]: _, ...rest } = args;
      return { channel, args: rest };
    }
    if (how === 'within' && isObject(inner)) {
      const innerKeys = Object.keys(inner);
      return { channel, args: { ...args, [key]: plus(inner, innerKeys[pick % innerKeys.length] ?? name) } };
    }
    return { channel, args: how === 'more' ? plus(args, name) : plus(args, key) };
  });

/** A PIN is the till's or a person's own. */
const kindsOf = (key: string, known: unknown): readonly string[] =>
  key === 'pin' ? ['string', 'object'] : [typeof known];

/** Every text and number within, however deep. */
function* leaves(of: unknown): Generator<unknown> {
  if (typeof of !== 'object' || of === null) yield of;
  else for (const inner of Object.values(of)) yield* leaves(inner);
}

describe('arguments over IPC', () => {
  it.each(channelNames)('good ones reach %s as they are', async (channel) => {
    const { dispatch, reached } = dispatchedTo();
    const args = good[channel];
    expect(await dispatch({ channel, args }, ours)).toMatchObject({ error: { code: 'not-set-up' } });
    expect(reached).toEqual([{ channel, args }]);
  });

  it('nearly good ones reach a handler only where they say nothing that the contract does not know', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(nearlyGood, async ({ channel, args }) => {
        const { dispatch, reached } = dispatchedTo();
        const answer = await dispatch({ channel, args }, ours);
        expect(answer.ok).toBe(false);
        const isTaken = !answer.ok && answer.error.code === 'not-set-up';
        expect(reached).toHaveLength(isTaken ? 1 : 0);
        if (!isTaken) {
          refused += 1;
          return;
        }
        expect(channels[channel].args.safeParse(args).success).toBe(true);
        const [{ args: taken } = { args: null }] = reached;
        // Told apart without the schema: no unknown field, no other kind of value, nothing without end.
        const known: Json = good[channel];
        for (const [key, inner] of Object.entries(taken as Json)) {
          expect(Object.keys(known)).toContain(key);
          // Null stands where there is none of it: the schema has said where that may be.
          const isNone = inner === undefined || inner === null || known[key] === null;
          if (!isNone) expect(kindsOf(key, known[key])).toContain(typeof inner);
        }
        for (const leaf of leaves(taken)) {
          if (typeof leaf === 'string') expect(leaf.length).toBeLessThanOrEqual(300);
          if (typeof leaf === 'number') expect(Number.isSafeInteger(leaf)).toBe(true);
        }
        expect(JSON.stringify(taken).length).toBeLessThanOrEqual(MAX_ARGUMENT_BYTES);
      }),
      { numRuns: 3_000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  it('leave the prototype of everything alone', async () => {
    const { dispatch, reached } = dispatchedTo();
    for (const channel of channelNames) {
      const text = JSON.stringify(good[channel]);
      const poisoned = `{"__proto__":{"isManager":true}${text === '{}' ? '' : ','}${text.slice(1)}`;
      await dispatch({ channel, args: JSON.parse(poisoned) }, ours);
      expect('isManager' in {}).toBe(false);
    }
    for (const { args } of reached) expect((args as Json)['isManager']).toBeUndefined();
  });
});
