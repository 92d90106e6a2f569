import { describe, expect, it } from 'vitest';
import { connectTimeoutMs } from '../../../main/hosts/kybio/connector.ts';
import type { FailureKind } from '../../../main/hosts/port/member-host.ts';
import { documentSigned } from './support/increment.ts';
import { answering, at, ok, outcomeOf, proxy, serve, wireBy } from './support/proxied.ts';
import { type Answer, established, forwarding, refusing, saying } from './support/proxy.ts';
import { certificate, closedPort } from './support/raw-server.ts';

describe('an increment through a proxy', () => {
  it('reaches the host once, and the proxy hears nothing of it but the host’s name', async () => {
    const host = await serve();
    const by = await proxy(forwarding());
    const wire = wireBy(`PROXY ${at(by)}`);
    const exchange = await wire.send(host.baseUrl);
    expect(exchange).toMatchObject({ phase: 'answered', failure: null });
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'applied' });
    expect(host.requests.map(({ body }) => body.equals(documentSigned.body))).toEqual([true]);
    const { host: target } = new URL(host.baseUrl);
    expect(by.asked.map(({ head }) => head)).toEqual([
      `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n` +
        'Proxy-Connection: keep-alive\r\nConnection: keep-alive\r\n\r\n',
    ]);
    expect(by.heard().includes(documentSigned.signature)).toBe(false);
    expect(by.heard().includes(documentSigned.body)).toBe(false);
    // Nothing of what is asked for, of whom or by whom: a script on the network could send it on.
    expect(wire.asked).toEqual([`https://${target}`]);
  });

  it('takes a tunnel of its own each time', async () => {
    const host = await serve();
    const by = await proxy(forwarding());
    const wire = wireBy(`PROXY ${at(by)}`);
    for (let count = 0; count < 3; count += 1) await wire.send(host.baseUrl);
    expect(by.asked).toHaveLength(3);
    expect(host.connections()).toBe(3);
    expect(wire.asked).toHaveLength(1);
  });

  it('goes by a proxy that speaks TLS itself, where the system trusts it', async () => {
    const host = await serve();
    const by = await proxy(forwarding(), { tls: 'localhost' });
    expect(await wireBy(`HTTPS ${at(by)}`).send(host.baseUrl)).toMatchObject({ phase: 'answered' });
    const other = await proxy(forwarding(), { tls: 'wronghost' });
    expect(await wireBy(`HTTPS ${at(other)}`).send(host.baseUrl)).toMatchObject({
      ...{ phase: 'connecting', failure: { kind: 'proxy-unreachable' } },
    });
    expect(other.asked).toEqual([]);
  });

  it('asks the system for its way anew after a change of network', async () => {
    const host = await serve();
    const by = await proxy(forwarding());
    const wire = wireBy(`PROXY ${at(by)}`);
    await wire.send(host.baseUrl);
    wire.transport.networkChanged();
    await wire.send(host.baseUrl);
    expect(wire.asked).toHaveLength(2);
  });

  it('never goes by one to this machine itself over http', async () => {
    const host = await serve(answering, {});
    const by = await proxy(forwarding());
    const wire = wireBy(`PROXY ${at(by)}`);
    expect(await wire.send(host.baseUrl)).toMatchObject({ phase: 'answered' });
    expect(by.connections()).toBe(0);
    expect(wire.asked).toEqual([]);
  });

  it('is applied once by a proxy that says all it hears to the host twice', async () => {
    const host = await serve();
    const by = await proxy(
      forwarding((client) => {
        void by.asked[0]?.reach().then((second) => client.pipe(second));
      }),
    );
    expect(await wireBy(`PROXY ${at(by)}`).send(host.baseUrl)).toMatchObject({ phase: 'answered' });
    expect(host.requests).toHaveLength(1);
  });
});

