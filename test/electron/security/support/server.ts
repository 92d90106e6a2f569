import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Listener {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Every request, connection and datagram that arrived. */
  readonly heard: readonly string[];
}

/** A server on loopback, TCP and UDP on one port, that writes down whatever reaches it. */
export async function listen(redirectTo?: string): Promise<Listener> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    const redirected = redirectTo !== undefined && request.url === '/redirect';
    response.writeHead(redirected ? 302 : 200, redirected ? { location: redirectTo } : {}).end('heard');
  });
  server.on('connection', () => heard.push('connection'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const udp = createSocket('udp4', () => heard.push('datagram'));
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    udp.close();
  });
  return { url: `http://127.0.0.1:${port}`, port, heard };
}
