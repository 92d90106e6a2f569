import { expect, test } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { words } from '../../../main/hosts/practice/words.ts';
import { realClock, startPracticeStore } from '../../kit/practice-store.ts';
import {
  bodyOf,
  type CallChange,
  callPractice,
  envelopeOf,
  incrementOf,
  sendIncrement,
} from '../../support/practice-call.ts';

const refusal = (message: string) => ({ status: 'error', messages: [message], errorCode: '#1' });

// printf '%s' 'KEY''BODY' | openssl md5, with both trimmed.
const vector = {
  appKey: '  Schlüssel-9081 ',
  body: ' {"appId":"abcdefghijklmn","customerUid":231607639459718452,"balanceIncrement":100,"pointIncrement":100,"dataChangeTime":"2015-12-16 13:26:23"}\n',
  signature: '15AB880EE19595329A39EBD3FEFBF1AC',
};

test('takes the signature that openssl makes, and no other', async () => {
  const store = await startPracticeStore({ appId: 'abcdefghijklmn', appKey: vector.appKey });
  const send = async (signature: string, body = vector.body) =>
    envelopeOf(await sendIncrement(store, '', { body, headers: { 'Data-signature': signature } }));
  expect(await send(vector.signature)).toMatchObject({ status: 'success' });
  expect(await send(vector.signature.toLowerCase())).toEqual(refusal('签名错误 (data-signature invalid)'));
  expect(await send(vector.signature, vector.body.replace('100', '101'))).toEqual(
    refusal(words.signatureInvalid),
  );
  expect(await send('')).toEqual(refusal(words.signatureInvalid));
  expect(store.calls().map((call) => call.signatureValid)).toEqual([true, false, false, false]);
  expect(store.calls()[0]?.body).toBe(vector.body);
  expect(store.increments()).toHaveLength(1);
});

test.each<[string, CallChange, string]>([
  ['another User-Agent', { headers: { 'User-Agent': 'undici' } }, words.userAgentInvalid],
  ['a time-stamp in seconds', { headers: { 'Time-stamp': '1437528688' } }, words.timeStampInvalid],
  ['an unknown appId', { body: '{"appId":"stranger"}' }, 'appId不存在或未授权'],
  ['no appId', { body: '{}' }, 'appId is required'],
  ['a body that is no JSON', { body: 'appId=x' }, words.bodyNotJson],
  ['a body that is a list', { body: '[]' }, words.bodyNotJson],
])('refuses %s', async (_what, change, message) => {
  const store = await startPracticeStore();
  const reply = await sendIncrement(store, incrementOf(meiLing.customerUid), change);
  expect(reply.status).toBe(200);
  expect(envelopeOf(reply)).toEqual(refusal(message));
  expect(store.increments()).toEqual([]);
});

test('the web server turns away what is no call', async () => {
  const store = await startPracticeStore();
  const members = incrementOf(meiLing.customerUid);
  const status = async (change: CallChange) => (await sendIncrement(store, members, change)).status;
  expect(await status({ verb: 'PUT' })).toBe(405);
  expect(await status({ headers: { 'Content-Type': 'text/plain' } })).toBe(415);
  expect(await status({ headers: { 'Content-Type': 'application/json' } })).toBe(415);
  expect(await status({ headers: { 'Content-Type': 'application/json;charset=UTF-8' } })).toBe(200);
  expect(await status({ body: `{"pad":"${'x'.repeat(1_100_000)}"}` })).toBe(413);
  expect((await callPractice(store, 'customerOpenApi/add', '')).status).toBe(404);
  expect((await callPractice(store, 'customerOpenapi/queryByNumber', '')).status).toBe(404);
  expect(store.increments()).toHaveLength(1);
});

test('a time-stamp counts only where the host looks at it', async () => {
  const store = await startPracticeStore();
  const members = incrementOf(meiLing.customerUid);
  const dayOff = { headers: { 'Time-stamp': String(Date.now() - 86_400_000) } };
  expect(envelopeOf(await sendIncrement(store, members, dayOff))).toMatchObject({ status: 'success' });
  store.setProfile({ timeStampToleranceMs: 600_000 });
  expect(envelopeOf(await sendIncrement(store, members, dayOff))).toEqual(refusal('time-stamp is expired'));
  expect(envelopeOf(await sendIncrement(store, members))).toMatchObject({ status: 'success' });
});

test('the quota counts every call, failed ones too, until the next store day', async () => {
  let nowMs = Date.UTC(2026, 0, 5, 15, 59, 59);
  const store = await startPracticeStore({
    clock: { ...realClock, nowMs: () => nowMs },
    profile: { dailyCalls: 2 },
  });
  const send = async () => envelopeOf(await sendIncrement(store, incrementOf(meiLing.customerUid)));
  await callPractice(store, 'customerOpenApi/queryByNumber', '"customerNum":"1"');
  expect(await send()).toMatchObject({ status: 'success' });
  expect(await send()).toEqual(refusal('今日访问次数已用完 (access limit reached)'));
  nowMs += 1_000; // Midnight in Singapore.
  expect(await send()).toMatchObject({ status: 'success' });
  expect(store.increments()).toHaveLength(2);
});

test('errors are spelled like successes', async () => {
  const store = await startPracticeStore({ profile: { statusCase: 'upper', ids: 'string' } });
  const reply = await sendIncrement(store, '', { body: bodyOf(store, '') });
  expect(reply.text).toBe('{"status":"ERROR","messages":["customerUid is required"],"errorCode":1}');
});
