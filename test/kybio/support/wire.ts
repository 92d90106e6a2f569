import * as undici8 from 'undici';
import * as undici6 from 'undici-6';
import { afterEach, beforeEach } from 'vitest';
import { createTransport, type Transport, type TransportOptions } from '../../../main/kybio/transport.ts';
import type { UndiciPart } from '../../../main/kybio/undici-part.ts';
import type { Exchange } from '../../../main/outbox/member-host.ts';
import { createTestClock, type TestClock } from '../../kit/clock.ts';
import { documentSigned } from './increment.ts';
import { openRawServer, type RawServer, type Script } from './raw-server.ts';

/** The app's own undici, and the one that the substitute runtime puts in its place. */
export const undicis: readonly (readonly [string, UndiciPart])[] = [
  ['undici 8', undici8],
  ['undici 6', undici6 as unknown as UndiciPart],
];

/** When the document's increment was signed. */
const documentSignedAtMs = 1_437_528_688_233;

export interface Wire {
  readonly clock: TestClock;
  readonly transport: Transport;
  /** Sends the document's increment. */
  send(
    baseUrl: string,
    options?: {
      readonly connection?: 'new' | number;
      readonly signal?: AbortSignal;
      readonly body?: Buffer;
    },
  ): Promise<Exchange>;
}

export function openWire(undici: UndiciPart, options: Partial<TransportOptions> = {}): Wire {
  const clock = createTestClock(documentSignedAtMs);
  const transport = createTransport({ clock, undici, ...options });
  return {
    clock,
    transport,
    send: (baseUrl, { connection = 'new', signal, body = documentSigned.body } = {}) =>
      transport.exchange({
        url: `${baseUrl}/openapi/v1/customerOpenApi/updateBalancePointByIncrement`,
        body,
        signature: documentSigned.signature,
        connection,
        ...(signal === undefined ? {} : { signal }),
      }),
  };
}

/** Within a `describe`: each test has a wire of its own, and servers that are closed with it. */
export function wireOfEachTest(undici: UndiciPart) {
  let open: Wire;
  const servers: RawServer[] = [];
  beforeEach(() => {
    open = openWire(undici);
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
