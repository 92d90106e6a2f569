import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';

const longestHost = 300;

/** True for this machine alone: `localhost`, 127.0.0.0/8, ::1. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/**
 * Normalises an address that a person or provisioning file gives to a base URL with any prefix, without a trailing
 * slash. No scheme means https; anything from `/openapi/v1` on is cut off. Errors: `host-insecure` for http to
 * another machine (security check 37), `host-invalid` otherwise, including credentials, a query or a fragment.
 */
export function checkHost(text: string): Result<string, AppError> {
  const typed = text.trim();
  const invalid = err(appError('host-invalid'));
  if (typed === '' || typed.length > longestHost || /[\s\\]/.test(typed)) return invalid;
  let url: URL;
  try {
    url = new URL(typed.includes('://') ? typed : `https://${typed}`);
  } catch {
    return invalid;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return invalid;
  if (url.username !== '' || url.password !== '' || typed.includes('@')) return invalid;
  if (typed.includes('?') || typed.includes('#') || url.hostname === '') return invalid;
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return err(appError('host-insecure'));
  const [prefix = ''] = url.pathname.split(/\/openapi\/v1(?=\/|$)/i);
  let path = prefix;
  while (path.endsWith('/')) path = path.slice(0, -1);
  return ok(`${url.protocol}//${url.host}${path}`);
}

/**
 * Throws where the environment turns Node's certificate checks off (security check 36). Our connections verify
 * anyway, but a machine set up like that is not trusted.
 */
export function assertTlsIsVerified(env: {
  readonly NODE_TLS_REJECT_UNAUTHORIZED?: string | undefined;
}): void {
  const value = env.NODE_TLS_REJECT_UNAUTHORIZED;
  if (value !== undefined && value !== '' && value !== '1') {
    throw new Error('NODE_TLS_REJECT_UNAUTHORIZED is set: certificates would not be verified');
  }
}
