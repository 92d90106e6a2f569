import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Clock } from '../../kernel/ports.ts';
import type { Route } from '../network/route.ts';
import type { Way } from '../network/ways.ts';
import type { FailureKind } from '../port/member-host.ts';
import { failureOf } from './failure.ts';
import { openTunnel, ProxyFailure } from './tunnel.ts';
import type { UndiciPart } from './undici-part.ts';

export const connectTimeoutMs = 10_000;

export interface ConnectorParts {
  readonly undici: Pick<UndiciPart, 'buildConnector'>;
  readonly clock: Clock;
  /** Null for direct connections only. */
  readonly route: Route | null;
  readonly secureContext: () => SecureContext;
  /** Aborts connections that are not established yet. */
  readonly signal: AbortSignal;
}

/** Failures after which the next proxy of the list is tried. Any answer is final. */
const nobodyThere: ReadonlySet<FailureKind> = new Set([
  'proxy-unreachable',
  'proxy-unsupported',
  'dns',
  'connection-refused',
  'unreachable',
  'connect-timeout',
]);

/**
 * Connects for undici, always before any byte of a request is sent. http only to this machine, directly. https
 * through the system's proxies in their order, and by no other route; the host is authenticated at the end of each.
 */
export function createConnector({ undici, clock, route, secureContext, signal }: ConnectorParts) {
  const verified = () => ({ rejectUnauthorized: true, secureContext: secureContext() });
  const timeout = { timeout: connectTimeoutMs };
  const plain = undici.buildConnector(timeout);
  let secure: buildConnector.connector | null = null;
  const straight: buildConnector.connector = (to, callback) => {
    if (to.protocol !== 'https:') return plain(to, callback);
    secure ??= undici.buildConnector({ ...timeout, ...verified(), allowH2: false });
    return secure(to, callback);
  };

  const opened = (to: buildConnector.Options): Promise<Socket> =>
    new Promise((resolve, reject) => {
      straight(to, (...[error, socket]) => (error === null ? resolve(socket) : reject(error)));
    });
  const lineBy = async (way: Way, target: string): Promise<Socket | null> => {
    if (way.kind === 'direct') return null;
    if (way.kind === 'unsupported') throw new ProxyFailure('UNSUPPORTED', way.name.toUpperCase());
    return openTunnel(way, target, { clock, signal, tls: verified(), timeoutMs: connectTimeoutMs });
  };

  const openedBy = async (to: buildConnector.Options, by: Route): Promise<Socket> => {
    const target = `${to.hostname.includes(':') ? `[${to.hostname}]` : to.hostname}:${to.port || 443}`;
    const origin = `https://${target}`;
    let failed: unknown = new ProxyFailure('UNKNOWN');
    for (const way of await by.ways(origin)) {
      let line: Socket | null = null;
      try {
        line = await lineBy(way, target);
        if (line === null) return await opened(to);
      } catch (error) {
        failed = error;
        if (signal.aborted || !nobodyThere.has(failureOf(error).kind)) throw error;
        if (way.kind !== 'unsupported') by.putLast(origin, way);
        continue;
      }
      return opened({ ...to, httpSocket: line });
    }
    by.forget(origin);
    throw failed;
  };

  const connect: buildConnector.connector = (to, callback) => {
    if (route === null || to.protocol !== 'https:') return straight(to, callback);
    openedBy(to, route).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
  return connect;
}
