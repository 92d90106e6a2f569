import { constants, gzipSync } from 'node:zlib';
import * as undici from 'undici';
import { vi } from 'vitest';
import { planted } from '../faults/faults.ts';
import { mayBeSentTwice, openSslTakesAll } from '../faults/lists/opened.ts';
import { certificate, httpReply, type Script } from '../hosts/kybio/support/raw-server.ts';
import { createTestClock } from '../kit/clock.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';
import { answer, send, serve, sound, type Wire } from './support/wire.ts';

const certificates: ModuleCheck<Wire> = {
  number: '36',
  title: 'no body goes to a server whose certificate does not hold',
  breaches: async (wire) => {
    const heard: Record<string, boolean> = {};
    const cases = [
      ['of no authority', 'localhost', undefined],
      ['expired', 'expired', 'expired'],
      ["another host's", 'wronghost', 'wronghost'],
    ] as const;
    for (const [name, tls, trusted] of cases) {
      const server = await serve(answer, { tls });
      const authority = trusted === undefined ? undefined : certificate(trusted, 'crt');
      await send(wire, server.baseUrl, authority).exchange;
      heard[name] = server.requests.length > 0;
    }
    const good = await serve(answer, { tls: 'localhost' });
    await send(wire, good.baseUrl, certificate('localhost', 'crt')).exchange;
    return through({ ...heard, 'not even to a good one': good.requests.length === 0 });
  },
  controls: ['of no authority', 'expired', "another host's"].map((finds) => ({
    ...planted('any-certificate'),
    finds,
  })),
};

const environment: ModuleCheck<Wire> = {
  number: '36',
  title: 'where the environment switches verification off, nothing is opened',
  breaches: async (wire) => {
    const clock = createTestClock();
    const opens = (value: string) => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', value);
      try {
        void wire.transport.createTransport({ clock, undici }).close();
        return true;
      } catch {
        return false;
      } finally {
        vi.unstubAllEnvs();
      }
    };
    return through({ 'opened with 0': opens('0'), 'not even with 1': !opens('1') });
  },
  controls: [
    {
      ...planted('verification-off-by-environment'),
      finds: 'opened with 0',
    },
  ],
};

const oldTls: ModuleCheck<Wire> = {
  number: '36',
  title: 'nothing older than TLS 1.2, even where OpenSSL would take it',
  given: [openSslTakesAll],
  breaches: async (wire) => {
    const tlsOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const server = await serve(answer, { tls: 'localhost', tlsOptions });
    await send(wire, server.baseUrl, certificate('localhost', 'crt')).exchange;
    return through({ 'TLS 1.1': server.requests.length > 0 });
  },
  controls: [
    {
      ...planted('old-tls'),
      finds: 'TLS 1.1',
    },
  ],
};

const plainHttp: ModuleCheck<Wire> = {
  number: '37',
  title: 'http leads to this machine only',
  breaches: async ({ host: { checkHost } }) => {
    const others = [
      'http://kybio.example',
      'http://192.168.1.5',
      'http://0.0.0.0',
      'http://127.0.0.1.evil.example',
    ];
    const ours = ['http://127.0.0.1:8123', 'http://localhost', 'http://[::1]:9000', 'https://kybio.example'];
    return [
      ...others.filter((text) => checkHost(text).ok),
      ...ours.filter((text) => !checkHost(text).ok).map((text) => `not even ${text}`),
    ];
  },
  controls: [
    {
      ...planted('plain-http'),
      finds: 'http://192.168.1.5',
    },
    {
      ...planted('loopback-by-its-beginning'),
      finds: 'http://127.0.0.1.evil.example',
    },
  ],
};

const redirects: ModuleCheck<Wire> = {
  number: '38',
  title: 'a redirect is the end: the signed body goes nowhere else',
  given: [mayBeSentTwice],
  breaches: async (wire) => {
    const found: Record<string, boolean> = {};
    for (const status of [301, 302, 307, 308]) {
      const other = await serve(answer);
      const location = { Location: `${other.baseUrl}/openapi/v1/elsewhere` };
      const first = await serve(({ socket }) => socket.write(httpReply(status, '', location)));
      const exchange = await send(wire, first.baseUrl).exchange;
      found[`followed ${status}`] = other.requests.length > 0;
      found[`not told of ${status}`] = exchange.response?.status !== status && other.requests.length === 0;
    }
    return through(found);
  },
  controls: [
    {
      ...planted('redirects-followed'),
      finds: 'followed 307',
    },
  ],
};

const megabyte = 1024 * 1024;
const head = (headers: string) => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${headers}\r\n`;

const size: ModuleCheck<Wire> = {
  number: '39',
  title: 'replies that are too large, or become so, are not kept',
  breaches: async (wire) => {
    const isKept = async (script: Script) => {
      const server = await serve(script);
      const { response } = await send(wire, server.baseUrl).exchange;
      return (response?.body?.length ?? 0) > 8 * megabyte;
    };
    const large = await isKept(({ socket }) => {
      socket.end(
        Buffer.concat([Buffer.from(head('Connection: close\r\n')), Buffer.alloc(9 * megabyte, ' ')]),
      );
    });
    const bomb = gzipSync(Buffer.alloc(64 * megabyte, ' '), { level: constants.Z_BEST_SPEED });
    const grown = await isKept(({ socket }) => {
      socket.write(httpReply(200, bomb, { 'Content-Encoding': 'gzip' }));
    });
    return through({ 'a large reply': large, 'a small one that grows': grown });
  },
  controls: [
    {
      ...planted('replies-of-any-size'),
      finds: 'a large reply',
    },
    {
      ...planted('replies-that-grow'),
      finds: 'a small one that grows',
    },
  ],
};

const time: ModuleCheck<Wire> = {
  number: '39',
  title: 'an exchange ends after a minute, however the server holds it open',
  breaches: async (wire) => {
    const hangs = async (script: Script) => {
      const server = await serve(script);
      const { exchange, clock } = send(wire, server.baseUrl);
      await server.arrived(1);
      clock.advance(60_000);
      // What is stopped ends in a few turns; what is not, never.
      const late = new Promise<'late'>((resolve) => setTimeout(resolve, 3_000, 'late'));
      return (await Promise.race([exchange, late])) === 'late';
    };
    return through({
      silence: await hangs(() => undefined),
      'a reply that never ends': await hangs(({ socket }) => {
        socket.write(head('Content-Length: 100\r\n'));
        const drip = setInterval(() => socket.write(' '), 50);
        socket.on('close', () => clearInterval(drip));
      }),
    });
  },
  controls: ['silence', 'a reply that never ends'].map((finds) => ({
    ...planted('no-deadline'),
    finds,
  })),
};

checkModules(sound, [certificates, environment, oldTls, plainHttp, redirects, size, time]);
