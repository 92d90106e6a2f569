import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Far above any KYBIO body, far below what could hurt. */
const maxBodyBytes = 1_048_576;

export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  /** Which socket, counted from 1. */
  readonly connection: number;
}

export interface Listener {
  readonly port: number;
  readonly isOpen: () => boolean;
  /** Reopens the same port. Rejects where it was taken meanwhile. */
  open(): Promise<void>;
  /** Destroys every socket; afterwards connections are refused. */
  close(): Promise<void>;
}

function whenWhole(
  request: IncomingMessage,
  response: ServerResponse,
  arrived: (body: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  request.on('data', (chunk: Buffer) => {
    lengthBytes += chunk.length;
    if (lengthBytes <= maxBodyBytes) {
      chunks.push(chunk);
      return;
    }
    chunks.length = 0;
    request.removeAllListeners('data');
    response.writeHead(413, { connection: 'close' }).end(() => request.socket.destroy());
  });
  request.on('end', () => {
    if (lengthBytes <= maxBodyBytes) arrived(Buffer.concat(chunks));
  });
  // A sender that aborts within its body has not called at all.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/**
 * Listens on 127.0.0.1 and hands over requests once their body is whole. `ports` are tried in order
 * where the one before is taken; 0 is any free one.
 */
export async function openListener(
  ports: readonly number[],
  onArrival: (arrival: Arrival) => void,
): Promise<Listener> {
  const sockets = new Map<Socket, number>();
  let connections = 0;

  function newServer(): Server {
    const made = createServer((request, response) => {
      const connection = sockets.get(request.socket) ?? 0;
      whenWhole(request, response, (body) => onArrival({ request, response, body, connection }));
    });
    made.on('connection', (socket: Socket) => {
      connections += 1;
      sockets.set(socket, connections);
      socket.once('close', () => sockets.delete(socket));
    });
    made.on('clientError', (_error, socket) => socket.destroy());
    return made;
  }

  async function openFirst(): Promise<{ server: Server; port: number }> {
    let busy: unknown;
    for (const candidate of ports) {
      const made = newServer();
      try {
        return { server: made, port: await listen(made, candidate) };
      } catch (error) {
        if (!isBusy(error)) throw error;
        busy = error;
      }
    }
    throw busy;
  }

  const first = await openFirst();
  let server: Server | null = first.server;
  return {
    port: first.port,
    isOpen: () => server !== null,
    async open() {
      if (server !== null) return;
      const made = newServer();
      await listen(made, first.port);
      server = made;
    },
    async close() {
      const closing = server;
      if (closing === null) return;
      server = null;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      for (const socket of sockets.keys()) socket.destroy();
      await closed;
    },
  };
}
