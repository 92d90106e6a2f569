import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Clock } from '../../kernel/ports.ts';
import type { ProxyWay } from '../network/ways.ts';

/** A proxy failure before anything of ours was sent; the code's prefix says which. */
export class ProxyFailure extends Error {
  constructor(
    kind: 'PASSWORD' | 'REFUSED' | 'UNKNOWN' | 'UNREACHABLE' | 'UNSUPPORTED',
    detail = '',
    cause?: unknown,
  ) {
    super('no way through the proxy', { cause });
    this.code = `ERR_PROXY_${kind}${detail === '' ? '' : `_${detail}`}`;
  }
  readonly code: string;
}

export interface TunnelParts {
  readonly clock: Pick<Clock, 'schedule'>;
  /** For a TLS connection to the proxy itself. */
  readonly tls: ConnectionOptions;
  readonly timeoutMs: number;
  /** Aborts tunnels that are not established yet. */
  readonly signal: AbortSignal;
}

function answeredFailure(status: number, bytesAfterHead: number): ProxyFailure | null {
  if (status === 407) return new ProxyFailure('PASSWORD');
  if (status < 200 || status > 299) return new ProxyFailure('REFUSED', String(status));
  // A server at the end of a tunnel never speaks first.
  return bytesAfterHead > 0 ? new ProxyFailure('REFUSED', 'SPOKE_FIRST') : null;
}

function unansweredFailure(error: NodeJS.ErrnoException): ProxyFailure {
  if (error instanceof ProxyFailure) return error;
  const { code = 'UNKNOWN' } = error;
  return code.startsWith('HPE_')
    ? new ProxyFailure('REFUSED', 'NO_HTTP', error)
    : new ProxyFailure('UNREACHABLE', code.slice(0, 40), error);
}

/**
 * Opens a tunnel through the proxy to `target` (`host:port`). One CONNECT, never retried, with only the host's name.
 * Rejects with a ProxyFailure only.
 */
export function openTunnel(
  { secure, host, port }: ProxyWay,
  target: string,
  { clock, tls, timeoutMs, signal }: TunnelParts,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // As Chromium does: some proxies close a tunnel without it.
    const headers = { Host: target, 'Proxy-Connection': 'keep-alive', Connection: 'keep-alive' };
    const asked = { host, port, method: 'CONNECT', path: target, headers, signal };
    const request = secure
      ? requestHttps({ ...tls, ...asked, agent: false })
      : requestHttp({ ...asked, agent: false });
    const forget = clock.schedule(timeoutMs, () =>
      request.destroy(new ProxyFailure('UNREACHABLE', 'TIMEOUT')),
    );
    const fail = (failure: ProxyFailure) => {
      forget();
      reject(failure);
    };
    request.once('connect', (response, socket, head) => {
      const failure = answeredFailure(response.statusCode ?? 0, head.length);
      // The later owner adds its own handler; before and after that there is none.
      socket.on('error', () => undefined);
      if (failure !== null) {
        socket.destroy();
        fail(failure);
        return;
      }
      forget();
      resolve(socket);
    });
    request.on('error', (error) => fail(unansweredFailure(error)));
    request.end();
  });
}
