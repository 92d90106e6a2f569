import { describe, expect, it } from 'vitest';
import { at, outcomeOf, proxy, serve, wireBy } from './support/proxied.ts';
import { forwarding, refusing } from './support/proxy.ts';
import { closedPort } from './support/raw-server.ts';

describe('the system’s list', () => {
  it('is followed to the next way where nobody is at the first, and remembers that', async () => {
    const host = await serve();
    const by = await proxy(forwarding());
    const dead = await proxy(({ socket }) => socket.destroy());
    const wire = wireBy(`PROXY ${at(dead)}; SOCKS5 127.0.0.1:9; PROXY ${at(by)}`);
    expect(await wire.send(host.baseUrl)).toMatchObject({ phase: 'answered' });
    expect(await wire.send(host.baseUrl)).toMatchObject({ phase: 'answered' });
    expect([dead.asked.length, by.asked.length]).toEqual([1, 2]);
    expect(wire.asked).toHaveLength(1);
  });

  it('is followed to DIRECT where it names that, and only then', async () => {
    const host = await serve();
    const dead = `PROXY 127.0.0.1:${await closedPort()}`;
    expect(await wireBy(`${dead}; DIRECT`).send(host.baseUrl)).toMatchObject({ phase: 'answered' });
    expect(await wireBy(dead).send(host.baseUrl)).toMatchObject({ phase: 'connecting' });
    expect(host.connections()).toBe(1);
  });

  it('is followed from DIRECT to a proxy where the host is not to be reached', async () => {
    const host = await serve();
    const target = `localhost:${await closedPort()}`;
    const by = await proxy(forwarding(), { ports: { [target]: Number(new URL(host.baseUrl).port) } });
    const exchange = await wireBy(`DIRECT; PROXY ${at(by)}`).send(`https://${target}`);
    expect(exchange).toMatchObject({ phase: 'answered' });
  });

  it('ends where a proxy has refused', async () => {
    const host = await serve();
    const by = await proxy(refusing('403 Forbidden'));
    const exchange = await wireBy(`PROXY ${at(by)}; DIRECT`).send(host.baseUrl);
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { code: 'ERR_PROXY_REFUSED_403' } });
    expect(host.connections()).toBe(0);
  });

  it.each([
    ['SOCKS5 127.0.0.1:9', 'proxy-unsupported'],
    ['HOCUS POCUS', 'proxy-unsupported'],
    ['', 'proxy-unknown'],
  ] as const)('is never passed over: %j', async (answer, kind) => {
    const host = await serve();
    const exchange = await wireBy(answer).send(host.baseUrl);
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind } });
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: false, cause: kind });
    expect(host.connections()).toBe(0);
  });

  it('is asked for anew once all of it has failed', async () => {
    const host = await serve();
    const by = await proxy(forwarding());
    const answers = ['', 'SOCKS5 127.0.0.1:9', `PROXY ${at(by)}`];
    const wire = wireBy(async () => answers.shift() ?? '');
    expect(await wire.send(host.baseUrl)).toMatchObject({ failure: { kind: 'proxy-unknown' } });
    expect(await wire.send(host.baseUrl)).toMatchObject({ failure: { kind: 'proxy-unsupported' } });
    expect(await wire.send(host.baseUrl)).toMatchObject({ phase: 'answered' });
  });
});

it('trusts whom the system trusts, straight too, and nobody else', async () => {
  const host = await serve();
  expect(await wireBy('DIRECT').send(host.baseUrl)).toMatchObject({ phase: 'answered' });
  expect(await wireBy('DIRECT', []).send(host.baseUrl)).toMatchObject({
    ...{ phase: 'connecting', failure: { kind: 'certificate' } },
  });
  expect(host.requests).toHaveLength(1);
});
