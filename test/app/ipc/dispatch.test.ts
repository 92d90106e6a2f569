import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDispatch, type Handlers, type SenderInfo } from '../../../main/app/ipc/dispatch.ts';
import { amount, appError, channelNames, channels, err, ok } from '../../../preload/contract/index.ts';
import { entryOf, snapshotOf } from '../../renderer/support/samples.ts';
import { countingHandlers, dispatchOptions, logLines, ORIGIN, ours } from './support.ts';

function bridge(some: Partial<Handlers> = {}) {
  const { handlers, reached } = countingHandlers(some);
  const { logger, lines } = logLines();
  return { dispatch: createDispatch(dispatchOptions(handlers, logger)), reached, lines };
}

const find = { channel: 'members:find', args: { query: '8001' } };
const failed = (code: string, details?: object) => ({
  ok: false,
  error: details === undefined ? { code } : { code, details },
});

const nobody = { members: [], isForPicker: false, stillAsking: null };

test('a good message reaches its handler with parsed arguments, and the reply comes back', async () => {
  const { dispatch, reached } = bridge({ 'members:find': async () => ok(nobody) });
  expect(await dispatch(find, ours)).toEqual({ ok: true, value: nobody });
  expect(reached).toEqual([find]);
});

test("a handler's own error comes back as it is", async () => {
  const answer = err(appError('above-cap', { cap: '500.00' }));
  const { dispatch } = bridge({ 'members:find': async () => answer });
  expect(await dispatch(find, ours)).toEqual(answer);
});

describe('what is refused reaches no handler', () => {
  const strangers: Record<string, SenderInfo> = {
    'another window': { ...ours, isTillWindow: false },
    'a frame inside the page': { ...ours, isMainFrame: false },
    'a frame that is gone': { ...ours, isMainFrame: false, origin: null },
    'a web page': { ...ours, origin: 'https://example.com' },
    'a file': { ...ours, origin: 'file://' },
    'an opaque origin': { ...ours, origin: 'null' },
    'another host of our scheme': { ...ours, origin: 'counterfoil://app.evil' },
    'an origin that begins like ours': { ...ours, origin: `${ORIGIN}x` },
  };
  test.each(Object.entries(strangers))('from %s', async (_, sender) => {
    const { dispatch, reached, lines } = bridge();
    expect(await dispatch(find, sender)).toEqual(failed('forbidden-sender'));
    expect(reached).toEqual([]);
    expect(lines).toHaveLength(1);
  });

  test.each([
    '',
    'members:drop',
    'toString',
    '__proto__',
    'constructor',
    'members:find ',
    7,
    null,
    undefined,
  ])('on channel %j', async (channel) => {
    const { dispatch, reached } = bridge();
    expect(await dispatch({ channel, args: {} }, ours)).toEqual(failed('unknown-channel'));
    expect(reached).toEqual([]);
  });

  test.each([
    undefined,
    null,
    {},
    [],
    'text',
    { query: 7 },
    { query: 'x'.repeat(101) },
    { query: 'x', more: 1 },
    { query: 'x', when: new Date(0) },
  ])('with arguments %j', async (args) => {
    const { dispatch, reached } = bridge();
    const answer = await dispatch({ channel: 'members:find', args }, ours);
    expect(answer).toMatchObject(failed('invalid-request'));
    expect(reached).toEqual([]);
  });

  test('above the size limit, before any schema looks', async () => {
    const { dispatch, reached } = bridge();
    const args = { query: 'x'.repeat(20_000) };
    expect(await dispatch({ channel: 'members:find', args }, ours)).toEqual(failed('too-large'));
    expect(await dispatch('x'.repeat(20_000), ours)).toEqual(failed('too-large'));
    expect(reached).toEqual([]);
  });

  test('an amount as a number, where digits could be lost', async () => {
    const { dispatch, reached } = bridge();
    const args = {
      requestId: '3c1f3f0a-6f0b-4b0e-9d57-0d8f3d9d2a11',
      customerUid: '231607639459718452',
      customerNumber: '8001',
      customerName: 'Mei',
      balanceIncrement: '50.00',
      pointIncrement: '0',
      note: '',
    };
    await dispatch({ channel: 'topUps:create', args }, ours);
    expect(reached).toHaveLength(1);
    for (const wrong of [{ balanceIncrement: 50 }, { balanceIncrement: '1e3' }, { customerUid: 2.3e17 }]) {
      const answer = await dispatch({ channel: 'topUps:create', args: { ...args, ...wrong } }, ours);
      expect(answer).toMatchObject(failed('invalid-request'));
    }
    expect(reached).toHaveLength(1);
  });
});

