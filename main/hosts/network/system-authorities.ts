import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Whose signatures the system trusts, and where that was read; for a person who helps. */
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
  /** What the runtime knows of the system's store; null where it cannot look there (before Node 22.15). */
  readonly fromSystem?: (() => readonly string[]) | null;
}

/** Where the distributions of Linux put all that is trusted, what was added by the machine's owner included. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Only a test build looks at it: whom a release trusts is up to who administers the machine. */
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
 * Reads which authorities the system trusts. On Linux always from its bundle: there the runtime would go by variables of
 * the environment. Windows and macOS need a runtime that looks into their stores.
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
