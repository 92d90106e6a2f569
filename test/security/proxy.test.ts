import { onTestFinished } from 'vitest';
import type { Network } from '../../main/kernel/ports.ts';
import { planted } from '../faults/faults.ts';
import { forwarding, openProxy } from '../hosts/kybio/support/proxy.ts';
import { certificate, closedPort } from '../hosts/kybio/support/raw-server.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';
import { answer, send, serve, sound, type Wire } from './support/wire.ts';

async function proxy() {
  const opened = await openProxy(forwarding());
  onTestFinished(() => opened.close());
  return opened;
}

const shops = certificate('localhost', 'crt');

/** What the system says of proxies, and whom it trusts. */
const systemsNetwork = (ways: string, authorities: readonly string[] = [shops]): Network => ({
  resolveProxy: async () => ways,
  authorities: () => authorities,
});

const throughProxy: ModuleCheck<Wire> = {
  number: '40',
  title: 'where the system has a proxy, nothing goes past it, and http to this machine never by it',
  breaches: async (wire) => {
    const isReachedPast = async (ways: string) => {
      const server = await serve(answer, { tls: 'localhost' });
      await send(wire, server.baseUrl, undefined, systemsNetwork(ways)).exchange;
      return server.connections() > 0;
    };
    const dead = `PROXY 127.0.0.1:${await closedPort()}`;
    const by = await proxy();
    const server = await serve(answer, { tls: 'localhost' });
    const network = systemsNetwork(`PROXY 127.0.0.1:${by.port}`);
    await send(wire, server.baseUrl, undefined, network).exchange;
    const isThrough = by.asked.length === 1 && server.requests.length === 1;
    const loopback = await serve(answer);
    await send(wire, loopback.baseUrl, undefined, network).exchange;
    return through({
      'past a proxy that is not there': await isReachedPast(dead),
      'past a proxy of an unknown kind': await isReachedPast('SOCKS5 127.0.0.1:9'),
      'where the system says nothing': await isReachedPast(''),
      'this machine by a proxy': by.asked.length !== 1 || loopback.requests.length !== 1,
      'not even by a good one': !isThrough,
    });
  },
  controls: [
    {
      ...planted('system-not-asked-for-ways'),
      finds: 'past a proxy that is not there',
    },
    {
      ...planted('straight-where-no-way-is-left'),
      finds: 'past a proxy that is not there',
    },
    {
      ...planted('straight-where-the-kind-is-unknown'),
      finds: 'past a proxy of an unknown kind',
    },
    {
      ...planted('http-by-a-proxy'),
      finds: 'this machine by a proxy',
    },
  ],
};

const throughTunnel: ModuleCheck<Wire> = {
  number: '40',
  title: 'at the end of a tunnel the host proves itself, to whom the system trusts and nobody else',
  breaches: async (wire) => {
    const by = await proxy();
    const isHeard = async (tls: 'localhost' | 'wronghost' | 'expired', authorities: readonly string[]) => {
      const server = await serve(answer, { tls });
      const network = systemsNetwork(`PROXY 127.0.0.1:${by.port}`, authorities);
      await send(wire, server.baseUrl, undefined, network).exchange;
      return server.requests.length > 0;
    };
    return through({
      'of no authority': await isHeard('localhost', []),
      expired: await isHeard('expired', [certificate('expired', 'crt')]),
      "another host's": await isHeard('wronghost', [certificate('wronghost', 'crt')]),
      "not even the system's": !(await isHeard('localhost', [shops])),
    });
  },
  controls: [
    ...['of no authority', 'expired', "another host's"].map((finds) => ({
      ...planted('any-certificate'),
      finds,
    })),
    {
      ...planted('system-authorities-left-out'),
      finds: "not even the system's",
    },
  ],
};

checkModules(sound, [throughProxy, throughTunnel]);
