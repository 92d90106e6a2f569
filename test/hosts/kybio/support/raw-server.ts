import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** A request as it came over the socket, head and body as they were. */
export interface RawRequest {
  readonly head: string;
  readonly body: Buffer;
  /** 1 for the first connection of this server. */
  readonly connection: number;
  readonly socket: Socket;
}

export interface RawServerOptions {
  readonly tls?: 'localhost' | 'wronghost' | 'expired';
  readonly tlsOptions?: TlsOptions;
  readonly onConnection?: (socket: Socket) => void;
}

export type Script = (request: RawRequest) => void;

export interface RawServer {
  readonly baseUrl: string;
  readonly requests: readonly RawRequest[];
  /** How many connections were accepted. */
  connections(): number;
  /** Resolves once `count` whole requests have arrived. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export const certificate = (name: 'localhost' | 'wronghost' | 'expired', part: 'crt' | 'key'): string =>
  readFileSync(
    fileURLToPath(new URL(`./certificates/test-only-${name}.${part}.pem`, import.meta.url)),
    'utf8',
  );

/** The first whole request at the start of the bytes, and what follows it. */
function takeRequest(bytes: Buffer): { head: string; body: Buffer; rest: Buffer } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.subarray(0, headEnd).toString('latin1');
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
  const bodyEnd = headEnd + 4 + length;
  if (bytes.length < bodyEnd) return null;
  return { head, body: bytes.subarray(headEnd + 4, bodyEnd), rest: bytes.subarray(bodyEnd) };
}

/** A server that answers by script, byte for byte; real sockets, no HTTP library to be polite for it. */
export async function openRawServer(script: Script, options: RawServerOptions = {}): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const waiters: { readonly count: number; readonly done: () => void }[] = [];
  let connections = 0;
  const accept = (socket: Socket) => {
    connections += 1;
    const connection = connections;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    options.onConnection?.(socket);
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let taken = takeRequest(bytes); taken !== null; taken = takeRequest(bytes)) {
        bytes = taken.rest;
        const request = { head: taken.head, body: taken.body, connection, socket };
        requests.push(request);
        for (const waiter of waiters) if (requests.length >= waiter.count) waiter.done();
        script(request);
      }
    });
  };
  const server: Server =
    options.tls === undefined
      ? createServer(accept)
      : createTlsServer(
          {
            ...options.tlsOptions,
            cert: certificate(options.tls, 'crt'),
            key: certificate(options.tls, 'key'),
          },
          accept,
        );
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: options.tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    requests,
    connections: () => connections,
    arrived: (count) =>
      requests.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiters.push({ count, done: resolve })),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole response with its length. */
export function httpReply(
  status: number,
  body: Buffer | string,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ 'Content-Length': String(bytes.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Words\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
