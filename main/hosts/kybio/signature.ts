import { hash } from 'node:crypto';

/**
 * KYBIO's Data-signature: upper-case hex of MD5 over UTF-8 `trim(appKey) + trim(body)`. It covers neither the
 * Time-stamp nor the address, so a body signed today can be sent tomorrow.
 */
export const signatureOf = (body: Buffer, appKey: string): string =>
  hash('md5', appKey.trim() + body.toString('utf8').trim(), 'hex').toUpperCase();

/** Identifies the signing key without revealing it: 16 hex digits. */
export const fingerprintOf = (appKey: string): string =>
  hash('sha256', `counterfoil key fingerprint 1\n${appKey.trim()}`, 'hex').slice(0, 16);
