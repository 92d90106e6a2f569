import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKybioClient } from '../../../main/hosts/kybio/client.ts';
import { signatureOf } from '../../../main/hosts/kybio/signature.ts';
import type { MemberHost } from '../../../main/hosts/port/member-host.ts';
import { createTestClock } from '../../kit/clock.ts';
import { appKey, documentReply, documentSigned, errorReply, memberUid } from './support/increment.ts';
import { httpReply, openRawServer, type RawServer } from './support/raw-server.ts';

const member = (change = '') =>
  `{"customerUid":${memberUid},"number":"8001","name":"Mei","point":1,"balance":2.50,"enable":1${change}}`;
const reply = (data: string) => httpReply(200, `{"status":"success","messages":[],"data":${data}}`);

describe('the client', () => {
  let server: RawServer;
  let client: MemberHost;
  let answer: Buffer;
  const logged: string[] = [];
  const log = (event: string, values?: object) => void logged.push(event + JSON.stringify(values));

  beforeEach(async () => {
    logged.length = 0;
    server = await openRawServer(({ socket }) => socket.write(answer));
    client = createKybioClient({
      account: { baseUrl: `${server.baseUrl}/pospal-api2`, appId: 'abcdefghijklmn', appKey },
      clock: createTestClock(),
      logger: { info: log, warn: log, error: log },
    });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  const cursor = '{"parameterType":"LAST_RESULT_MAX_ID","parameterValue":9007199254740993}';
  it.each([
    ['customerOpenApi/queryByNumber', '"customerNum":"80\\"01"', () => client.readByNumber('80"01')],
    ['customerOpenApi/queryByUid', `"customerUid":${memberUid}`, () => client.readByUid(memberUid)],
    ['customerOpenapi/queryBytel', '"customerTel":"8123"', () => client.readByPhone('8123')],
    ['customerOpenApi/queryCustomerPages', '', () => client.readMembersPage(null)],
    [
      'customerOpenApi/queryCustomerPages',
      `"postBackParameter":${cursor}`,
      () => client.readMembersPage(cursor),
    ],
    [
      'customerOpenApi/queryCustomerRechargeLog',
      `"customerUid":${memberUid}`,
      () => client.readLog(memberUid),
    ],
    [
      'customerOpenApi/queryAllRechargeLogs',
      `"stateDate":"2026-11-01 00:00:00","endDate":"2026-11-02 00:00:00","postBackParameter":${cursor}`,
      () => client.readLogOfAll('2026-11-01 00:00:00', '2026-11-02 00:00:00', cursor),
    ],
    [
      'openApiLimitAccess/queryDailyAccessTimesLog',
      '"beginDate":"2026-11-23","endDate":"2026-11-30"',
      () => client.readCallCount('2026-11-23', '2026-11-30'),
    ],
  ] as const)('calls %s with {"appId",%s}', async (path, fields, call) => {
    answer = reply('null');
    await call();
    expect(server.requests).toHaveLength(1);
    const { head, body } = server.requests[0] ?? { head: '', body: Buffer.alloc(0) };
    expect(head.split('\r\n')[0]).toBe(`POST /pospal-api2/openapi/v1/${path} HTTP/1.1`);
    expect(body.toString('utf8')).toBe(`{"appId":"abcdefghijklmn"${fields === '' ? '' : `,${fields}`}}`);
    expect(head).toContain(`Data-signature: ${signatureOf(body, appKey)}`);
  });

  it('sends an increment with its own bytes and signature', async () => {
    answer = httpReply(200, documentReply);
    const exchange = await client.sendIncrement(documentSigned);
    expect(exchange.phase).toBe('answered');
    expect(server.requests[0]?.head).toContain(
      'POST /pospal-api2/openapi/v1/customerOpenApi/updateBalancePointByIncrement ',
    );
    expect(server.requests[0]?.head).toContain(`Data-signature: ${documentSigned.signature}`);
    expect(server.requests[0]?.body.equals(documentSigned.body)).toBe(true);
  });

  it('opens a connection for each call, an increment or a read', async () => {
    answer = httpReply(200, documentReply, { Connection: 'keep-alive', 'Keep-Alive': 'timeout=600' });
    for (let times = 0; times < 3; times += 1) await client.sendIncrement(documentSigned);
    await client.readByNumber('8001');
    expect(server.requests).toHaveLength(4);
    expect(server.connections()).toBe(4);
  });

  it('reads a member, exact to the digit', async () => {
    answer = reply(member(',"password":"hash"'));
    const { result } = await client.readByNumber('8001');
    expect(result).toMatchObject({ ok: true, value: { customerUid: memberUid, balance: '2.50' } });
    expect(JSON.stringify(result)).not.toContain('hash');
  });

  it('mends the rounded id of a member it asked for by id, and refuses another’s', async () => {
    answer = reply(member().replace(memberUid, '231607639459718460'));
    expect((await client.readByUid(memberUid)).result).toMatchObject({
      ok: true,
      value: { customerUid: memberUid },
    });
    answer = reply(member().replace(memberUid, '231607639459718453'));
    expect((await client.readByUid(memberUid)).result).toMatchObject({
      ok: false,
      error: { cause: 'other-member' },
    });
  });

  it('gives all members of one phone', async () => {
    const withPhone = member(',"phone":"81234567"');
    answer = reply(`[${withPhone},${withPhone.replace('8001', '8002')}]`);
    const { result } = await client.readByPhone('81234567');
    expect(result.ok && result.value.map(({ number }) => number)).toEqual(['8001', '8002']);
  });

  it('reads how many calls the account has made', async () => {
    const row = (appId: string, used: number) =>
      `{"appId":"${appId}","accessDate":"2026-11-30","limitTimes":300,"haveAcessTimes":${used}}`;
    answer = reply(`[${row('other', 5)},${row('ABCDEFGHIJKLMN', 42)}]`);
    expect((await client.readCallCount('2026-11-23', '2026-11-30')).result).toEqual({
      ok: true,
      value: [{ day: '2026-11-30', limit: 300, used: 42 }],
    });
  });

  it('says why a read has no value', async () => {
    answer = httpReply(200, errorReply('签名错误'));
    expect((await client.readByNumber('8001')).result).toMatchObject({
      ok: false,
      error: { kind: 'paused', pause: 'credentials', messages: ['签名错误'] },
    });
  });

  it('logs each call without key, signature, body or phone', async () => {
    answer = reply(`[${member()}]`);
    await client.readByPhone('81234567');
    answer = httpReply(200, documentReply);
    await client.sendIncrement(documentSigned);
    expect(logged).toHaveLength(2);
    expect(logged[1]).toContain('"phase":"answered"');
    const all = logged.join('\n');
    for (const secret of [appKey, documentSigned.signature, '81234567', memberUid, 'abcdefghijklmn']) {
      expect(all).not.toContain(secret);
    }
  });
});
