import { createPrivateKey, createPublicKey, type KeyObject, scrypt } from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../ports.ts';

/**
 * What anything may be sealed with, and only a passphrase opens: the public half of a key that is made of it. So the
 * till seals each hour and keeps nothing that could open what lies on a stick.
 */
export const lockSchema = z
  .object({
    /** Of scrypt, in base64. */
    salt: z.string().max(64),
    /** X25519, in base64. */
    publicKey: z.string().max(64),
  })
  .strict();
export type Lock = z.infer<typeof lockSchema>;

export const SALT_BYTES = 16;

/** As of a PIN: some tenths of a second and 128 MB a guess. A passphrase has more to guess than a PIN. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const SEED_BYTES = 32;

/** What PKCS #8 and SPKI put before the 32 bytes of an X25519 key. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');

export const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });

export const publicKeyOf = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' });

export const rawPublicOf = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length);

/** The same however it was typed: by another keyboard, with a space too many at an end. */
const plainPassphrase = (passphrase: string): string => passphrase.normalize('NFKC').trim();

const seedOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(plainPassphrase(passphrase), salt, SEED_BYTES, COST, (failure, seed) =>
      failure === null ? resolve(seed) : reject(failure),
    );
  });

const FEWEST_CHARACTERS = 12;

/** What lies on a stick can be guessed at for ever by whoever has it. */
export const isWeakPassphrase = (passphrase: string): boolean => {
  const characters = plainPassphrase(passphrase).split('');
  return characters.length < FEWEST_CHARACTERS || new Set(characters).size < 5;
};

export async function makeLock(passphrase: string, random: Pick<Random, 'bytes'>): Promise<Lock> {
  const salt = random.bytes(SALT_BYTES);
  const key = privateKeyOf(await seedOf(passphrase, salt));
  return { salt: salt.toString('base64'), publicKey: rawPublicOf(key).toString('base64') };
}

/** Null where it is another passphrase. */
export async function openLock({ salt, publicKey }: Lock, passphrase: string): Promise<KeyObject | null> {
  const key = privateKeyOf(await seedOf(passphrase, Buffer.from(salt, 'base64')));
  return rawPublicOf(key).toString('base64') === publicKey ? key : null;
}
