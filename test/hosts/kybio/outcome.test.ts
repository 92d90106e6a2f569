import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import type { Exchange, ExpectedIncrement, FailureKind } from '../../../main/hosts/port/member-host.ts';
import { amount } from '../../../preload/contract/index.ts';
import { answered, documentExpected, documentReply, errorReply } from './support/increment.ts';

const ended = (
  phase: Exchange['phase'],
  kind: FailureKind,
  response: Exchange['response'] = null,
): Exchange => ({
  phase,
  startedAtMs: 0,
  endedAtMs: 1,
  failure: { kind, code: 'X' },
  response,
});

const success = (data: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ status: 'success', messages: [], errorCode: null, data });

const plain = { customerUid: '42', balanceIncrement: amount('10.50'), pointIncrement: amount('1') };
const plainData = {
  customerUid: '42',
  balanceBeforeUpdate: '100.00',
  balanceAfterUpdate: '110.50',
  balanceIncrement: '10.50',
  pointBeforeUpdate: 3,
  pointAfterUpdate: 4,
  pointIncrement: 1,
};
const outcomeOf = (data: Readonly<Record<string, unknown>>, expected: ExpectedIncrement = plain) =>
  classifyIncrement(answered(200, success(data)), expected);

describe('not sent: nothing left the machine', () => {
  it.each([
    ['dns', 'dns', null],
    ['connection-refused', 'connection-refused', null],
    ['unreachable', 'unreachable', null],
    ['connect-timeout', 'connect-timeout', null],
    ['timeout', 'connect-timeout', null],
    ['proxy-refused', 'proxy-refused', null],
    ['proxy-password', 'proxy-password', null],
    ['proxy-unreachable', 'proxy-unreachable', null],
    ['proxy-unsupported', 'proxy-unsupported', null],
    ['proxy-unknown', 'proxy-unknown', null],
    ['tls', 'tls', null],
    ['certificate', 'certificate', 'certificate'],
    ['aborted', 'aborted-before-sending', null],
    ['reset', 'not-sent', null],
    ['other', 'not-sent', null],
    ['too-large', 'not-sent', null],
    ['undecodable', 'not-sent', null],
  ] as const)('%s → not-applied, %s, pause %s', (kind, cause, pause) => {
    expect(classifyIncrement(ended('connecting', kind), plain)).toEqual({
      kind: 'not-applied',
      cause,
      sent: false,
      pause,
      messages: [],
    });
  });
});