describe('what goes wrong in a handler', () => {
  const secret = 'appKey 2D8A1F0C99E04B7DA2F3C1E65B7F9A10';
  const wrong: Record<string, Handlers['members:find']> = {
    'it throws': async () => {
      throw new Error(secret);
    },
    'it throws at once': () => {
      throw new Error(secret);
    },
    'it throws no Error': async () => {
      const thrown: unknown = { secret };
      throw thrown;
    },
    'it answers nothing': async () => undefined as never,
    'its reply does not fit': async () => ok({ members: secret }) as never,
    'its error has no known code': async () => err({ code: secret }) as never,
    'its reply holds too many': async () =>
      ok({ members: Array(51).fill(memberCard), isForPicker: false, stillAsking: null }),
  };
  test.each(Object.entries(wrong))('%s: internal, with the reference of its log line', async (_, handler) => {
    const { dispatch, lines } = bridge({ 'members:find': handler });
    const answer = await dispatch(find, ours);
    const [line] = lines;
    expect(lines).toHaveLength(1);
    expect(line?.event).toBe('bridge.internal');
    expect(answer).toEqual({ ok: false, error: { code: 'internal', reference: line?.values['reference'] } });
    expect(JSON.stringify(answer)).not.toContain('2D8A');
  });
});

const none = { entries: 0, balance: amount('0'), bonus: amount('0'), point: amount('0') };
const memberCard = {
  customerUid: '1',
  number: '8001',
  name: 'Mei',
  categoryName: '',
  maskedPhone: '••• 4567',
  balance: '1',
  point: '0',
  status: 'active',
  expiryDate: null,
  asOfMs: 1,
  source: 'till',
  waiting: none,
  checking: none,
  review: none,
  refused: none,
  recent: [],
};

test('fields that the contract does not name stay behind', async () => {
  const leaky = { ...memberCard, phone: '+6591234567', password: 'hash' };
  const { dispatch } = bridge({
    'members:find': async () => ok({ members: [leaky], isForPicker: false, stillAsking: null }) as never,
  });
  expect(await dispatch(find, ours)).toEqual({
    ok: true,
    value: { members: [memberCard], isForPicker: false, stillAsking: null },
  });
});

test('a reply above the size limit does not cross', async () => {
  const words = { ...entryOf(), memberName: '𠮷'.repeat(100), messages: Array(10).fill('𠮷'.repeat(250)) };
  const large = { ...snapshotOf(), activity: Array(500).fill(words) };
  expect(channels['app:snapshot'].reply.safeParse(large).success).toBe(true);
  const { dispatch, lines } = bridge({ 'app:snapshot': async () => ok(large) });
  const answer = await dispatch({ channel: 'app:snapshot', args: {} }, ours);
  expect(answer).toMatchObject(failed('internal'));
  expect(lines[0]?.values['reason']).toBe('reply is too-large');
  const snapshot = snapshotOf({ activity: [entryOf()] });
  const fits = bridge({ 'app:snapshot': async () => ok(snapshot) });
  expect(await fits.dispatch({ channel: 'app:snapshot', args: {} }, ours)).toEqual(ok(snapshot));
});

const anyChannel = fc.oneof(fc.constantFrom(...channelNames), fc.string());
const anyArgs = fc.anything({
  withDate: true,
  withMap: true,
  withTypedArray: true,
  withBigInt: true,
  withSparseArray: true,
});

test('no message whatever throws, and one that is refused has reached nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(anyArgs, fc.record({ channel: anyChannel, args: anyArgs })),
      async (message) => {
        const { dispatch, reached } = bridge();
        const answer = await dispatch(message, ours);
        expect(answer.ok).toBe(false);
        const accepted = !answer.ok && answer.error.code === 'not-set-up';
        expect(reached).toHaveLength(accepted ? 1 : 0);
        for (const { channel, args } of reached) {
          expect(channels[channel as keyof typeof channels].args.safeParse(args).success).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('whatever a handler answers, the page gets what the contract says or "internal"', async () => {
  await fc.assert(
    fc.asyncProperty(fc.anything(), fc.boolean(), async (value, isOk) => {
      const result = isOk ? ok(value) : err(value);
      const { dispatch } = bridge({ 'members:find': async () => result as never });
      const answer = await dispatch(find, ours);
      if (answer.ok) expect(channels['members:find'].reply.safeParse(answer.value).success).toBe(true);
      else expect(answer.error.code).toBeTypeOf('string');
    }),
  );
});