describe('nothing was sent', () => {
  const html = '<html>Please log in</html>';
  const notSent: readonly (readonly [string, Answer, FailureKind])[] = [
    ['where the proxy refuses', refusing('403 Forbidden', html), 'proxy-refused'],
    ['where it finds no host', refusing('502 Bad Gateway'), 'proxy-refused'],
    ['where it is overloaded', refusing('503 Service Unavailable'), 'proxy-refused'],
    ['where it leads to a sign-in page', refusing('302 Found', html), 'proxy-refused'],
    ['where it asks for a password', refusing('407 Proxy Authentication Required'), 'proxy-password'],
    ['where it speaks no HTTP', saying(html), 'proxy-refused'],
    ['where it speaks before the host could', saying(`${established}${html}`), 'proxy-refused'],
    ['where it closes', ({ socket }) => socket.end(), 'proxy-unreachable'],
    ['where it resets', ({ socket }) => socket.resetAndDestroy(), 'proxy-unreachable'],
    [
      'where a page comes out of the tunnel',
      ({ socket }) => {
        socket.write(established);
        socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n\r\n${html}`));
      },
      'tls',
    ],
    [
      'where it cuts the tunnel before the body',
      ({ socket }) => {
        socket.write(established);
        socket.once('data', () => socket.resetAndDestroy());
      },
      'reset',
    ],
  ];

  it.each(notSent)('%s', async (_, answer, kind) => {
    const host = await serve();
    const by = await proxy(answer);
    const wire = wireBy(`PROXY ${at(by)}`);
    const exchange = await wire.send(host.baseUrl);
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind }, response: null });
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: false, pause: null });
    // Asked once: nobody tries again but the outbox.
    expect(by.asked).toHaveLength(1);
    expect(host.connections()).toBe(0);
    expect(await wire.send(host.baseUrl)).toMatchObject({ failure: { kind } });
  });

  it('where the proxy hangs over its answer', async () => {
    const by = await proxy(() => undefined);
    const wire = wireBy(`PROXY ${at(by)}`);
    const sending = wire.send('https://localhost:9');
    await by.arrived(1);
    wire.clock.advance(connectTimeoutMs);
    expect(await sending).toMatchObject({
      phase: 'connecting',
      failure: { kind: 'proxy-unreachable', code: 'ERR_PROXY_UNREACHABLE_TIMEOUT' },
    });
  });

  it('where nobody is at the proxy’s address', async () => {
    const host = await serve();
    const exchange = await wireBy(`PROXY 127.0.0.1:${await closedPort()}`).send(host.baseUrl);
    expect(exchange).toMatchObject({
      phase: 'connecting',
      failure: { kind: 'proxy-unreachable', code: 'ERR_PROXY_UNREACHABLE_ECONNREFUSED' },
    });
    expect(host.connections()).toBe(0);
  });

  it.each([
    ['nobody trusts', 'localhost', []],
    ['is of another host', 'wronghost', [certificate('wronghost', 'crt')]],
    ['has expired', 'expired', [certificate('expired', 'crt')]],
  ] as const)('where the certificate at the end of the tunnel %s', async (_, tls, trusts) => {
    const host = await serve(answering, { tls });
    const by = await proxy(forwarding());
    const exchange = await wireBy(`PROXY ${at(by)}; DIRECT`, [...trusts]).send(host.baseUrl);
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'certificate' } });
    expect(outcomeOf(exchange)).toMatchObject({ sent: false, pause: 'certificate' });
    expect(host.requests).toEqual([]);
    expect(by.asked).toHaveLength(1);
  });

  it('where the attempt is given up while the proxy still thinks', async () => {
    const by = await proxy(() => undefined);
    const giveUp = new AbortController();
    const wire = wireBy(`PROXY ${at(by)}; DIRECT`);
    const sending = wire.send('https://localhost:9', { signal: giveUp.signal });
    await by.arrived(1);
    giveUp.abort();
    expect(await sending).toMatchObject({ phase: 'connecting', failure: { kind: 'aborted' } });
  });

  it('where the client is closed meanwhile, and then nothing is tried any more', async () => {
    const host = await serve();
    const by = await proxy(() => undefined);
    const wire = wireBy(`PROXY ${at(by)}; DIRECT`);
    const sending = wire.send(host.baseUrl);
    await by.arrived(1);
    const closed = new Promise((resolve) => by.asked[0]?.socket.once('close', resolve));
    await wire.transport.close();
    expect(await sending).toMatchObject({ phase: 'connecting', failure: { kind: 'aborted' } });
    await closed;
    expect(host.connections()).toBe(0);
  });
});

describe('it may have been applied', () => {
  it('where the proxy cuts the tunnel after the body', async () => {
    const host = await serve(() => by.asked[0]?.socket.resetAndDestroy());
    const by = await proxy(forwarding());
    const exchange = await wireBy(`PROXY ${at(by)}`).send(host.baseUrl);
    expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'reset' } });
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'unknown', cause: 'reply-lost' });
    expect(host.requests).toHaveLength(1);
    expect(by.asked).toHaveLength(1);
  });

  it('where it cuts the tunnel in the middle of the body', async () => {
    const host = await serve();
    const by = await proxy(
      forwarding((client) => {
        let passed = 0;
        client.on('data', (chunk: Buffer) => {
          passed += chunk.length;
          if (passed > 200_000) client.resetAndDestroy();
        });
      }),
    );
    const exchange = await wireBy(`PROXY ${at(by)}; DIRECT`).send(host.baseUrl, {
      body: Buffer.alloc(2_000_000, 'x'),
    });
    expect(exchange).toMatchObject({ phase: 'sent', failure: { kind: 'reset' } });
    expect(outcomeOf(exchange).kind).toBe('unknown');
    expect(host.requests).toEqual([]);
    expect(by.asked).toHaveLength(1);
    expect(host.connections()).toBe(1);
  });

  it('where it answers in the host’s place with a cut-off reply', async () => {
    const host = await serve(({ socket }) => {
      socket.write(ok.subarray(0, 120));
      by.asked[0]?.socket.end();
    });
    const by = await proxy(forwarding());
    const exchange = await wireBy(`PROXY ${at(by)}`).send(host.baseUrl);
    expect(exchange.phase).toBe('sent');
    expect(outcomeOf(exchange).kind).toBe('unknown');
  });
});