describe('KYBIO’s success', () => {
  it('is applied for the document’s own reply, with its rounded id and its other dataChangeTime', () => {
    expect(classifyIncrement(answered(200, documentReply), documentExpected)).toEqual({
      kind: 'applied',
      reply: {
        customerUid: '231607639459718460',
        balanceBeforeUpdate: '400',
        balanceAfterUpdate: '500',
        pointBeforeUpdate: '300',
        pointAfterUpdate: '400',
        dataChangeTime: '2015-12-16 15:26:43',
        updateCustomerTime: '2015-12-16 14:37:30',
      },
    });
  });

  it('is applied in capitals and without messages', () => {
    const body = JSON.stringify({ status: 'SUCCESS', data: plainData });
    expect(classifyIncrement(answered(200, body), plain).kind).toBe('applied');
  });

  it.each([
    ['sums are missing', { customerUid: '42', balanceIncrement: '10.50', pointIncrement: '1' }],
    ['sums are null', { ...plainData, balanceBeforeUpdate: null, pointAfterUpdate: null }],
    ['only one side is there', { ...plainData, balanceBeforeUpdate: null, pointAfterUpdate: null }],
    ['ids and amounts are texts', { ...plainData, pointBeforeUpdate: '3', pointAfterUpdate: '4.0' }],
    ['amounts have exponents', { ...plainData, balanceBeforeUpdate: '1E+2', balanceAfterUpdate: '1.105E2' }],
    ['echoes have other zeros', { ...plainData, balanceIncrement: '10.5', pointIncrement: '1.000' }],
    ['the id’s key is misspelt', { ...plainData, customerUid: undefined, customrUid: '42' }],
  ])('is applied where %s', (_, data) => {
    expect(outcomeOf(data).kind).toBe('applied');
  });

  it.each([
    ['0.3', '0.1', '0.4'],
    ['0.1234', '9007199254740993.0001', '9007199254740993.1235'],
    ['-10.50', '10.00', '-0.50'],
    // The host keeps two decimals: cut off, rounded up, too small to show.
    ['0.1234', '100.00', '100.12'],
    ['0.1299', '100.00', '100.13'],
    ['0.0012', '100.00', '100.00'],
    ['0.5', '10', '10'],
    // Binary floats, as some hosts reckon.
    ['0.2', '0.1', '0.30000000000000004'],
    ['49.90', '60.10000000000001', '110.0000000000001'],
    ['-0.3', '0.1', '-0.19999999999999998'],
  ])('is applied where %s makes %s into %s', (increment, before, after) => {
    const expected = { ...plain, balanceIncrement: amount(increment) };
    const sums = { balanceBeforeUpdate: before, balanceAfterUpdate: after };
    const echoes = { balanceIncrement: increment, pointIncrement: 1 };
    expect(outcomeOf({ customerUid: 42, ...sums, ...echoes }, expected).kind).toBe('applied');
  });

  it.each([
    ['0.3', '0.1', '0.40000001'],
    ['10.50', '100.00', '110.51'],
    ['10.50', '100.00', '100.00'],
    ['10.50', '100.00', '121.00'],
    ['0.1234', '100.00', '100.14'],
    ['1', '10', '10'],
    ['0', '10', '20'],
  ])('contradicts itself where %s makes %s into %s', (increment, before, after) => {
    const expected = { ...plain, balanceIncrement: amount(increment) };
    const data = { customerUid: 42, balanceBeforeUpdate: before, balanceAfterUpdate: after };
    expect(outcomeOf(data, expected)).toMatchObject({
      kind: 'unknown',
      cause: 'other-amounts',
      pause: 'contradiction',
      reply: { balanceBeforeUpdate: before, balanceAfterUpdate: after },
    });
  });

  it.each([
    ['other-member', { ...plainData, customerUid: '43' }],
    ['other-amounts', { ...plainData, balanceIncrement: '10.51' }],
    ['other-amounts', { ...plainData, pointIncrement: 0 }],
    ['other-amounts', { ...plainData, pointAfterUpdate: 5 }],
    ['other-amounts', { ...plainData, balanceAfterUpdate: '100.00' }],
  ])('pauses for a manager: %s %j', (cause, data) => {
    expect(outcomeOf(data)).toMatchObject({ kind: 'unknown', cause, pause: 'contradiction' });
  });

  it('with another member’s neighbouring id is another member', () => {
    const body = documentReply.replace('231607639459718460', '231607639459718453');
    expect(classifyIncrement(answered(200, body), documentExpected)).toMatchObject({ cause: 'other-member' });
  });

  it.each([
    ['names no member', { ...plainData, customerUid: undefined }],
    ['names nonsense', { ...plainData, customerUid: 'abc' }],
    ['has an unreadable sum', { ...plainData, balanceAfterUpdate: 'much' }],
    ['has an unreadable echo', { ...plainData, pointIncrement: {} }],
  ])('that %s cannot be told', (_, data) => {
    expect(outcomeOf(data)).toMatchObject({ kind: 'unknown', cause: 'unreadable', pause: null });
  });

  it.each(['null', '[]', '"x"', '{}'])('with data %s cannot be told', (data) => {
    const exchange = answered(200, `{"status":"success","data":${data}}`);
    expect(classifyIncrement(exchange, plain)).toMatchObject({ kind: 'unknown', cause: 'unreadable' });
  });
});

