import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { trusted } from '../../../main/hosts/kybio/trust.ts';
import { readSystemAuthorities } from '../../../main/hosts/network/system-authorities.ts';
import { certificate } from '../kybio/support/raw-server.ts';

const shops = certificate('localhost', 'crt').trim();
const others = certificate('wronghost', 'crt').trim();

const of = (
  platform: NodeJS.Platform,
  files: Readonly<Record<string, string>>,
  change: Partial<Parameters<typeof readSystemAuthorities>[0]> = {},
) =>
  readSystemAuthorities({
    ...{ platform, release: true, env: {}, fromSystem: null },
    read: (file) => {
      const text = files[file];
      if (text === undefined) throw new Error('ENOENT');
      return text;
    },
    ...change,
  });

describe('the authorities of the system', () => {
  it.each([
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    '/etc/ssl/ca-bundle.pem',
  ])('are in %s on some Linux', (file) => {
    const found = of('linux', { [file]: `# Shop CA\n${shops}\n\n${others}\n` });
    expect(found).toEqual({ certificates: [shops, others], from: file });
  });

  it('come from the first bundle that has any', () => {
    const found = of('linux', { '/etc/ssl/certs/ca-certificates.crt': '', '/etc/ssl/cert.pem': shops });
    expect(found).toEqual({ certificates: [shops], from: '/etc/ssl/cert.pem' });
  });

  it.each(['win32', 'darwin'] as const)('are asked of the runtime on %s', (platform) => {
    expect(of(platform, {}, { fromSystem: () => [shops] })).toEqual({
      ...{ certificates: [shops], from: 'the system' },
    });
  });

  it('are none where nothing can be read, and that stops nobody', () => {
    const none = { certificates: [], from: null };
    expect(of('linux', {})).toEqual(none);
    expect(of('linux', {}, { fromSystem: () => [shops] })).toEqual(none);
    expect(of('win32', {})).toEqual(none);
    const broken = () => {
      throw new Error('no store');
    };
    expect(of('darwin', {}, { fromSystem: broken })).toEqual(none);
  });

  it('are those of this machine where nothing else is said', () => {
    const { certificates, from } = readSystemAuthorities({
      ...{ platform: process.platform, release: true, env: {} },
    });
    expect(from === null).toBe(certificates.length === 0);
  });

  it('are never named by a variable in a release', () => {
    const env = { COUNTERFOIL_CA_BUNDLE: '/tmp/mine', SSL_CERT_FILE: '/tmp/mine', SSL_CERT_DIR: '/tmp' };
    const files = { '/tmp/mine': shops };
    expect(of('linux', files, { env }).certificates).toEqual([]);
    expect(of('win32', files, { env }).certificates).toEqual([]);
    expect(of('linux', files, { env, release: false }).certificates).toEqual([shops]);
  });
});

describe('who is trusted', () => {
  it('is always who comes with the runtime, and beside them whom the system trusts', () => {
    expect(trusted([])).toEqual(rootCertificates);
    expect(trusted([shops])).toEqual([...rootCertificates, shops]);
  });

  it('is nobody twice, and nobody who cannot be read', () => {
    const [first = ''] = rootCertificates;
    const unreadable = '-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----';
    expect(trusted([first.replaceAll('\n', '\r\n'), unreadable, shops])).toEqual([
      ...rootCertificates,
      shops,
    ]);
  });
});
