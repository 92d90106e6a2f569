import { Agent } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import type { Fault } from '../../../main/hosts/practice/types.ts';
import type { Clock } from '../../../main/kernel/ports.ts';
import { realClock, startPracticeStore } from '../../kit/practice-store.ts';
import {
  bodyOf,
  callPractice,
  envelopeOf,
  headersOf,
  incrementOf,
  sendIncrement,
  sendIncrementRaw,
} from '../../support/practice-call.ts';

const members = incrementOf(meiLing.customerUid, '10', '1');
const sides = ['before', 'after'] as const;
const incrementsAfter = { before: 0, after: 1 } as const;

/** Real time, but what is scheduled waits until it is let go. */
function heldClock(): { clock: Clock; letGo: () => void; waiting: () => number } {
  let actions: (() => void)[] = [];
  const schedule = (_delayMs: number, action: () => void) => {
    actions.push(action);
    return () => {
      actions = actions.filter((other) => other !== action);
    };
  };
  return {
    clock: { ...realClock, schedule },
    letGo: () => actions.shift()?.(),
    waiting: () => actions.length,
  };
}

test.each(sides)('drop %s closes in good order without a byte', async (when) => {
  const store = await startPracticeStore();
  store.addFault({ fault: { kind: 'drop', when } });
  expect(await sendIncrementRaw(store, members)).toEqual({ bytes: '', end: 'FIN' });
  expect(store.increments()).toHaveLength(incrementsAfter[when]);
  expect(store.calls()).toMatchObject([{ fault: 'drop', applied: when === 'after', signatureValid: true }]);
});

test.each(sides)('reset %s answers with an RST', async (when) => {
  const store = await startPracticeStore();
  store.addFault({ fault: { kind: 'reset', when } });
  expect(await sendIncrementRaw(store, members)).toEqual({ bytes: '', end: 'ECONNRESET' });
  expect(store.increments()).toHaveLength(incrementsAfter[when]);
});

test.each(sides)('hang %s never answers, until the store closes', async (when) => {
  const store = await startPracticeStore();
  store.addFault({ fault: { kind: 'hang', when }, times: 1 });
  let ended = false;
  const hanging = sendIncrementRaw(store, members).finally(() => {
    ended = true;
  });
  const call = await store.waitForCall(({ fault }) => fault === 'hang');
  expect(call.applied).toBe(when === 'after');
  await callPractice(store, 'customerOpenApi/queryByNumber', '"customerNum":"1"');
  expect(ended).toBe(false);
  await store.close();
  expect(await hanging).toMatchObject({ bytes: '' });
});

test('delay before applies late, even for a sender that has given up', async () => {
  const { clock, letGo, waiting } = heldClock();
  const store = await startPracticeStore({ clock });
  store.addFault({ fault: { kind: 'delay', delayMs: 60_000, when: 'before' } });
  const giveUp = new AbortController();
  const given = expect(sendIncrement(store, members, { signal: giveUp.signal })).rejects.toThrow();
  expect(await store.waitForCall(() => true)).toMatchObject({ applied: false });
  giveUp.abort();
  await given;
  expect(store.increments()).toEqual([]);
  expect(waiting()).toBe(1);
  const applied = store.waitForCall((call) => call.applied);
  letGo();
  expect(await applied).toMatchObject({ number: 1, fault: 'delay' });
  expect(store.increments()).toHaveLength(1);
});

test('delay after applies at once and answers late', async () => {
  const { clock, letGo } = heldClock();
  const store = await startPracticeStore({ clock });
  store.addFault({ fault: { kind: 'delay', delayMs: 60_000, when: 'after' } });
  const reply = sendIncrement(store, members);
  await store.waitForCall((call) => call.applied);
  letGo();
  expect(envelopeOf(await reply)).toMatchObject({ status: 'success' });
});

test('truncate promises the whole and sends half', async () => {
  const store = await startPracticeStore({ profile: { compression: 'none' } });
  store.addFault({ fault: { kind: 'truncate' } });
  const { bytes, end } = await sendIncrementRaw(store, members);
  const [head = '', body = ''] = bytes.split('\r\n\r\n');
  const promised = Number(/content-length: (\d+)/i.exec(head)?.[1]);
  expect(end).toBe('FIN');
  expect(body).toHaveLength(Math.floor(promised / 2));
  expect(body).toMatch(/^\{"status":"success"/);
  expect(store.increments()).toHaveLength(1);
  await expect(
    (async () => {
      store.addFault({ fault: { kind: 'truncate' } });
      return sendIncrement(store, members);
    })(),
  ).rejects.toThrow('aborted');
});

test('slow-drip sends one byte at a time', async () => {
  const { clock, letGo, waiting } = heldClock();
  const store = await startPracticeStore({ clock, profile: { compression: 'none' } });
  store.addFault({ fault: { kind: 'slow-drip', everyMs: 1_000 }, times: 1 });
  const body = bodyOf(store, members);
  const head = Object.entries({ Host: 'x', ...headersOf(store, body) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const socket = connect(store.port, '127.0.0.1');
  let heard = '';
  const until = (enough: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!enough()) return;
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look);
      look();
    });
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  const dripped = (): string => heard.split('\r\n\r\n')[1] ?? '';
  socket.write(
    `POST /pospal-api2/openapi/v1/customerOpenApi/updateBalancePointByIncrement HTTP/1.1\r\n${head.join('')}\r\n${body}`,
  );
  for (const expected of ['{', '{"', '{"s']) {
    await until(() => dripped().length >= expected.length);
    expect(dripped()).toBe(expected);
    letGo();
  }
  while (waiting() > 0) letGo();
  const whole = Number(/content-length: (\d+)/i.exec(heard)?.[1]);
  await until(() => dripped().length === whole);
  expect(dripped()).toContain('"success"');
  expect(store.increments()).toHaveLength(1);
  socket.destroy();
});

