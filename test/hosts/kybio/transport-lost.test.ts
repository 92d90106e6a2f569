import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import type { Exchange } from '../../../main/hosts/port/member-host.ts';
import { documentExpected, documentReply } from './support/increment.ts';
import { httpReply, type Script } from './support/raw-server.ts';
import { wireOfEachTest } from './support/wire.ts';

const outcomeOf = (exchange: Exchange) => classifyIncrement(exchange, documentExpected);

describe('an exchange that was sent and lost', () => {
  const { wire, serve, reply } = wireOfEachTest();

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
    expect(exchange.response?.body?.length).toBeUndefined();
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
