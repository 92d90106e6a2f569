import * as undici from 'undici';
import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import { createTransport } from '../../../main/hosts/kybio/transport.ts';
import type { UndiciPart } from '../../../main/hosts/kybio/undici-part.ts';
import { createTestClock } from '../../kit/clock.ts';
import { documentExpected, documentReply, documentSigned, errorReply } from './support/increment.ts';
import { closedPort, httpReply } from './support/raw-server.ts';
import { openWire, wireOfEachTest } from './support/wire.ts';

const ok = httpReply(200, documentReply);

describe('connections', () => {
  const { wire, serve } = wireOfEachTest();

  it('are new for each fresh increment, even where the server would keep them', async () => {
    const server = await serve(({ socket }) => socket.write(ok));
    for (let count = 0; count < 3; count += 1) {
      expect(await wire.send(server.baseUrl)).toMatchObject({ phase: 'answered', reusedSocket: false });
    }
    expect(server.connections()).toBe(3);
  });

  it('are kept by a slot, and the exchange knows it', async () => {
    const server = await serve(({ socket }) => socket.write(ok));
    const reused = [];
    for (let count = 0; count < 3; count += 1) {
      reused.push((await wire.send(server.baseUrl, { connection: 0 })).reusedSocket);
    }
    expect(reused).toEqual([false, true, true]);
    expect(server.connections()).toBe(1);
    expect(server.requests[0]?.head).toContain('connection: keep-alive');
  });

  it('are one a slot, and never carry two increments at once', async () => {
    const server = await serve(() => undefined);
    const sends = [0, 0, 1].map((connection) => wire.send(server.baseUrl, { connection }));
    await server.arrived(2);
    expect(server.connections()).toBe(2);
    for (const request of server.requests) request.socket.write(ok);
    await server.arrived(3);
    server.requests[2]?.socket.write(ok);
    for (const exchange of await Promise.all(sends)) expect(exchange.phase).toBe('answered');
    expect(server.connections()).toBe(2);
  });

  it('make an error on a reused socket unknown: it may be an older answer', async () => {
    const replies = [ok, httpReply(200, errorReply('会员不存在'))];
    const server = await serve(({ socket }) => socket.write(replies.shift() ?? ok));
    await wire.send(server.baseUrl, { connection: 0 });
    const exchange = await wire.send(server.baseUrl, { connection: 0 });
    expect(classifyIncrement(exchange, documentExpected)).toMatchObject({ cause: 'reused-socket-error' });
  });

  it('that went stale lose the increment once: sent, unknown, not sent again', async () => {
    const server = await serve((request) => {
      // The second request meets a server that has just dropped the connection.
      if (server.requests.length === 1) request.socket.write(ok);
      else request.socket.resetAndDestroy();
    });
    await wire.send(server.baseUrl, { connection: 0 });
    const exchange = await wire.send(server.baseUrl, { connection: 0 });
    expect(exchange).toMatchObject({ phase: 'sent', reusedSocket: true, failure: { kind: 'reset' } });
    expect(classifyIncrement(exchange, documentExpected)).toMatchObject({
      kind: 'unknown',
      cause: 'reply-lost',
    });
    expect(server.requests).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });

  it('are dropped on demand, while what is under way comes to its end', async () => {
    const server = await serve(({ socket }) => {
      if (server.requests.length !== 2) socket.write(ok);
    });
    await wire.send(server.baseUrl, { connection: 0 });
    const under = wire.send(server.baseUrl, { connection: 0 });
    await server.arrived(2);
    wire.transport.dropConnections();
    const next = await wire.send(server.baseUrl, { connection: 0 });
    expect(next).toMatchObject({ phase: 'answered', reusedSocket: false });
    expect(server.connections()).toBe(2);
    server.requests[1]?.socket.write(ok);
    expect(await under).toMatchObject({ phase: 'answered', reusedSocket: true });
  });

  it.each(['new', 0] as const)(
    'are opened by nothing that was made ready while all was closed: %s',
    async (connection) => {
      const server = await serve(({ socket }) => socket.write(ok));
      const late = wire.send(server.baseUrl, { connection });
      await wire.transport.close();
      expect(await late).toMatchObject({ phase: 'connecting', failure: { kind: 'aborted' } });
      expect(server.connections()).toBe(0);
    },
  );

  it('tell two attempts with the same stored bytes apart', async () => {
    const server = await serve(({ socket }) => socket.write(ok));
    const [sent, refused] = await Promise.all([
      wire.send(server.baseUrl, { body: documentSigned.body }),
      wire.send(`http://127.0.0.1:${await closedPort()}`, { body: documentSigned.body }),
    ]);
    expect(sent.phase).toBe('answered');
    expect(refused.phase).toBe('connecting');
  });

  it('prove at start-up that sending is noticed', async () => {
    expect(await wire.transport.provePhaseEvent()).toBe(true);
  });

  it('count every attempt as sent where sending goes unnoticed', async () => {
    const unproven = openWire({ proveEvent: async () => false });
    const exchange = await unproven.send(`http://127.0.0.1:${await closedPort()}`);
    await unproven.transport.close();
    expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'connection-refused' } });
    expect(classifyIncrement(exchange, documentExpected).kind).toBe('unknown');
  });

  it('never write one increment twice, even if undici wanted to', async () => {
    const server = await serve(({ socket }) => socket.resetAndDestroy());
    const request = async (url: string, options: object) => {
      await undici.request(url, options).catch(() => undefined);
      return undici.request(url, options);
    };
    const stubborn = openWire({
      undici: { ...undici, request: request as UndiciPart['request'] },
      proveEvent: async () => true,
    });
    const exchange = await stubborn.send(server.baseUrl);
    await stubborn.transport.close();
    expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'other', code: 'sent-twice' } });
    expect(server.connections()).toBe(2);
    expect(server.requests).toHaveLength(1);
  });
});

describe('the proof of the phase event', () => {
  it('fails for an undici that does not tell', async () => {
    // Its request sends another Buffer than the one that is watched.
    const silent: UndiciPart = {
      ...undici,
      request: ((url: string, options: { body: Buffer }) =>
        undici.request(url, { ...options, body: Buffer.from(options.body) })) as UndiciPart['request'],
    };
    const transport = createTransport({ clock: createTestClock(), undici: silent });
    expect(await transport.provePhaseEvent()).toBe(false);
    await transport.close();
  });
});
