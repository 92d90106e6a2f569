import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { type Answer, forwarding, openProxy } from '../hosts/kybio/support/proxy.ts';
import { certificate } from '../hosts/kybio/support/raw-server.ts';
import { testFolder } from './electron-app.ts';

/** No computer has this name: only a proxy leads there. */
const name = 'other.example';

/** The store over TLS, under a certificate that no public authority has signed. */
async function tlsFront(store: PracticeStore): Promise<number> {
  const { port } = new URL(store.baseUrl);
  const keys = { cert: certificate('wronghost', 'crt'), key: certificate('wronghost', 'key') };
  const server = createServer(keys, (socket) => {
    const inner = connect(Number(port), '127.0.0.1');
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    socket.pipe(inner).pipe(socket);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/**
 * A shop whose network lets nothing out but through a proxy, to a store that is found nowhere else. `env` is what an
 * administrator sets: the proxy, and, for the test, the bundle to which the shop's own authority was added.
 */
export async function openShopNetwork(store: PracticeStore) {
  let answer: Answer = forwarding();
  const ports = { [`${name}:443`]: await tlsFront(store) };
  const proxy = await openProxy((asked) => answer(asked), { ports });
  onTestFinished(() => proxy.close());
  const bundle = join(testFolder(), 'authorities.crt');
  writeFileSync(bundle, certificate('wronghost', 'crt'));
  const env = {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    // A desktop's own settings would come first.
    ...{ XDG_CURRENT_DESKTOP: '', DESKTOP_SESSION: '' },
  };
  return {
    host: `https://${name}${new URL(store.baseUrl).pathname.replace(/\/$/, '')}`,
    proxy,
    env,
    trusting: { ...env, COUNTERFOIL_CA_BUNDLE: bundle },
    /** What the proxy does from now on. */
    answer: (next: Answer) => {
      answer = next;
    },
  };
}
