import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import type { Exchange } from '../../../main/hosts/port/member-host.ts';
import { documentExpected, documentReply, errorReply } from './support/increment.ts';
import { certificate, httpReply } from './support/raw-server.ts';
import { openWire, wireOfEachTest } from './support/wire.ts';

const ok = httpReply(200, documentReply);
const outcomeOf = (exchange: Exchange) => classifyIncrement(exchange, documentExpected);

describe('an exchange that was answered by somebody', () => {
  const { wire, serve, reply } = wireOfEachTest();

  it.each([301, 302, 307, 308])('with redirect %i, which is not followed', async (status) => {
    const target = await reply(ok);
    const server = await reply(httpReply(status, '', { Location: `${target.baseUrl}/elsewhere` }));
    const exchange = await wire.send(server.baseUrl);
    expect(outcomeOf(exchange)).toMatchObject({ kind: 'not-applied', sent: true, pause: 'portal' });
    expect(target.connections()).toBe(0);
  });

  it.each([
    [303, '', 'unknown', 'other-status'],
    [401, 'no', 'not-applied', 'refused-status'],
    [404, '<html>', 'not-applied', 'refused-status'],
    [511, '<html>login</html>', 'not-applied', 'refused-status'],
    [403, '', 'unknown', 'other-status'],
    [429, '', 'unknown', 'other-status'],
    [429, 'slow down', 'unknown', 'other-status'],
    [502, '<html>Bad Gateway</html>', 'unknown', 'server-error'],
    [504, '', 'unknown', 'server-error'],
    [200, '<html>Free WiFi</html>', 'unknown', 'portal-page'],
    [200, '', 'unknown', 'unreadable'],
    [200, '{"a":1}', 'unknown', 'not-kybio'],
    [500, documentReply, 'unknown', 'other-status'],
    [200, errorReply('会员不存在'), 'unknown', 'unknown-words'],
    [200, errorReply('重复提交修改'), 'unknown', 'duplicate'],
    [200, errorReply('签名错误'), 'unknown', 'unknown-words'],
    [200, documentReply.replace('500', '501'), 'unknown', 'other-amounts'],
    [200, documentReply.replace('…460', ''), 'applied', undefined],
  ])('with HTTP %i %j: %s, %s', async (status, body, kind, cause) => {
    const server = await reply(httpReply(status, body));
    const exchange = await wire.send(server.baseUrl);
    expect(exchange.phase).toBe('answered');
    const outcome = outcomeOf(exchange);
    expect(outcome.kind).toBe(kind);
    expect('cause' in outcome ? outcome.cause : undefined).toBe(cause);
  });

  it('over TLS that is verified', async () => {
    const trusting = openWire({ trustedAuthorities: certificate('localhost', 'crt') });
    const server = await serve(({ socket }) => socket.write(ok), { tls: 'localhost' });
    expect(await trusting.send(server.baseUrl)).toMatchObject({ phase: 'answered', failure: null });
    await trusting.transport.close();
  });
});