test('portal answers 200 with a page, and KYBIO never hears of it', async () => {
  const store = await startPracticeStore();
  store.addFault({ fault: { kind: 'portal' } });
  const reply = await sendIncrement(store, members);
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
  expect(reply.text).toContain('<html>');
  expect(store.increments()).toEqual([]);
});

test.each(sides)('status %s answers with that status, body and headers', async (when) => {
  const store = await startPracticeStore();
  store.addFault({
    fault: { kind: 'status', status: 429, body: 'slow', headers: { 'Retry-After': '7' }, when },
  });
  expect(await sendIncrement(store, members)).toMatchObject({
    status: 429,
    text: 'slow',
    headers: { 'retry-after': '7' },
  });
  store.clearFaults();
  store.addFault({ fault: { kind: 'status', status: 503, when: 'before' } });
  expect(await sendIncrement(store, members)).toMatchObject({ status: 503, text: '' });
  expect(store.increments()).toHaveLength(incrementsAfter[when]);
});

test.each(sides)('error %s and body %s say what they are told to', async (when) => {
  const store = await startPracticeStore();
  store.addFault({
    fault: { kind: 'error', messages: ['responseCode=500'], errorCode: 'E7', when },
    times: 1,
  });
  store.addFault({ fault: { kind: 'body', body: '{"ok":1}', when }, times: 1 });
  expect((await sendIncrement(store, members)).text).toBe(
    '{"status":"error","messages":["responseCode=500"],"errorCode":"E7"}',
  );
  expect(await sendIncrement(store, members)).toMatchObject({ status: 200, text: '{"ok":1}' });
  expect(store.increments()).toHaveLength(2 * incrementsAfter[when]);
});

test('other-member and other-sums lie about what was applied', async () => {
  const store = await startPracticeStore({ profile: { ids: 'exact' } });
  store.addFault({ fault: { kind: 'other-member' }, times: 1 });
  store.addFault({ fault: { kind: 'other-sums' }, times: 1 });
  const said = envelopeOf(await sendIncrement(store, members)) as { data: { customerUid: string } };
  expect(Number(said.data.customerUid.slice(1))).not.toBe(Number(meiLing.customerUid));
  expect(envelopeOf(await sendIncrement(store, members))).toMatchObject({
    data: { balanceBeforeUpdate: '#130.00', balanceAfterUpdate: '#141.00', balanceIncrement: '#10' },
  });
  expect(store.increments().map((increment) => increment.customerUid)).toEqual([
    meiLing.customerUid,
    meiLing.customerUid,
  ]);
});

test('rules are used up in order, by the method they name', async () => {
  const store = await startPracticeStore();
  const fault = (status: number): Fault => ({ kind: 'status', status, when: 'before' });
  store.addFault({ fault: fault(501), method: 'queryByNumber', times: 1 });
  store.addFault({ fault: fault(502), times: 2 });
  store.addFault({ fault: fault(503) });
  const statuses: number[] = [];
  for (let call = 0; call < 4; call += 1) statuses.push((await sendIncrement(store, members)).status);
  expect(statuses).toEqual([502, 502, 503, 503]);
  const query = () =>
    callPractice(store, 'customerOpenApi/queryByNumber', `"customerNum":"${limWei.number}"`);
  expect((await query()).status).toBe(501);
  expect((await query()).status).toBe(503);
  store.clearFaults();
  expect((await query()).status).toBe(200);
});

test('lose the next reply: the next increment is applied, unheard, and only that one', async () => {
  const store = await startPracticeStore();
  const states: boolean[] = [];
  const forget = store.onSwitch(() => states.push(store.loseNextReply()));
  store.setLoseNextReply(true);
  await callPractice(store, 'customerOpenApi/queryByNumber', `"customerNum":"${limWei.number}"`);
  // A fault of its own already says what becomes of that reply.
  store.addFault({
    fault: { kind: 'slow-drip', everyMs: 0 },
    method: 'updateBalancePointByIncrement',
    times: 1,
  });
  expect((await sendIncrement(store, incrementOf(limWei.customerUid))).status).toBe(200);
  expect(store.loseNextReply()).toBe(true);
  await expect(sendIncrement(store, members)).rejects.toThrow('socket hang up');
  expect(store.increments()).toHaveLength(2);
  expect(states).toEqual([true, false]);
  expect(envelopeOf(await sendIncrement(store, members))).toMatchObject({ status: 'success' });
  forget();
  store.setLoseNextReply(true);
  expect(states).toEqual([true, false]);
});

test('calls tell which of them shared a socket', async () => {
  const store = await startPracticeStore();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await sendIncrement(store, members, { agent });
  await sendIncrement(store, members, { agent });
  await sendIncrement(store, members);
  agent.destroy();
  const [first, second, third] = store.calls().map((call) => call.connection);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});
