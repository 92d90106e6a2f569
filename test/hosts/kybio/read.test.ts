import { describe, expect, it } from 'vitest';
import { parseMember, parseMembers } from '../../../main/hosts/kybio/member.ts';
import { cursorValue, parsePage } from '../../../main/hosts/kybio/page.ts';
import { classifyRead, wasAnswered } from '../../../main/hosts/kybio/read.ts';
import { parseRechargeLog } from '../../../main/hosts/kybio/recharge.ts';
import { parseLossless } from '../../../main/hosts/kybio/reply.ts';
import { answered, errorReply } from './support/increment.ts';

const json = (text: string): unknown => parseLossless(text)?.json;
const reply = (data: string): string => `{"status":"success","data":${data}}`;

const member = `{"customerUid":231607639459718452,"categoryName":"Gold","number":"8001","name":"陈美玲",
  "point":12.5,"discount":60,"balance":"1E+2","phone":"81234567","birthday":"2015-09-15","password":"hash",
  "email":"a@b.c","onAccount":0,"enable":1,"expiryDate":null}`;
const read = {
  customerUid: '231607639459718452',
  number: '8001',
  name: '陈美玲',
  categoryName: 'Gold',
  phone: '81234567',
  balance: '100',
  point: '12.5',
  enable: 1,
  expiryDate: null,
};

describe('a member', () => {
  it('is read exactly, without password and what is not needed', () => {
    expect(parseMember(json(member))).toEqual({ kind: 'value', value: read });
  });

  it.each([
    ['null', 'nothing'],
    ['{}', 'nothing'],
    ['{"number":"","name":null}', 'nothing'],
    ['[]', 'unreadable'],
    ['"x"', 'unreadable'],
    ['{"number":"8001"}', 'unreadable'],
    [member.replace('231607639459718452', '9223372036854775808'), 'unreadable'],
    [member.replace('"1E+2"', '"much"'), 'unreadable'],
    // A sum that is not told is never made up: it would pass for a reading.
    [member.replace('"balance":"1E+2",', ''), 'unreadable'],
    [member.replace('12.5', 'null'), 'unreadable'],
  ])('in %s is %s', (text, kind) => {
    expect(parseMember(json(text)).kind).toBe(kind);
  });

  it('may be blank, which stays visible', () => {
    const parsed = parseMember(json('{"customerUid":"5","number":"","name":"","enable":"-1"}'));
    expect(parsed).toMatchObject({
      kind: 'value',
      value: { number: '', name: '', balance: '0', enable: -1 },
    });
  });

  it('comes in a list by phone, all of them or none', () => {
    const second = member.replace('8001', '8002');
    expect(parseMembers(json(`[${member},${second}]`))).toMatchObject({
      value: [{ number: '8001' }, { number: '8002' }],
    });
    expect(parseMembers(json(member))).toEqual({ kind: 'value', value: [read] });
    expect(parseMembers(json('[]')).kind).toBe('nothing');
    expect(parseMembers(json(`[${member},{"number":"1"}]`)).kind).toBe('unreadable');
  });
});

describe('the recharge log', () => {
  const row = `{"rechargeMoney":"100","giftMoney":null,"datetime":"2026-11-24 10:00:00","payMethod":"Cash",
    "rechargeStoreAccount":"main","customerMoneyAfterRecharge":500.5,"uid":9007199254740993}`;

  it('is read with money as number or text', () => {
    expect(parseRechargeLog(json(`[${row}]`))).toEqual({
      kind: 'value',
      value: [
        {
          uid: '9007199254740993',
          customerUid: null,
          rechargeMoney: '100',
          giftMoney: '0',
          datetime: '2026-11-24 10:00:00',
          payMethod: 'Cash',
          rechargeStoreAccount: 'main',
          customerMoneyAfterRecharge: '500.5',
          remark: '',
        },
      ],
    });
  });

  it('is unreadable as a whole with one unreadable row, and may be empty', () => {
    expect(parseRechargeLog(json(`[${row},{}]`)).kind).toBe('unreadable');
    expect(parseRechargeLog(json('[]'))).toEqual({ kind: 'value', value: [] });
    expect(parseRechargeLog(json('null'))).toEqual({ kind: 'value', value: [] });
    expect(parseRechargeLog(json('{}')).kind).toBe('unreadable');
  });
});

