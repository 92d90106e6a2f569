import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKybioClient } from '../../../main/hosts/kybio/client.ts';
import type { MemberHost } from '../../../main/hosts/port/member-host.ts';
import { createTestClock } from '../../kit/clock.ts';
import { appKey, documentReply, documentSigned } from './support/increment.ts';
import { httpReply, openRawServer, type RawServer } from './support/raw-server.ts';

/** Attack B4: a box that says the same to every call; each answered look-up let the next entry go. */
describe('an answer that is the same to every call is no answer', () => {
  let server: RawServer;
  let client: MemberHost;
  let body: string;

  beforeEach(async () => {
    server = await openRawServer(({ socket }) => socket.write(httpReply(200, body)));
    client = createKybioClient({
      account: { baseUrl: server.baseUrl, appId: 'abcdefghijklmn', appKey },
      clock: createTestClock(),
    });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  const increment = async (answer: string) => {
    body = answer;
    await client.sendIncrement(documentSigned);
  };
  const look = async (answer: string) => {
    body = answer;
    const reads = [client.readByNumber('0'), client.readByUid('7'), client.readLog('7')];
    return (await Promise.all(reads)).map(({ result }) => (result.ok ? 'value' : result.error.kind));
  };
  const stub = ['no-answer', 'no-answer', 'no-answer'];

  it.each([
    ['{"status":"success"}', '{"status":"success"}'],
    ['{"status":"success","messages":[]}', '{ "data": null, "status": "SUCCESS", "at": 17 }'],
    ['{"status":"success","data":{"ok":true}}', '{"status":"success","data":{"ok":true}}'],
    ['{"status":"error","messages":["maintenance"]}', '{"status":"error","messages":["maintenance"]}'],
  ])('%s to an increment, and %s to what is read', async (toIncrement, toRead) => {
    expect(await look(toRead)).not.toEqual(stub);
    await increment(toIncrement);
    expect(await look(toRead)).toEqual(stub);
  });

  it.each([
    ['the member is not there', '{"status":"error","messages":["Customer does not exist"]}'],
    ['there is no such member', '{"status":"success","data":null}'],
  ])('what KYBIO has to say of a card is one: %s', async (_, toRead) => {
    await increment('{"status":"error","messages":["Customer does not exist"]}');
    expect(await look(toRead)).not.toEqual(stub);
  });

  it('keeps its words where it is a sentence, and is KYBIO’s own once a record was read', async () => {
    const sentence = '{"status":"error","messages":["no such card"]}';
    await increment(sentence);
    expect((await client.readByNumber('0')).result).toMatchObject({
      error: { kind: 'no-answer', cause: 'unknown-words', pause: null, messages: ['no such card'] },
    });
    body = '{"status":"success","data":{"customerUid":7,"number":"F7","name":"Mei","point":1,"balance":2}}';
    expect((await client.readByUid('7')).result.ok).toBe(true);
    expect(await look(sentence)).toEqual(['refused', 'refused', 'refused']);
    await increment(sentence);
    expect(await look(sentence)).toEqual(stub);
  });

  it('stays one where it is a success without a word, whatever else was read', async () => {
    await increment('{"status":"success"}');
    body = '{"status":"success","data":{"customerUid":7,"number":"F7","name":"Mei","point":1,"balance":2}}';
    expect((await client.readByUid('7')).result.ok).toBe(true);
    expect(await look('{"status":"success"}')).toEqual(stub);
  });

  it('is not what this host’s own words for an increment are, as the check-up learnt them', async () => {
    await client.close();
    client = createKybioClient({
      account: { baseUrl: server.baseUrl, appId: 'abcdefghijklmn', appKey },
      clock: createTestClock(),
      words: () => [
        {
          ...{ category: 'signature', words: ['who are you'], whole: true },
          ...{ source: 'check-up', date: '2026-11-26' },
        },
      ],
    });
    await increment('{"status":"error","messages":["who are you"]}');
    expect(await look('{"status":"error","messages":["who are you"]}')).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
  });

  it('is forgotten when an increment is answered as KYBIO answers', async () => {
    await increment('{"status":"success"}');
    await increment(documentReply);
    expect(await look('{"status":"success"}')).not.toEqual(stub);
  });
});
