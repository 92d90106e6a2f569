import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

// The owner's key: Ed25519. Its public half is 32 bytes, in base64 wherever it is written.

const RAW_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** What is signed says first what it is, so that no other text signed with the key can stand for it. */
const DOMAIN = Buffer.from('counterfoil shop 1\n', 'utf8');

const messageOf = (signed: string): Buffer => Buffer.concat([DOMAIN, Buffer.from(signed, 'utf8')]);

/** The bytes, where the text is exactly how they are written; null otherwise. */
function bytesOf(base64: string, length: number): Buffer | null {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === length && bytes.toString('base64') === base64 ? bytes : null;
}

export const isPublicKey = (base64: string): boolean => bytesOf(base64, RAW_BYTES) !== null;

/** The PKCS #8 prefix of a 32-byte Ed25519 key. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export const ownerKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });

export function publicHalf(key: KeyObject): string {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}

export const signText = (signed: string, key: KeyObject): string =>
  sign(null, messageOf(signed), key).toString('base64');

/** Whether the text was signed with the private half of this key. */
export function isSignedBy(publicKey: string, signed: string, signature: string): boolean {
  const raw = bytesOf(publicKey, RAW_BYTES);
  const bytes = bytesOf(signature, SIGNATURE_BYTES);
  if (raw === null || bytes === null) return false;
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
    return verify(null, messageOf(signed), createPublicKey({ key: jwk, format: 'jwk' }), bytes);
  } catch {
    // No point of the curve.
    return false;
  }
}

// Crockford's base 32, as recovery codes are written.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 5;
const GROUP_LENGTH = 5;

/** What two people compare: 125 bits of the key's hash, as five groups of five. */
export function fingerprintOf(publicKey: string): string {
  const hash = createHash('sha256').update(`counterfoil owner key\n${publicKey}`, 'utf8').digest();
  const symbols = [...hash.subarray(0, GROUPS * GROUP_LENGTH)].map((byte) => alphabet[byte & 31]);
  return Array.from({ length: GROUPS }, (_, group) =>
    symbols.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-');
}