describe('a status that refuses before processing', () => {
  const pages = ['', '<html>no</html>', '{"error":"no"}', 'no'];
  it.each([
    [301, 'portal'],
    [302, 'portal'],
    [307, 'portal'],
    [308, 'portal'],
    [401, 'permission'],
    [404, 'server'],
    [405, 'permission'],
    [407, 'permission'],
    [413, 'permission'],
    [415, 'permission'],
    [421, 'server'],
    [511, 'portal'],
  ])('%i → not-applied, pause %s', (status, pause) => {
    for (const page of pages) {
      expect(classifyIncrement(answered(status, page), plain)).toEqual({
        kind: 'not-applied',
        cause: 'refused-status',
        sent: true,
        pause,
        messages: [`HTTP ${status}`],
      });
    }
    const kybio = classifyIncrement(answered(status, success(plainData)), plain);
    expect(kybio).toMatchObject({ kind: 'unknown', cause: 'other-status', reply: { customerUid: '42' } });
  });

  it('says where a redirect leads, not its whole address', () => {
    const exchange = answered(302, '', { location: 'http://portal.example/login?mac=aa:bb&token=secret' });
    expect(classifyIncrement(exchange, plain)).toMatchObject({ messages: ['HTTP 302 → portal.example'] });
  });

  it('429 is unknown, also with an empty body: a gateway may say so after the work was done', () => {
    expect(classifyIncrement(answered(429, ''), plain)).toMatchObject({
      kind: 'unknown',
      cause: 'other-status',
      pause: null,
      messages: ['HTTP 429'],
    });
  });

  it.each([
    [429, 'slow down', 'other-status', null],
    [429, ' ', 'other-status', null],
    [429, errorReply('quota exceeded'), 'other-status', null],
    [303, '', 'other-status', 'portal'],
    [400, '', 'other-status', null],
    [403, '', 'other-status', 'permission'],
    [408, '', 'other-status', null],
    [409, '', 'other-status', null],
    [425, '', 'other-status', null],
    [201, '', 'other-status', null],
    [204, '', 'other-status', null],
    [201, success(plainData), 'other-status', null],
    [500, '', 'server-error', 'server'],
    [501, '<html>', 'server-error', 'server'],
    [502, '<html>Bad Gateway</html>', 'server-error', 'server'],
    [503, 'busy', 'server-error', 'server'],
    [504, '', 'server-error', 'server'],
    [500, errorReply('会员不存在'), 'other-status', 'server'],
    [599, '', 'server-error', 'server'],
    [200, '<html>Welcome to Free WiFi</html>', 'portal-page', 'portal'],
    [200, '', 'unreadable', null],
    [200, '{"status":"succ', 'unreadable', null],
    [200, 'OK', 'unreadable', null],
    [200, '{"result":"ok"}', 'not-kybio', null],
    [200, '[]', 'not-kybio', null],
  ])('HTTP %i %j → %s, pause %s', (status, body, cause, pause) => {
    expect(classifyIncrement(answered(status, body), plain)).toMatchObject({ kind: 'unknown', cause, pause });
  });

  const head = { status: 200, contentType: '', location: '', dateMs: null, retryAfterMs: null, body: null };
  it.each([
    ['reset', null, 'reply-lost', null],
    ['reset', head, 'truncated', null],
    // Its body might have been KYBIO's JSON.
    ['reset', { ...head, status: 401 }, 'truncated', null],
    ['timeout', null, 'timeout', null],
    ['timeout', head, 'timeout', null],
    ['too-large', head, 'unreadable', null],
    ['undecodable', head, 'unreadable', null],
    ['aborted', null, 'aborted', null],
    ['other', null, 'reply-lost', null],
    // Only where the phase event could not be proven, so that every attempt counts as sent.
    ['dns', null, 'reply-lost', null],
    ['connection-refused', null, 'reply-lost', null],
    ['certificate', null, 'reply-lost', 'certificate'],
  ] as const)('failure %s, head %j → %s', (kind, response, cause, pause) => {
    expect(classifyIncrement(ended('sent', kind, response), plain)).toMatchObject({
      kind: 'unknown',
      cause,
      pause,
    });
  });
});
