import { createHash } from 'node:crypto';

/**
 * KYBIO's Data-signature: upper-case hex of MD5 over UTF-8 `trim(appKey) + trim(body)`. It covers
 * neither the Time-stamp nor the address, so a body signed today may be sent tomorrow.
 */
export const signatureOf = (body: Buffer, appKey: string): string =>
  createHash('md5')
    .update(appKey.trim() + body.toString('utf8').trim(), 'utf8')
    .digest('hex')
    .toUpperCase();

/** Tells which key signed without telling the key: 16 hex digits. */
export const fingerprintOf = (appKey: string): string =>
  createHash('sha256')
    .update(`counterfoil key fingerprint 1\n${appKey.trim()}`, 'utf8')
    .digest('hex')
    .slice(0, 16);
