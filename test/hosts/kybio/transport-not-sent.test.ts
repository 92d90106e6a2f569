import tls from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import type { Exchange } from '../../../main/hosts/port/member-host.ts';
import { documentExpected, documentReply } from './support/increment.ts';
import { certificate, closedPort, httpReply } from './support/raw-server.ts';
import { openWire, wireOfEachTest } from './support/wire.ts';

const ok = httpReply(200, documentReply);
const outcomeOf = (exchange: Exchange) => classifyIncrement(exchange, documentExpected);

describe('an exchange that sent nothing', () => {
  const { wire, serve, reply } = wireOfEachTest();

  it('on a refused connection', async () => {
    const exchange = await wire.send(`http://127.0.0.1:${await closedPort()}`);
    expect(exchange).toMatchObject({
      phase: 'connecting',
      failure: { kind: 'connection-refused' },
      response: null,
    });
    expect(outcomeOf(exchange)).toMatchObject({
      kind: 'not-applied',
      sent: false,
      cause: 'connection-refused',
    });
  });

  it('on a name that does not exist', async () => {
    const exchange = await wire.send('http://counterfoil.invalid');
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'dns' } });
  });

  it('on TLS that is none', async () => {
    const server = await serve(() => undefined, {
      onConnection: (socket) => socket.end('HTTP/1.1 400 No\r\n\r\n'),
    });
    const exchange = await wire.send(server.baseUrl.replace('http:', 'https:'));
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'tls' } });
    expect(server.requests).toHaveLength(0);
  });

  it('on a connection that breaks in the TLS handshake, though it is called ECONNRESET', async () => {
    const server = await serve(() => undefined, { onConnection: (socket) => socket.resetAndDestroy() });
    const exchange = await wire.send(server.baseUrl.replace('http:', 'https:'));
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'reset', code: 'ECONNRESET' } });
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: false, cause: 'not-sent' });
  });

  it.each(['localhost', 'expired', 'wronghost'] as const)(
    'on a certificate that is not trusted: %s',
    async (tls) => {
      const server = await serve(({ socket }) => socket.write(ok), { tls });
      const exchange = await wire.send(server.baseUrl);
      expect(exchange).toMatchObject({
        phase: 'connecting',
        failure: { kind: 'certificate' },
        response: null,
      });
      expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: false, pause: 'certificate' });
      expect(server.requests).toHaveLength(0);
    },
  );

  it('on an untrusted certificate, whatever the environment says once we run', async () => {
    const server = await serve(({ socket }) => socket.write(ok), { tls: 'localhost' });
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const exchange = await wire.send(server.baseUrl);
    expect(() => openWire()).toThrow(/NODE_TLS_REJECT_UNAUTHORIZED/);
    vi.unstubAllEnvs();
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'certificate' } });
  });

  it('on a server that speaks nothing newer than TLS 1.1, even where OpenSSL would take it', async () => {
    const { DEFAULT_CIPHERS } = tls;
    onTestFinished(() => {
      tls.DEFAULT_CIPHERS = DEFAULT_CIPHERS;
    });
    tls.DEFAULT_CIPHERS = 'DEFAULT@SECLEVEL=0';
    const tlsOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    const server = await serve(({ socket }) => socket.write(ok), { tls: 'localhost', tlsOptions });
    const trusting = openWire({ trustedAuthorities: certificate('localhost', 'crt') });
    const exchange = await trusting.send(server.baseUrl);
    await trusting.transport.close();
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'tls' } });
  });

  it.each(['expired', 'wronghost'] as const)(
    'on a certificate of a trusted authority that is %s',
    async (tls) => {
      const trusting = openWire({ trustedAuthorities: certificate(tls, 'crt') });
      const server = await serve(({ socket }) => socket.write(ok), { tls });
      const exchange = await trusting.send(server.baseUrl);
      await trusting.transport.close();
      expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'certificate' } });
    },
  );

  it('when it was aborted before', async () => {
    const server = await reply(ok);
    const exchange = await wire.send(server.baseUrl, { signal: AbortSignal.abort() });
    expect(exchange).toMatchObject({ phase: 'connecting', failure: { kind: 'aborted' } });
    expect(outcomeOf(exchange)).toMatchObject({ cause: 'aborted-before-sending', sent: false });
    expect(server.requests).toHaveLength(0);
  });

  it('after close', async () => {
    const server = await reply(ok);
    await wire.transport.close();
    expect(await wire.send(server.baseUrl)).toMatchObject({
      phase: 'connecting',
      failure: { kind: 'aborted' },
    });
  });
});
