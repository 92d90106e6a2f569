import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate } from './raw-server.ts';

/** One CONNECT, as it came. */
export interface Asked {
  readonly head: string;
  /** `host:port`. */
  readonly target: string;
  readonly socket: Socket;
  /** A line to where the target is, not opened yet for whoever asked. */
  reach(): Promise<Socket>;
}

export type Answer = (asked: Asked) => void;

export interface TestProxy {
  readonly host: string;
  readonly port: number;
  readonly asked: readonly Asked[];
  /** All that came from whoever asked, heads included. */
  heard(): Buffer;
  connections(): number;
  /** Resolves once it was asked for so many tunnels. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Where a target is to be found on this machine; its own port where absent. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly tls?: 'localhost' | 'wronghost';
}

export const established = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** What an honest proxy does. `watch` sees both ends of each tunnel. */
export const forwarding =
  (watch: (client: Socket, host: Socket) => void = () => undefined): Answer =>
  async ({ socket, reach }) => {
    const host = await reach().catch(() => null);
    if (host === null) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    socket.write(established);
    watch(socket, host);
    socket.pipe(host).pipe(socket);
    socket.on('close', () => host.destroy());
    host.on('close', () => socket.destroy());
  };

const saying =
  (text: string): Answer =>
  ({ socket }) =>
    socket.end(text);
/** A whole answer, and the end. */
export const refusing = (status: string, body = ''): Answer =>
  saying(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
export { saying };

function reachOn(port: number, sockets: Set<Socket>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const host = connect(port, '127.0.0.1', () => resolve(host));
    sockets.add(host);
    host.on('error', reject);
  });
}

/** A proxy on loopback, byte for byte, over real sockets. */
export async function openProxy(answer: Answer, { ports = {}, tls }: ProxyOptions = {}): Promise<TestProxy> {
  const asked: Asked[] = [];
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const waiters: { readonly count: number; readonly done: () => void }[] = [];
  let connections = 0;
  const accept = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => heard.push(chunk));
    let head = '';
    const listen = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', listen);
      const target = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1] ?? '';
      const port = ports[target] ?? Number(target.split(':').at(-1));
      const one = { head, target, socket, reach: () => reachOn(port, sockets) };
      asked.push(one);
      for (const { count, done } of waiters) if (asked.length >= count) done();
      answer(one);
    };
    socket.on('data', listen);
  };
  const server: Server =
    tls === undefined
      ? createServer(accept)
      : createTlsServer({ cert: certificate(tls, 'crt'), key: certificate(tls, 'key') }, accept);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ host: tls === undefined ? '127.0.0.1' : 'localhost', port, asked },
    heard: () => Buffer.concat(heard),
    connections: () => connections,
    arrived: (count) =>
      asked.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiters.push({ count, done: resolve })),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
