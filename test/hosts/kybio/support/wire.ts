import { afterEach, beforeEach } from 'vitest';
import {
  createTransport,
  type Transport,
  type TransportOptions,
} from '../../../../main/hosts/kybio/transport.ts';
import type { Exchange } from '../../../../main/hosts/port/member-host.ts';
import { createTestClock, type TestClock } from '../../../kit/clock.ts';
import { documentSigned } from './increment.ts';
import { openRawServer, type RawServer, type Script } from './raw-server.ts';

/** When the document's increment was signed. */
const documentSignedAtMs = 1_437_528_688_233;

export interface Wire {
  readonly clock: TestClock;
  readonly transport: Transport;
  /** Sends the document's increment. */
  send(
    baseUrl: string,
    options?: {
      readonly signal?: AbortSignal;
      readonly body?: Buffer;
    },
  ): Promise<Exchange>;
}

export function openWire(options: Partial<TransportOptions> = {}): Wire {
  const clock = createTestClock(documentSignedAtMs);
  const transport = createTransport({ clock, ...options });
  return {
    clock,
    transport,
    send: (baseUrl, { signal, body = documentSigned.body } = {}) =>
      transport.exchange({
        url: `${baseUrl}/openapi/v1/customerOpenApi/updateBalancePointByIncrement`,
        body,
        signature: documentSigned.signature,
        ...(signal === undefined ? {} : { signal }),
      }),
  };
}

/** Within a `describe`: each test has a wire of its own, and servers that are closed with it. */
export function wireOfEachTest() {
  let open: Wire;
  const servers: RawServer[] = [];
  beforeEach(() => {
    open = openWire();
  });
  afterEach(async () => {
    await open.transport.close();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const wire: Wire = {
    get clock() {
      return open.clock;
    },
    get transport() {
      return open.transport;
    },
    send: (...sent) => open.send(...sent),
  };
  const serve = async (script: Script, options?: Parameters<typeof openRawServer>[1]) => {
    const server = await openRawServer(script, options);
    servers.push(server);
    return server;
  };
  return { wire, serve, reply: (bytes: Buffer) => serve(({ socket }) => socket.write(bytes)) };
}
