import * as undici from 'undici';
import { onTestFinished } from 'vitest';
import * as connector from '../../../main/hosts/kybio/connector.ts';
import * as host from '../../../main/hosts/kybio/host.ts';
import * as transport from '../../../main/hosts/kybio/transport.ts';
import * as trust from '../../../main/hosts/kybio/trust.ts';
import type { Network } from '../../../main/kernel/ports.ts';
import { documentReply, documentSigned } from '../../hosts/kybio/support/increment.ts';
import {
  httpReply,
  openRawServer,
  type RawServerOptions,
  type Script,
} from '../../hosts/kybio/support/raw-server.ts';
import { createTestClock } from '../../kit/clock.ts';

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