describe('a page', () => {
  const cursor = '{"parameterType":"LAST_RESULT_MAX_ID","parameterValue":9007199254740993}';
  const page = (rows: number, size: string, more = cursor) =>
    json(
      `{"result":[${Array.from({ length: rows }, () => member).join()}],"pageSize":${size},"postBackParameter":${more}}`,
    );
  const parse = (data: unknown, sentCursor: string | null = null) =>
    parsePage(data, parseMember, { sentCursor, unreadableRows: 'leave-out' });

  it('goes on from a full page with the cursor as it came', () => {
    expect(parse(page(2, '2'))).toMatchObject({ value: { rows: [read, read], cursor } });
    expect(cursorValue(cursor)).toEqual(json(cursor));
    expect(cursorValue('not json')).toBe('not json');
  });

  it('ends with a short or an empty page', () => {
    expect(parse(page(1, '2'))).toMatchObject({ value: { rows: [read], cursor: null } });
    expect(parse(page(0, '0'))).toMatchObject({ value: { rows: [], cursor: null } });
    expect(parse(page(99, 'null'))).toMatchObject({ value: { cursor: null } });
    expect(parse(page(100, '"100"'))).toMatchObject({ value: { cursor } });
    expect(parse(null)).toMatchObject({ value: { rows: [], cursor: null } });
  });

  it('that is full and leads nowhere, or back to itself, is unreadable', () => {
    expect(parse(page(2, '2', 'null')).kind).toBe('unreadable');
    expect(parse(page(2, '2'), cursor).kind).toBe('unreadable');
    expect(parse(json('{"result":{}}')).kind).toBe('unreadable');
  });

  it('leaves out or refuses what it cannot read, and counts it all the same', () => {
    const data = json(`{"result":[${member},{"number":"1"}],"pageSize":2,"postBackParameter":${cursor}}`);
    expect(parse(data)).toMatchObject({ value: { rows: [read], cursor } });
    expect(parsePage(data, parseMember, { sentCursor: null, unreadableRows: 'refuse' }).kind).toBe(
      'unreadable',
    );
  });
});

describe('what became of a read', () => {
  it.each([
    [200, reply(member), true],
    [200, reply('null'), true],
    [200, errorReply('anything'), true],
    [200, '<html>', false],
    [200, '', false],
    [502, reply(member), false],
    [302, '', false],
  ])('HTTP %i %j was answered: %s', (status, body, expected) => {
    expect(wasAnswered(answered(status, body))).toBe(expected);
  });

  it.each([
    [200, reply('null'), 'nothing', 'refused-by-kybio', null],
    [200, errorReply('会员不存在'), 'nothing', 'refused-by-kybio', null],
    [200, errorReply('签名错误'), 'paused', 'credentials', 'credentials'],
    [200, errorReply('今日访问次数已用完'), 'paused', 'quota', 'quota'],
    [200, errorReply('会员已禁用'), 'refused', 'unknown-words', null],
    [200, errorReply('something new'), 'refused', 'unknown-words', null],
    [200, errorReply('responseCode=500'), 'no-answer', 'back-end-error', null],
    [200, reply('[]'), 'no-answer', 'unreadable', null],
    [200, '<html>', 'no-answer', 'portal-page', 'portal'],
    [200, '{}', 'no-answer', 'not-kybio', null],
    [302, '', 'paused', 'refused-status', 'portal'],
    [401, '', 'paused', 'refused-status', 'permission'],
    [429, '', 'no-answer', 'other-status', null],
    [502, '<html>', 'no-answer', 'server-error', 'server'],
    [502, reply(member), 'no-answer', 'other-status', 'server'],
  ])('HTTP %i %j is %s, %s, pause %s', (status, body, kind, cause, pause) => {
    const result = classifyRead(answered(status, body), parseMember);
    expect(result).toMatchObject({ ok: false, error: { kind, cause, pause } });
  });

  it('is the value where there is one', () => {
    expect(classifyRead(answered(200, reply(member)), parseMember)).toEqual({ ok: true, value: read });
  });

  it.each([
    ['connecting', 'dns', 'not-connected', 'dns', null],
    ['connecting', 'certificate', 'not-connected', 'certificate', 'certificate'],
    ['sent', 'reset', 'no-answer', 'reply-lost', null],
    ['sent', 'timeout', 'no-answer', 'timeout', null],
  ] as const)('%s, %s is %s, %s', (phase, failure, kind, cause, pause) => {
    const exchange = { ...answered(200, ''), phase, response: null, failure: { kind: failure, code: 'X' } };
    expect(classifyRead(exchange, parseMember)).toMatchObject({ ok: false, error: { kind, cause, pause } });
  });
});
