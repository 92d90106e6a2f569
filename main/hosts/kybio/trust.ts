import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Network } from '../../kernel/ports.ts';

const lettersOf = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, '');

function isReadable(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/**
 * The trusted authorities: the runtime's and the system's. An unreadable one is skipped, so that it does not disable
 * the others.
 */
export function trusted(system: readonly string[]): readonly string[] {
  const own = new Set(rootCertificates.map(lettersOf));
  return [...rootCertificates, ...system.filter((pem) => !own.has(lettersOf(pem)) && isReadable(pem))];
}

const contextOf = (ca: readonly string[] | string | undefined): SecureContext =>
  createSecureContext({
    // Explicit, so that no environment variable changes it (security check 36).
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
  });

const ofNetwork = new WeakMap<Network, SecureContext>();

/** Parsing hundreds of certificates takes a tenth of a second, so it is done once. */
export function secureContextFor(network: Network | undefined, instead: string | undefined): SecureContext {
  if (instead !== undefined || network === undefined) return contextOf(instead);
  const known = ofNetwork.get(network) ?? contextOf(trusted(network.authorities()));
  ofNetwork.set(network, known);
  return known;
}
