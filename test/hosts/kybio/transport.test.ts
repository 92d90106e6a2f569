import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import type { Exchange } from '../../../main/hosts/port/member-host.ts';
import { documentExpected, documentReply, documentSigned } from './support/increment.ts';
import { certificate, httpReply } from './support/raw-server.ts';
import { openWire, wireOfEachTest } from './support/wire.ts';

const ok = httpReply(200, documentReply);
const outcomeOf = (exchange: Exchange) => classifyIncrement(exchange, documentExpected);

describe('one exchange over a real socket', () => {
  const { wire, serve, reply } = wireOfEachTest();

  it('sends the bytes as they are, with the documented headers', async () => {
    const server = await reply(ok);
    const exchange = await wire.send(server.baseUrl);
    expect(exchange).toMatchObject({ phase: 'answered', failure: null });
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'applied' });
    const [request] = server.requests;
    expect(request?.body.equals(documentSigned.body)).toBe(true);
    const lines = request?.head.split('\r\n') ?? [];
    expect(lines[0]).toBe('POST /openapi/v1/customerOpenApi/updateBalancePointByIncrement HTTP/1.1');
    expect(lines.slice(1)).toEqual([
      `host: ${server.baseUrl.slice('http://'.length)}`,
      'connection: close',
      'User-Agent: openApi',
      'Content-Type: application/json; charset=utf-8',
      'Accept-Encoding: gzip,deflate',
      'Time-stamp: 1437528688233',
      'Data-signature: 5A46ACBDECFAF0F5D18C3C14388111AE',
      `content-length: ${documentSigned.body.length}`,
    ]);
  });

  it('takes the Time-stamp when it sends, and leaves no timer behind', async () => {
    const server = await reply(ok);
    await wire.send(server.baseUrl);
    wire.clock.advance(3_600_000);
    await wire.send(server.baseUrl);
    expect(server.requests[1]?.head).toContain('Time-stamp: 1437532288233');
    expect(server.requests[1]?.body.equals(documentSigned.body)).toBe(true);
    expect(wire.clock.waiting()).toEqual([]);
  });

  it.each([
    ['gzip', gzipSync(documentReply)],
    ['GZIP', gzipSync(documentReply)],
    ['x-gzip', gzipSync(documentReply)],
    ['deflate', deflateSync(documentReply)],
    ['deflate', deflateRawSync(documentReply)],
    ['identity', Buffer.from(documentReply)],
    ['deflate, gzip', gzipSync(deflateSync(documentReply))],
  ])('undoes Content-Encoding %s', async (encoding, bytes) => {
    const server = await reply(httpReply(200, bytes, { 'Content-Encoding': encoding }));
    const exchange = await wire.send(server.baseUrl);
    expect(exchange.response?.body?.toString('utf8')).toBe(documentReply);
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'applied' });
  });

  it('reads a chunked reply', async () => {
    const chunks = documentReply.match(/[\s\S]{1,40}/g) ?? [];
    const encoded = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
    const server = await reply(
      Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${encoded}0\r\n\r\n`),
    );
    expect(outcomeOf(await wire.send(server.baseUrl))).toMatchObject({ kind: 'applied' });
  });

  it('keeps what the head says', async () => {
    const headers = {
      Date: 'Wed, 22 Jul 2015 01:31:28 GMT',
      'Retry-After': '120',
      Location: 'https://portal.example/x',
      'Content-Type': 'text/html',
    };
    const server = await reply(httpReply(429, '', headers));
    const exchange = await wire.send(server.baseUrl);
    expect(exchange.response).toMatchObject({
      status: 429,
      contentType: 'text/html',
      location: 'https://portal.example/x',
      dateMs: Date.UTC(2015, 6, 22, 1, 31, 28),
      retryAfterMs: 120_000,
    });
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'other-status' });
  });

  it('reads Retry-After as a date by the server’s own clock', async () => {
    const headers = { Date: 'Wed, 22 Jul 2015 01:00:00 GMT', 'Retry-After': 'Wed, 22 Jul 2015 01:00:45 GMT' };
    const server = await reply(httpReply(429, '', headers));
    expect((await wire.send(server.baseUrl)).response?.retryAfterMs).toBe(45_000);
  });

  it('speaks HTTP/1.1 to a server that would rather speak HTTP/2', async () => {
    const offers = { tls: 'localhost', tlsOptions: { ALPNProtocols: ['h2', 'http/1.1'] } } as const;
    const server = await serve(({ socket }) => socket.write(ok), offers);
    const trusting = openWire({ trustedAuthorities: certificate('localhost', 'crt') });
    const exchange = await trusting.send(server.baseUrl);
    await trusting.transport.close();
    expect(exchange).toMatchObject({ phase: 'answered', failure: null });
    expect(server.requests[0]?.head).toContain(' HTTP/1.1\r\n');
  });
});
