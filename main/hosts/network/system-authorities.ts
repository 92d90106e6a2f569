import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** The authorities the system trusts, and where they were read; for diagnostics. */
export interface SystemAuthorities {
  readonly certificates: readonly string[];
  /** A file, `the system`, or null where nothing could be read. */
  readonly from: string | null;
}

export interface AuthoritiesParts {
  readonly platform: NodeJS.Platform;
  readonly release: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Throws where there is no such file. */
  readonly read?: (file: string) => string;
  /** The runtime's reader of the system store; null where it has none (before Node 22.15). */
  readonly fromSystem?: (() => readonly string[]) | null;
}

/** Where Linux distributions keep trusted authorities, including those the owner added. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Read by test builds only: in a release only the machine's administrator decides. */
const TEST_BUNDLE = 'COUNTERFOIL_CA_BUNDLE';

const certificatesIn = (text: string): readonly string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

const ofRuntime = (): (() => readonly string[]) | null =>
  'getCACertificates' in tls ? () => tls.getCACertificates('system') : null;

const orNone = (read: () => readonly string[]): readonly string[] => {
  try {
    return read();
  } catch {
    return [];
  }
};

/**
 * Reads the authorities the system trusts. On Linux always from its bundle, since the runtime would follow
 * environment variables. Windows and macOS need a runtime that reads their stores.
 */
export function readSystemAuthorities({
  platform,
  release,
  env,
  read = (file) => readFileSync(file, 'utf8'),
  fromSystem = ofRuntime(),
}: AuthoritiesParts): SystemAuthorities {
  const ofTest = release ? undefined : env[TEST_BUNDLE];
  if (ofTest === undefined && platform !== 'linux') {
    const certificates = fromSystem === null ? [] : orNone(fromSystem);
    return { certificates, from: certificates.length === 0 ? null : 'the system' };
  }
  for (const file of ofTest === undefined ? BUNDLES : [ofTest]) {
    const certificates = orNone(() => certificatesIn(read(file)));
    if (certificates.length > 0) return { certificates, from: file };
  }
  return { certificates: [], from: null };
}
