import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { classifyIncrement } from '../../main/kybio/outcome.ts';
import type { Exchange } from '../../main/kybio/types.ts';
import { documentExpected, documentReply, documentSigned, errorReply } from './support/increment.ts';
import {
  certificate,
  closedPort,
  httpReply,
  openRawServer,
  type RawServer,
  type Script,
} from './support/raw-server.ts';
import { openWire, undicis, type Wire } from './support/wire.ts';

const ok = httpReply(200, documentReply);
const outcomeOf = (exchange: Exchange) => classifyIncrement(exchange, documentExpected);

describe.each(undicis)('one exchange over a real socket, %s', (_, undici) => {
  let wire: Wire;
  const servers: RawServer[] = [];
  const serve = async (script: Script, options?: Parameters<typeof openRawServer>[1]) => {
    const server = await openRawServer(script, options);
    servers.push(server);
    return server;
  };
  const reply = (bytes: Buffer) => serve(({ socket }) => socket.write(bytes));

  beforeEach(() => {
    wire = openWire(undici);
  });
  afterEach(async () => {
    await wire.transport.close();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('sends the bytes as they are, with the documented headers', async () => {
    const server = await reply(ok);
    const exchange = await wire.send(server.baseUrl);
    expect(exchange).toMatchObject({ phase: 'answered', reusedSocket: false, failure: null });
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
    expect(wire.clock.waiting()).toBe(0);
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
    expect(outcomeOf(exchange)).toMatchObject({
      kind: 'not-applied',
      cause: 'overloaded',
      retryAfterMs: 120_000,
    });
  });

  it('reads Retry-After as a date by the server’s own clock', async () => {
    const headers = { Date: 'Wed, 22 Jul 2015 01:00:00 GMT', 'Retry-After': 'Wed, 22 Jul 2015 01:00:45 GMT' };
    const server = await reply(httpReply(429, '', headers));
    expect((await wire.send(server.baseUrl)).response?.retryAfterMs).toBe(45_000);
  });

  describe('that sent nothing', () => {
    it('on a refused connection', async () => {
      const exchange = await wire.send(`http://127.0.0.1:${await closedPort()}`);
      expect(exchange).toMatchObject({
        phase: 'connecting',
        failure: { kind: 'connection-refused' },
        response: null,
      });
      expect(outcomeOf(exchange)).toMatchObject({
        kind: 'not-applied',
        sent: false,
        cause: 'connection-refused',
      });
    });

    it('on a name that does not exist', async () => {
      const exchange = await wire.send('http://counterfoil.invalid');
      expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'dns' } });
    });

    it('on TLS that is none', async () => {
      const server = await serve(() => undefined, {
        onConnection: (socket) => socket.end('HTTP/1.1 400 No\r\n\r\n'),
      });
      const exchange = await wire.send(server.baseUrl.replace('http:', 'https:'));
      expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'tls' } });
      expect(server.requests).toHaveLength(0);
    });

    it('on a connection that breaks in the TLS handshake, though it is called ECONNRESET', async () => {
      const server = await serve(() => undefined, { onConnection: (socket) => socket.resetAndDestroy() });
      const exchange = await wire.send(server.baseUrl.replace('http:', 'https:'));
      expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'reset', code: 'ECONNRESET' } });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: false, cause: 'not-sent' });
    });

    it.each(['localhost', 'expired', 'wronghost'] as const)(
      'on a certificate that is not trusted: %s',
      async (tls) => {
        const server = await serve(({ socket }) => socket.write(ok), { tls });
        const exchange = await wire.send(server.baseUrl);
        expect(exchange).toMatchObject({
          phase: 'connecting',
          failure: { kind: 'certificate' },
          response: null,
        });
        expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: false, pause: 'certificate' });
        expect(server.requests).toHaveLength(0);
      },
    );

    it('on an untrusted certificate, whatever the environment says once we run', async () => {
      const server = await serve(({ socket }) => socket.write(ok), { tls: 'localhost' });
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      const exchange = await wire.send(server.baseUrl);
      expect(() => openWire(undici)).toThrow(/NODE_TLS_REJECT_UNAUTHORIZED/);
      vi.unstubAllEnvs();
      expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'certificate' } });
    });

    it('on a server that speaks nothing newer than TLS 1.1', async () => {
      const tlsOptions = {
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      } as const;
      const server = await serve(({ socket }) => socket.write(ok), { tls: 'localhost', tlsOptions });
      const trusting = openWire(undici, { trustedAuthorities: certificate('localhost', 'crt') });
      const exchange = await trusting.send(server.baseUrl);
      await trusting.transport.close();
      expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'tls' } });
    });

    it.each(['expired', 'wronghost'] as const)(
      'on a certificate of a trusted authority that is %s',
      async (tls) => {
        const trusting = openWire(undici, { trustedAuthorities: certificate(tls, 'crt') });
        const server = await serve(({ socket }) => socket.write(ok), { tls });
        const exchange = await trusting.send(server.baseUrl);
        await trusting.transport.close();
        expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'certificate' } });
      },
    );

    it('when it was aborted before', async () => {
      const server = await reply(ok);
      const exchange = await wire.send(server.baseUrl, { signal: AbortSignal.abort() });
      expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'aborted' } });
      expect(outcomeOf(exchange)).toMatchObject({ cause: 'aborted-before-sending', sent: false });
      expect(server.requests).toHaveLength(0);
    });

    it('when it was aborted while it waited for its slot', async () => {
      const server = await serve(() => undefined);
      const first = wire.send(server.baseUrl, { connection: 0 });
      await server.arrived(1);
      const abort = new AbortController();
      const second = wire.send(server.baseUrl, { connection: 0, signal: abort.signal });
      await new Promise(setImmediate);
      abort.abort();
      server.requests[0]?.socket.write(ok);
      expect(await first).toMatchObject({ phase: 'answered' });
      expect(await second).toMatchObject({ phase: 'connecting', failure: { kind: 'aborted' } });
      expect(server.requests).toHaveLength(1);
    });

    it('after close', async () => {
      const server = await reply(ok);
      await wire.transport.close();
      expect(await wire.send(server.baseUrl)).toMatchObject({
        phase: 'connecting',
        failure: { kind: 'aborted' },
      });
    });
  });

  describe('that was sent and lost', () => {
    it.each([
      ['closed', (script: Parameters<Script>[0]) => script.socket.end()],
      ['destroyed', (script: Parameters<Script>[0]) => script.socket.destroy()],
      ['reset', (script: Parameters<Script>[0]) => script.socket.resetAndDestroy()],
    ])('with its socket %s', async (_how, script) => {
      const server = await serve(script);
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'reset' }, response: null });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'reply-lost' });
      expect(server.requests).toHaveLength(1);
    });

    it('with the connection cut before the server read a byte', async () => {
      const server = await serve(() => undefined, {
        onConnection: (socket) => {
          socket.pause();
          setImmediate(() => socket.resetAndDestroy());
        },
      });
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'reset' } });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'reply-lost' });
    });

    it.each([
      ['a Content-Length', `HTTP/1.1 200 OK\r\nContent-Length: ${documentReply.length}\r\n\r\n`],
      [
        'chunks',
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${documentReply.length.toString(16)}\r\n`,
      ],
    ])('with its reply cut short of %s', async (_what, head) => {
      const server = await serve(({ socket }) => socket.end(head + documentReply.slice(0, -20)));
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({
        phase: 'sent',
        failure: { kind: 'reset' },
        response: { status: 200, body: null },
      });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'truncated' });
    });

    it('with its reply cut where nothing says its length', async () => {
      const server = await serve(({ socket }) =>
        socket.end(`HTTP/1.1 200 OK\r\n\r\n${documentReply.slice(0, -20)}`),
      );
      expect(outcomeOf(await wire.send(server.baseUrl))).toMatchObject({
        kind: 'unknown',
        cause: 'unreadable',
      });
    });

    it.each([
      ['gzip that breaks off', 'gzip', gzipSync(documentReply).subarray(0, -12)],
      ['gzip that is none', 'gzip', Buffer.from(documentReply)],
      ['a coding nobody asked for', 'br', Buffer.from(documentReply)],
    ])('with %s', async (_what, encoding, bytes) => {
      const server = await reply(httpReply(200, bytes, { 'Content-Encoding': encoding }));
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({
        phase: 'sent',
        failure: { kind: 'undecodable' },
        response: { body: null },
      });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'unreadable' });
    });

    it('with a reply that is no HTTP', async () => {
      const server = await reply(Buffer.from('SSH-2.0-OpenSSH\r\n\r\n'));
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'undecodable' } });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown' });
    });

    it.each([
      ['as it comes', httpReply(200, Buffer.alloc(9 * 1024 * 1024, ' '))],
      [
        'once unpacked',
        httpReply(200, gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'Content-Encoding': 'gzip' }),
      ],
    ])('with a reply too large %s', async (_what, bytes) => {
      const server = await reply(bytes);
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({
        phase: 'sent',
        failure: { kind: 'too-large' },
        response: { body: null },
      });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'unreadable' });
    });

    it('with headers too large', async () => {
      const server = await reply(httpReply(200, documentReply, { 'X-Long': 'x'.repeat(100_000) }));
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'too-large' } });
    });

    it('when nobody answers within the deadline', async () => {
      const server = await serve(() => undefined);
      const sending = wire.send(server.baseUrl);
      await server.arrived(1);
      wire.clock.advance(59_999);
      wire.clock.advance(1);
      const exchange = await sending;
      expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'timeout' }, response: null });
      expect(exchange.endedAtMs - exchange.startedAtMs).toBe(60_000);
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'timeout' });
    });

    it('when the reply drips past the deadline, however lively it is', async () => {
      let drip: ReturnType<typeof setInterval> | undefined;
      const server = await serve(({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
        drip = setInterval(() => {
          socket.write(' ');
          wire.clock.advance(10_000);
        }, 5);
      });
      const exchange = await wire.send(server.baseUrl);
      clearInterval(drip);
      expect(exchange).toMatchObject({
        phase: 'sent',
        failure: { kind: 'timeout' },
        response: { status: 200, body: null },
      });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'timeout' });
    });

    it('when we abort it ourselves', async () => {
      const server = await serve(() => undefined);
      const abort = new AbortController();
      const sending = wire.send(server.baseUrl, { signal: abort.signal });
      await server.arrived(1);
      abort.abort();
      expect(outcomeOf(await sending)).toMatchObject({ kind: 'unknown', cause: 'aborted' });
    });

    it('when we close', async () => {
      const server = await serve(() => undefined);
      const sending = wire.send(server.baseUrl);
      await server.arrived(1);
      await wire.transport.close();
      expect(outcomeOf(await sending)).toMatchObject({ kind: 'unknown', cause: 'aborted' });
    });
  });

  it('speaks HTTP/1.1 to a server that would rather speak HTTP/2', async () => {
    const offers = { tls: 'localhost', tlsOptions: { ALPNProtocols: ['h2', 'http/1.1'] } } as const;
    const server = await serve(({ socket }) => socket.write(ok), offers);
    const trusting = openWire(undici, { trustedAuthorities: certificate('localhost', 'crt') });
    const exchange = await trusting.send(server.baseUrl);
    await trusting.transport.close();
    expect(exchange).toMatchObject({ phase: 'answered', failure: null });
    expect(server.requests[0]?.head).toContain(' HTTP/1.1\r\n');
  });

  describe('that was answered by somebody', () => {
    it.each([301, 302, 307, 308])('with redirect %i, which is not followed', async (status) => {
      const target = await reply(ok);
      const server = await reply(httpReply(status, '', { Location: `${target.baseUrl}/elsewhere` }));
      const exchange = await wire.send(server.baseUrl);
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: true, pause: 'portal' });
      expect(target.connections()).toBe(0);
    });

    it.each([
      [303, '', 'unknown', 'other-status'],
      [401, 'no', 'not-applied', 'refused-status'],
      [404, '<html>', 'not-applied', 'refused-status'],
      [511, '<html>login</html>', 'not-applied', 'refused-status'],
      [403, '', 'unknown', 'other-status'],
      [429, '', 'not-applied', 'overloaded'],
      [429, 'slow down', 'unknown', 'other-status'],
      [502, '<html>Bad Gateway</html>', 'unknown', 'server-error'],
      [504, '', 'unknown', 'server-error'],
      [200, '<html>Free WiFi</html>', 'unknown', 'portal-page'],
      [200, '', 'unknown', 'unreadable'],
      [200, '{"a":1}', 'unknown', 'not-kybio'],
      [500, documentReply, 'unknown', 'other-status'],
      [200, errorReply('会员不存在'), 'rejected', 'refused-by-kybio'],
      [200, errorReply('重复提交修改'), 'unknown', 'duplicate'],
      [200, errorReply('签名错误'), 'not-applied', 'credentials'],
      [200, documentReply.replace('500', '501'), 'unknown', 'other-amounts'],
      [200, documentReply.replace('…460', ''), 'applied', undefined],
    ])('with HTTP %i %j: %s, %s', async (status, body, kind, cause) => {
      const server = await reply(httpReply(status, body));
      const exchange = await wire.send(server.baseUrl);
      expect(exchange.phase).toBe('answered');
      const outcome = outcomeOf(exchange);
      expect(outcome.kind).toBe(kind);
      expect('cause' in outcome ? outcome.cause : undefined).toBe(cause);
    });

    it('over TLS that is verified', async () => {
      const trusting = openWire(undici, { trustedAuthorities: certificate('localhost', 'crt') });
      const server = await serve(({ socket }) => socket.write(ok), { tls: 'localhost' });
      expect(await trusting.send(server.baseUrl)).toMatchObject({ phase: 'answered', failure: null });
      await trusting.transport.close();
    });
  });
});
