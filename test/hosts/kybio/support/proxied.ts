import { onTestFinished } from 'vitest';
import { classifyIncrement } from '../../../../main/hosts/kybio/outcome.ts';
import { documentExpected, documentReply } from './increment.ts';
import { type Answer, openProxy, type ProxyOptions } from './proxy.ts';
import { certificate, httpReply, openRawServer, type RawServerOptions, type Script } from './raw-server.ts';
import { openWire } from './wire.ts';

export const ok = httpReply(200, documentReply);
export const answering: Script = ({ socket }) => socket.write(ok);

export async function serve(script: Script = answering, options: RawServerOptions = { tls: 'localhost' }) {
  const server = await openRawServer(script, options);
  onTestFinished(() => server.close());
  return server;
}

export async function proxy(answer: Answer, options?: ProxyOptions) {
  const opened = await openProxy(answer, options);
  onTestFinished(() => opened.close());
  return opened;
}

/** A wire by what the system says of proxies, which trusts the test's authority in the system's place. */
export function wireBy(answer: string | (() => Promise<string>), trusts = [certificate('localhost', 'crt')]) {
  const asked: string[] = [];
  const wire = openWire({
    network: {
      resolveProxy: (url) => {
        asked.push(url);
        return typeof answer === 'string' ? Promise.resolve(answer) : answer();
      },
      authorities: () => trusts,
    },
  });
  onTestFinished(() => wire.transport.close());
  return { ...wire, asked };
}

export const at = ({ host, port }: { readonly host: string; readonly port: number }) => `${host}:${port}`;
export const outcomeOf = (exchange: Parameters<typeof classifyIncrement>[0]) =>
  classifyIncrement(exchange, documentExpected);
