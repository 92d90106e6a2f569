import { describe, expect, it } from 'vitest';
import { assertTlsIsVerified, checkHost } from '../../../main/hosts/kybio/host.ts';

describe('the KYBIO address', () => {
  it.each([
    ['area20-win.pospal.cn/pospal-api2', 'https://area20-win.pospal.cn/pospal-api2'],
    ['https://kybio.example', 'https://kybio.example'],
    [' https://KYBIO.example/prefix// ', 'https://kybio.example/prefix'],
    ['https://kybio.example:8443/', 'https://kybio.example:8443'],
    ['kybio.example:8443', 'https://kybio.example:8443'],
    ['https://area20-win.pospal.cn:443/pospal-api2/openapi/v1/', 'https://area20-win.pospal.cn/pospal-api2'],
    ['https://kybio.example/openapi/v1/customerOpenApi/queryByNumber', 'https://kybio.example'],
    ['http://127.0.0.1:8123/kybio', 'http://127.0.0.1:8123/kybio'],
    ['http://localhost:80', 'http://localhost'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
  ])('%j is %j', (text, expected) => {
    expect(checkHost(text)).toEqual({ ok: true, value: expected });
  });

  it.each([
    'http://kybio.example',
    'HTTP://kybio.example',
    'http://192.168.1.5:8080',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'http://0.0.0.0',
    'http://[::2]',
  ])('%j is insecure', (text) => {
    expect(checkHost(text)).toEqual({ ok: false, error: { code: 'host-insecure' } });
  });

  it.each([
    '',
    '   ',
    'https://',
    'ftp://kybio.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:pass@kybio.example',
    'user@kybio.example',
    'http://localhost@kybio.example',
    'https://kybio.example?x=1',
    'https://kybio.example/#a',
    'https://kybio .example',
    'https:\\\\kybio.example',
    `https://${'a'.repeat(400)}`,
  ])('%j is invalid', (text) => {
    expect(checkHost(text)).toEqual({ ok: false, error: { code: 'host-invalid' } });
  });
});

describe('certificate checks', () => {
  it('cannot be turned off by the environment', () => {
    expect(() => assertTlsIsVerified({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toThrow(/NODE_TLS/);
    expect(() => assertTlsIsVerified({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).not.toThrow();
    expect(() => assertTlsIsVerified({})).not.toThrow();
  });
});
