import type { FailureKind } from '../port/member-host.ts';

const kinds: Readonly<Record<string, FailureKind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ENODATA: 'dns',
  ECONNREFUSED: 'connection-refused',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
  ERR_BUFFER_TOO_LARGE: 'too-large',
  // Closed by ourselves.
  UND_ERR_DESTROYED: 'aborted',
  UND_ERR_CLOSED: 'aborted',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_GET_CRL: 'certificate',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'certificate',
  INVALID_CA: 'certificate',
  INVALID_PURPOSE: 'certificate',
  HOSTNAME_MISMATCH: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  PATH_LENGTH_EXCEEDED: 'certificate',
};

const prefixes: readonly (readonly [string, FailureKind])[] = [
  ['ERR_PROXY_PASSWORD', 'proxy-password'],
  ['ERR_PROXY_REFUSED', 'proxy-refused'],
  ['ERR_PROXY_UNKNOWN', 'proxy-unknown'],
  ['ERR_PROXY_UNREACHABLE', 'proxy-unreachable'],
  ['ERR_PROXY_UNSUPPORTED', 'proxy-unsupported'],
  ['CERT_', 'certificate'],
  ['CRL_', 'certificate'],
  ['ERROR_IN_CERT_', 'certificate'],
  ['ERR_SSL_', 'tls'],
  ['ERR_TLS_', 'tls'],
  ['HPE_', 'undecodable'],
  ['Z_', 'undecodable'],
  ['ERR_UNKNOWN_CONTENT_CODING', 'undecodable'],
];

interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

const isErrorLike = (value: unknown): value is ErrorLike => typeof value === 'object' && value !== null;

const kindOfCode = (code: string): FailureKind | null =>
  (Object.hasOwn(kinds, code) ? kinds[code] : undefined) ??
  prefixes.find(([prefix]) => code.startsWith(prefix))?.[1] ??
  null;

/** The error and those it wraps: `cause`, and an AggregateError's members (two addresses tried). */
function chainOf(error: unknown): readonly ErrorLike[] {
  const chain: ErrorLike[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && chain.length < 10) {
    const next = waiting.shift();
    if (!isErrorLike(next)) continue;
    chain.push(next);
    waiting.push(next.cause);
    if (Array.isArray(next.errors)) waiting.push(...(next.errors as readonly unknown[]).slice(0, 5));
  }
  return chain;
}

/** An error's kind, from a closed list, and its own name for the log. */
export function failureOf(error: unknown): { readonly kind: FailureKind; readonly code: string } {
  const chain = chainOf(error);
  for (const { code } of chain) {
    const kind = typeof code === 'string' ? kindOfCode(code) : null;
    if (kind !== null) return { kind, code: code as string };
  }
  // undici 8 omits the code of some of these.
  if (chain.some(({ name }) => name === 'HTTPParserError')) {
    return { kind: 'undecodable', code: 'HTTPParserError' };
  }
  const first = chain[0];
  const named = [first?.code, first?.name].find((name) => typeof name === 'string' && name !== '');
  return { kind: 'other', code: typeof named === 'string' ? named.slice(0, 60) : 'unknown' };
}
