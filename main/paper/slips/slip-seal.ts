import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto';

/** Whose slips these are: the account that their entries were made for. */
export interface SlipAccount {
  readonly host: string;
  readonly appId: string;
}

/** What seals and opens the slips of one account under one of its keys. */
export interface SlipKey {
  readonly seal: Buffer;
  readonly cipher: Buffer;
  /** Tells one key of the account from another, on the slip itself. */
  readonly tag: Buffer;
}

export const ACCOUNT_TAG_BYTES = 4;
export const KEY_TAG_BYTES = 3;
/** 128 bits. */
export const SEAL_BYTES = 16;

/**
 * A slip is in anybody's hands, and whoever holds one can try keys on it: each trial is made to take some ten
 * milliseconds and 16 MiB.
 */
const COST = { N: 2 ** 14, r: 8, p: 1 } as const;

const hmac = (key: Buffer, label: string, ...parts: readonly Buffer[]): Buffer => {
  const mac = createHmac('sha256', key).update(`${label}\n`);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

/** Of the key of the account alone, which a manager types in again: a till whose disk is dead has nothing else. */
export function deriveSlipKey(appKey: string, { host, appId }: SlipAccount): SlipKey {
  const salt = JSON.stringify(['counterfoil slip 1', host, appId]);
  const bytes = scryptSync(appKey.trim(), salt, 64, COST);
  const [seal, cipher] = [bytes.subarray(0, 32), bytes.subarray(32)];
  return { seal, cipher, tag: hmac(seal, 'key').subarray(0, KEY_TAG_BYTES) };
}

/** Tells one shop's slips from another's; anybody can reckon it, and it proves nothing. */
export const accountTag = ({ host, appId }: SlipAccount): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(['counterfoil slip account 1', host, appId]))
    .digest()
    .subarray(0, ACCOUNT_TAG_BYTES);

/** Version 1 has a label without a number; another version's seal never fits. */
const sealOf = ({ seal }: SlipKey, version: number, header: Buffer, facts: Buffer): Buffer =>
  hmac(seal, version === 1 ? 'slip' : `slip ${version}`, header, facts).subarray(0, SEAL_BYTES);

/**
 * The seal covers header and facts, and the facts are enciphered with the seal as what sets each slip apart (SIV): the
 * same entry gives the same slip, and who finds one reads nothing of the member.
 */
export function sealFacts(
  key: SlipKey,
  version: number,
  header: Buffer,
  facts: Buffer,
): { seal: Buffer; hidden: Buffer } {
  const seal = sealOf(key, version, header, facts);
  const cipher = createCipheriv('aes-256-ctr', key.cipher, seal);
  return { seal, hidden: Buffer.concat([cipher.update(facts), cipher.final()]) };
}

/** Null where the seal does not fit. */
export function openFacts(
  key: SlipKey,
  version: number,
  header: Buffer,
  seal: Buffer,
  hidden: Buffer,
): Buffer | null {
  const decipher = createDecipheriv('aes-256-ctr', key.cipher, seal);
  const facts = Buffer.concat([decipher.update(hidden), decipher.final()]);
  return timingSafeEqual(sealOf(key, version, header, facts), seal) ? facts : null;
}
