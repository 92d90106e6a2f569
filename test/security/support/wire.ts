import * as undici from 'undici';
import { onTestFinished } from 'vitest';
import type { Network } from '../../../main/kernel/ports.ts';
import * as connector from '../../../main/kybio/connector.ts';
import * as host from '../../../main/kybio/host.ts';
import * as transport from '../../../main/kybio/transport.ts';
import * as trust from '../../../main/kybio/trust.ts';
import { createTestClock } from '../../kit/clock.ts';
import { documentReply, documentSigned } from '../../kybio/support/increment.ts';
import {
  httpReply,
  openRawServer,
  type RawServerOptions,
  type Script,
} from '../../kybio/support/raw-server.ts';

export const sound = { host, transport, connector, trust };
export type Wire = typeof sound;
export const reply = httpReply(200, documentReply);
export const answer: Script = ({ socket }) => socket.write(reply);

export async function serve(script: Script, options?: RawServerOptions) {
  const server = await openRawServer(script, options);
  onTestFinished(() => server.close());
  return server;
}

/** One signed increment over a real socket. */
export function send(wire: Wire, baseUrl: string, trustedAuthorities?: string, network?: Network) {
  const clock = createTestClock();
  const trusted = trustedAuthorities === undefined ? {} : { trustedAuthorities };
  const opened = wire.transport.createTransport({ clock, undici, network, ...trusted });
  onTestFinished(() => opened.close());
  const exchange = opened.exchange({
    url: `${baseUrl}/openapi/v1/customerOpenApi/updateBalancePointByIncrement`,
    body: documentSigned.body,
    signature: documentSigned.signature,
    connection: 'new',
  });
  return { exchange, clock };
}
