import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKybioClient } from '../../../main/hosts/kybio/client.ts';
import type { MemberHost } from '../../../main/hosts/port/member-host.ts';
import { createTestClock } from '../../kit/clock.ts';
import { appKey, memberUid } from './support/increment.ts';
import { httpReply, openRawServer, type RawServer } from './support/raw-server.ts';

const member = (change: object = {}) => ({
  ...{ customerUid: '7', number: 'FUN8001', name: 'Mei', phone: '+65 8123 4567' },
  ...{ point: '1', balance: '2.50', enable: 1 },
  ...change,
});

/** Attack B8: a look-up that answers another card credits the wrong member. */
describe('the member that is read is the member that was asked for', () => {
  let server: RawServer;
  let client: MemberHost;
  let data: unknown;

  beforeEach(async () => {
    server = await openRawServer(({ socket }) =>
      socket.write(httpReply(200, JSON.stringify({ status: 'success', data }))),
    );
    client = createKybioClient({
      account: { baseUrl: server.baseUrl, appId: 'abcdefghijklmn', appKey },
      clock: createTestClock(),
    });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  const refused = { ok: false, error: { kind: 'refused', cause: 'other-member', pause: null } };

  it.each(['FUN8001', 'fun8001', ' FUN8001 '])('by number: %j is this card', async (asked) => {
    data = member();
    expect((await client.readByNumber(asked)).result).toMatchObject({
      ok: true,
      value: { customerUid: '7' },
    });
  });

  it.each(['FUN8002', '8001', 'FUN80011', '0', ''])('by number: %j is another card', async (asked) => {
    data = member();
    expect((await client.readByNumber(asked)).result).toMatchObject(refused);
  });

  it('by number: a blank record, as of a deleted member, is nobody, and its sums are no reading', async () => {
    data = member({ number: '', name: '' });
    expect((await client.readByNumber('FUN8001')).result).toMatchObject({
      ok: false,
      error: { kind: 'nothing', isBlank: true },
    });
  });

  it.each([
    ['with sums of 0', member({ number: '', name: '', balance: '0', point: '0' })],
    ['of spaces', member({ number: ' ', name: ' ' })],
    ['with an id alone', { customerUid: memberUid }],
  ])('by id: a blank record %s is nobody either', async (_what, record) => {
    data = { ...record, customerUid: memberUid };
    expect((await client.readByUid(memberUid)).result).toMatchObject({
      ok: false,
      error: { kind: 'nothing', isBlank: true },
    });
  });

  it.each(['+6581234567', '6581234567', '65 8123-4567'])('by phone: %j is this one', async (asked) => {
    data = [member()];
    expect((await client.readByPhone(asked)).result).toMatchObject({ ok: true });
  });

  it.each([
    ['+65 8123 4567', '81234567'],
    ['8123-4567', '+6581234567'],
    ['6581234567', '65 8123 4567'],
    ['812****4567', '81234567'],
    ['****4567', '+65 8123 4567'],
    ['1212', '1212'],
  ])('by phone: %j is %j', async (answered, asked) => {
    data = [member({ phone: answered })];
    expect((await client.readByPhone(asked)).result).toMatchObject({ ok: true });
  });

  it.each([
    ['234567', '81234567'],
    ['81234567', '234567'],
    ['812****4568', '81234567'],
    ['8123456*', '81234567'],
    ['*****567', '81234567'],
    ['********', '81234567'],
    ['****4567', '567'],
    ['8123 4567', ''],
    ['81234567', 'Mei'],
  ])('by phone: %j is not %j', async (answered, asked) => {
    data = [member({ phone: answered })];
    expect((await client.readByPhone(asked)).result).toMatchObject(refused);
  });

  it('by phone: one member of another phone spoils the answer, since a picker offers them all', async () => {
    data = [member(), member({ phone: '81234568' })];
    expect((await client.readByPhone('6581234567')).result).toMatchObject(refused);
    data = [member({ phone: '' })];
    expect((await client.readByPhone('6581234567')).result).toMatchObject(refused);
  });

  it('by id: a neighbour’s is another member', async () => {
    data = member({ customerUid: '231607639459718453' });
    expect((await client.readByUid(memberUid)).result).toMatchObject(refused);
  });

  it('a recharge log with another member’s row is not this member’s', async () => {
    const row = { rechargeMoney: '1', datetime: '2026-11-26 10:00:00' };
    data = [row, { ...row, customerUid: '231607639459718460' }];
    expect((await client.readLog(memberUid)).result).toMatchObject({ ok: true });
    data = [row, { ...row, customerUid: '231607639459718453' }];
    expect((await client.readLog(memberUid)).result).toMatchObject(refused);
  });
});
