import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRoute, proxyOf, type Way, waysOf } from '../../../main/hosts/network/ways.ts';

const proxy = (host: string, port: number, secure = false): Way => ({ kind: 'proxy', secure, host, port });
const unsupported = (name: string): Way => ({ kind: 'unsupported', name });
const direct: Way = { kind: 'direct' };

describe('what a proxy script answers', () => {
  it.each([
    ['DIRECT', [direct]],
    [' direct ;', [direct]],
    ['PROXY proxy.example:8080', [proxy('proxy.example', 8080)]],
    ['PROXY a:8080;PROXY b:3128; DIRECT', [proxy('a', 8080), proxy('b', 3128), direct]],
    ['HTTPS a:8443', [proxy('a', 8443, true)]],
    ['PROXY a', [proxy('a', 80)]],
    ['PROXY a:80', [proxy('a', 80)]],
    ['HTTPS a', [proxy('a', 443, true)]],
    ['PROXY [2001:db8::1]:8080', [proxy('2001:db8::1', 8080)]],
    ['SOCKS5 a:1080; PROXY b:80', [unsupported('socks5'), proxy('b', 80)]],
    ['SOCKS a:1080', [unsupported('socks')]],
    ['QUIC a:443', [unsupported('quic')]],
    ['[PROXY a:80, PROXY b:80]', [unsupported('proxy')]],
    ['PROXY', [unsupported('proxy')]],
    ['PROXY a:99999', [unsupported('proxy')]],
    ['PROXY user:secret@a:8080', [unsupported('proxy')]],
    ['PROXY a:8080/path', [unsupported('proxy')]],
    ['PROXY a:8080 b:8080', [unsupported('proxy')]],
    ['DIRECT a', [unsupported('direct')]],
    ['', []],
    [' ; ', []],
  ] as const)('%j', (answer, ways) => {
    expect(waysOf(answer)).toEqual(ways);
  });

  it('is never taken for DIRECT where it does not say so', () => {
    const element = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('DIRECT', 'PROXY a:1', 'DIRECTLY', 'DIRECT DIRECT', 'SOCKS5 a:1', 'PROXY DIRECT'),
    );
    fc.assert(
      fc.property(fc.array(element, { maxLength: 4 }), (elements) => {
        const parts = elements.join(';').split(';');
        const said = parts.filter((part) => part.trim().toUpperCase() === 'DIRECT').length;
        const ways = waysOf(elements.join(';'));
        expect(ways.filter(({ kind }) => kind === 'direct')).toHaveLength(said);
        expect(ways).toHaveLength(parts.filter((part) => part.trim() !== '').length);
      }),
    );
  });

  it.each([
    ['PROXY a:8080; DIRECT', 'a:8080'],
    ['SOCKS5 a:1; HTTPS [::1]:443', '[::1]:443'],
    ['DIRECT; PROXY a:1', null],
    ['SOCKS5 a:1', null],
    ['', null],
  ])('names the proxy that is gone by: %j', (answer, proxy) => {
    expect(proxyOf(waysOf(answer))).toBe(proxy);
  });

  it('is told to a person without what may be secret in it', () => {
    const said = waysOf('PROXY a:8080; HTTPS [2001:db8::1]:443; SOCKS5 u:secret@b:1; DIRECT').map(
      describeRoute,
    );
    expect(said).toEqual([
      'http proxy a:8080',
      'https proxy [2001:db8::1]:443',
      'socks5 (not supported)',
      'direct',
    ]);
  });
});
