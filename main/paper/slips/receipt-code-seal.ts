import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto';

/** The account of the entries in these codes. */
export interface ReceiptCodeAccount {
  readonly host: string;
  readonly appId: string;
}

/** The keys for an account's receipt codes under one App key. */
export interface ReceiptCodeKey {
  readonly seal: Buffer;
  readonly cipher: Buffer;
  /** Identifies the key in the code itself. */
  readonly tag: Buffer;
}

export const ACCOUNT_TAG_BYTES = 4;
export const KEY_TAG_BYTES = 3;
/** 128 bits. */
export const SEAL_BYTES = 16;

/** Anybody may hold a receipt and try keys: each try costs some ten milliseconds and 16 MiB. */
const COST = { N: 2 ** 14, r: 8, p: 1 } as const;

const hmac = (key: Buffer, label: string, ...parts: readonly Buffer[]): Buffer => {
  const mac = createHmac('sha256', key).update(`${label}\n`);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

/** Derived from the App key only, which a manager can type in again: a till with a dead disk has nothing else. */
export function deriveReceiptCodeKey(appKey: string, { host, appId }: ReceiptCodeAccount): ReceiptCodeKey {
  const salt = JSON.stringify(['counterfoil slip 1', host, appId]);
  const bytes = scryptSync(appKey.trim(), salt, 64, COST);
  const [seal, cipher] = [bytes.subarray(0, 32), bytes.subarray(32)];
  return { seal, cipher, tag: hmac(seal, 'key').subarray(0, KEY_TAG_BYTES) };
}

/** Identifies the account; anybody can compute it, and it proves nothing. */
export const accountTag = ({ host, appId }: ReceiptCodeAccount): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(['counterfoil slip account 1', host, appId]))
    .digest()
    .subarray(0, ACCOUNT_TAG_BYTES);

const sealOf = ({ seal }: ReceiptCodeKey, header: Buffer, facts: Buffer): Buffer =>
  hmac(seal, 'slip 1', header, facts).subarray(0, SEAL_BYTES);

/**
 * Authenticates header and facts, and encrypts the facts with the MAC as nonce (SIV): the same entry gives the same
 * code, and a finder reads nothing of the member.
 */
export function sealFacts(
  key: ReceiptCodeKey,
  header: Buffer,
  facts: Buffer,
): { seal: Buffer; hidden: Buffer } {
  const seal = sealOf(key, header, facts);
  const cipher = createCipheriv('aes-256-ctr', key.cipher, seal);
  return { seal, hidden: Buffer.concat([cipher.update(facts), cipher.final()]) };
}

/** Null where the MAC does not match. */
export function openFacts(key: ReceiptCodeKey, header: Buffer, seal: Buffer, hidden: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-ctr', key.cipher, seal);
  const facts = Buffer.concat([decipher.update(hidden), decipher.final()]);
  return timingSafeEqual(sealOf(key, header, facts), seal) ? facts : null;
}
