/** One route to a host, as the system's proxy settings name it. */
export type Way =
  | { readonly kind: 'direct' }
  | ProxyWay
  /** SOCKS, QUIC, or unknown words. */
  | { readonly kind: 'unsupported'; readonly name: string };

/** A proxy used by CONNECT; `secure` where the connection to it is TLS too. */
export interface ProxyWay {
  readonly kind: 'proxy';
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
}

const unsupported = (name: string): Way => ({
  kind: 'unsupported',
  name: name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 20),
});

/** Parses `host:port` only: no name, password or path. */
function proxyAt(address: string, secure: boolean): ProxyWay | null {
  if (/[@/?#\\\s]/.test(address)) return null;
  try {
    // A scheme without a default port, which URL would drop.
    const { hostname, port } = new URL(`proxy://${address}`);
    if (hostname === '') return null;
    return {
      kind: 'proxy',
      secure,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 443 : 80) : Number(port),
    };
  } catch {
    return null;
  }
}

function wayOf(element: string): Way {
  const [scheme = '', address = '', ...rest] = element.split(/\s+/);
  const name = scheme.toUpperCase();
  if (name === 'DIRECT' && address === '') return { kind: 'direct' };
  const isProxy = name === 'PROXY' || name === 'HTTP' || name === 'HTTPS';
  const proxy = isProxy && rest.length === 0 ? proxyAt(address, name === 'HTTPS') : null;
  return proxy ?? unsupported(scheme);
}

/**
 * Parses a proxy script's answer, such as `PROXY a:8080; DIRECT`, into routes in order. What is not understood stays
 * in its place, so that it is never taken for DIRECT. Empty where the system says nothing.
 */
export const waysOf = (answer: string): readonly Way[] =>
  answer
    .split(';')
    .map((element) => element.trim())
    .filter((element) => element !== '')
    .map(wayOf);

const addressOf = ({ host, port }: ProxyWay): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** For diagnostics. */
export function describeRoute(way: Way): string {
  if (way.kind === 'direct') return 'direct';
  if (way.kind === 'unsupported') return `${way.name} (not supported)`;
  return `${way.secure ? 'https' : 'http'} proxy ${addressOf(way)}`;
}

/** The first proxy; null for a direct connection. */
export function proxyOf(ways: readonly Way[]): string | null {
  const first = ways.find(({ kind }) => kind !== 'unsupported');
  return first?.kind === 'proxy' ? addressOf(first) : null;
}
