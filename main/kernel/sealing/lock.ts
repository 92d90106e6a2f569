import { createPrivateKey, createPublicKey, type KeyObject, scrypt } from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../ports.ts';

/**
 * The public half of a key derived from a passphrase: the till can encrypt with it each hour, and stores nothing that
 * could decrypt.
 */
export const lockSchema = z
  .object({
    /** The scrypt salt, in base64. */
    salt: z.string().max(64),
    /** X25519, in base64. */
    publicKey: z.string().max(64),
  })
  .strict();
export type Lock = z.infer<typeof lockSchema>;

export const SALT_BYTES = 16;

/** Like a PIN's: some tenths of a second and 128 MB a guess. A passphrase is harder to guess than a PIN. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const SEED_BYTES = 32;

/** The PKCS #8 and SPKI prefixes of a 32-byte X25519 key. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');

export const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });

export const publicKeyOf = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' });

export const rawPublicOf = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length);

/** Normalised: the same from any keyboard, and without spaces at the ends. */
const plainPassphrase = (passphrase: string): string => passphrase.normalize('NFKC').trim();

const seedOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(plainPassphrase(passphrase), salt, SEED_BYTES, COST, (failure, seed) =>
      failure === null ? resolve(seed) : reject(failure),
    );
  });

const FEWEST_CHARACTERS = 12;

/** Whether a passphrase is too weak for a stick, which can be attacked offline for ever. */
export const isWeakPassphrase = (passphrase: string): boolean => {
  const characters = plainPassphrase(passphrase).split('');
  return characters.length < FEWEST_CHARACTERS || new Set(characters).size < 5;
};

export async function makeLock(passphrase: string, random: Pick<Random, 'bytes'>): Promise<Lock> {
  const salt = random.bytes(SALT_BYTES);
  const key = privateKeyOf(await seedOf(passphrase, salt));
  return { salt: salt.toString('base64'), publicKey: rawPublicOf(key).toString('base64') };
}

/** Null where it is the wrong passphrase. */
export async function openLock({ salt, publicKey }: Lock, passphrase: string): Promise<KeyObject | null> {
  const key = privateKeyOf(await seedOf(passphrase, Buffer.from(salt, 'base64')));
  return rawPublicOf(key).toString('base64') === publicKey ? key : null;
}
