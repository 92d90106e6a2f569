import type { FaultList } from '../fault.ts';

/** Slips where the till speaks to KYBIO: security checks 36 to 40, and what a member is read as. */
export const wireFaults = {
  'any-certificate': {
    says: 'whoever answers is taken for the host, whatever its certificate',
    changes: [{ in: 'createConnector', find: 'rejectUnauthorized: true', put: 'rejectUnauthorized: false' }],
  },
  'verification-off-by-environment': {
    says: 'NODE_TLS_REJECT_UNAUTHORIZED is not looked at before a transport is made',
    changes: [
      { in: 'createTransport', find: 'assertTlsIsVerified(process.env)', put: 'void assertTlsIsVerified' },
    ],
  },
  'old-tls': {
    says: 'TLS 1.1 is spoken where the host asks for it',
    changes: [{ in: 'contextOf', find: "'TLSv1.2'", put: "'TLSv1.1'" }],
  },
  'plain-http': {
    says: 'http is spoken to other machines',
    changes: [
      {
        in: 'checkHost',
        find: "if (url.protocol === 'http:' && !isLoopback(url.hostname)) return err(appError('host-insecure'));",
        put: '',
      },
    ],
  },
  'loopback-by-its-beginning': {
    says: 'a name that begins as a loopback address does is this machine',
    changes: [
      {
        in: 'isLoopback',
        beside: 'checkHost',
        find: String.raw`/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/`,
        put: String.raw`/^127\./`,
      },
    ],
  },
  'redirects-followed': {
    says: 'a redirect takes the signed body along',
    changes: [
      {
        in: 'runAttempt',
        find: 'dispatcher, signal: stop.controller.signal',
        put: 'dispatcher: dispatcher.compose(undici.interceptors.redirect({ maxRedirections: 2 })), signal: stop.controller.signal',
      },
    ],
  },
  'replies-of-any-size': {
    says: 'a reply is kept, however large it is',
    changes: [{ in: 'readBytes', find: 'length > maxBodyBytes', put: 'length < 0' }],
  },
  'replies-that-grow': {
    says: 'a reply is unpacked, however large it becomes',
    changes: [
      { in: 'decodeOnce', find: 'gunzipBytes(bytes, { maxOutputLength })', put: 'gunzipBytes(bytes)' },
    ],
  },
  'no-deadline': {
    says: 'an exchange lasts as long as the server holds it open',
    changes: [{ in: 'runAttempt', find: "stop.now('timeout')", put: 'undefined' }],
  },
  'system-not-asked-for-ways': {
    says: 'the ways that the system names are not taken',
    changes: [
      {
        in: 'createTransport',
        find: 'network === undefined ? null : createRoute(network, clock)',
        put: 'null',
      },
    ],
  },
  'straight-where-no-way-is-left': {
    says: 'a proxy that does not answer is gone past',
    changes: [{ in: 'createConnector', find: 'throw failed;', put: 'void failed; return opened(to);' }],
  },
  'straight-where-the-kind-is-unknown': {
    says: 'a proxy of an unknown kind is gone past',
    changes: [
      {
        in: 'createConnector',
        find: "throw new ProxyFailure('UNSUPPORTED', way.name.toUpperCase());",
        put: 'return null;',
      },
    ],
  },
  'http-by-a-proxy': {
    says: 'http to this machine goes by a proxy, as https does',
    changes: [
      { in: 'createConnector', find: "route === null || to.protocol !== 'https:'", put: 'route === null' },
    ],
  },
  'system-authorities-left-out': {
    says: 'the authorities that the system trusts are not trusted',
    changes: [{ in: 'secureContextFor', find: 'network.authorities()', put: '[]' }],
  },
  'every-field-of-a-member': {
    says: 'all that KYBIO tells of a member is kept',
    changes: [{ in: 'parseMember.value', find: 'customerUid', put: '...data, customerUid' }],
  },
} as const satisfies FaultList;
