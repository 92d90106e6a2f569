import { once } from 'node:events';
import * as undici from 'undici';
import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import { createTransport } from '../../../main/hosts/kybio/transport.ts';
import type { UndiciPart } from '../../../main/hosts/kybio/undici-part.ts';
import { createTestClock } from '../../kit/clock.ts';
import { documentExpected, documentReply, documentSigned } from './support/increment.ts';
import { closedPort, httpReply } from './support/raw-server.ts';
import { openWire, wireOfEachTest } from './support/wire.ts';

const ok = httpReply(200, documentReply);
const kept = httpReply(200, documentReply, { Connection: 'keep-alive', 'Keep-Alive': 'timeout=600' });

describe('connections', () => {
  const { wire, serve } = wireOfEachTest();

  it('are new for each increment, even where the server would keep them', async () => {
    const server = await serve(({ socket }) => socket.write(kept));
    for (let count = 0; count < 3; count += 1) {
      expect(await wire.send(server.baseUrl)).toMatchObject({ phase: 'answered' });
    }
    expect(server.connections()).toBe(3);
  });

  it('are closed after their answer, and the till says so', async () => {
    const server = await serve(({ socket }) => socket.write(kept));
    await wire.send(server.baseUrl);
    const [request] = server.requests;
    expect(request?.head).toContain('connection: close');
    if (request?.socket.destroyed === false) await once(request.socket, 'close');
  });

  it('carry nothing more where the host closes each after its answer', async () => {
    const server = await serve(({ socket }) => socket.end(ok));
    for (let count = 0; count < 3; count += 1)
      expect(await wire.send(server.baseUrl)).toMatchObject({ phase: 'answered' });
    expect(server.requests).toHaveLength(3);
  });

  it('are opened by nothing that was made ready while all was closed', async () => {
    const server = await serve(({ socket }) => socket.write(ok));
    const late = wire.send(server.baseUrl);
    await wire.transport.close();
    expect(await late).toMatchObject({ phase: 'connecting', failure: { kind: 'aborted' } });
    expect(server.connections()).toBe(0);
  });

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
