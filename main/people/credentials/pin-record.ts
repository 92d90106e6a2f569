import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';

/** N of scrypt; with r = 8 a hash takes 128 MiB and a good part of a second. */
export const SCRYPT_COST = 2 ** 17;
const BLOCK_SIZE = 8;
const HASH_BYTES = 32;
// scrypt needs a little more than 128 × r × N bytes; Node's default limit is far below.
const SPARE_BYTES = 2 ** 20;
export const SALT_BYTES = 16;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
export const secretHashSchema = z.object({
  salt: hex(SALT_BYTES),
  hash: hex(HASH_BYTES),
  cost: z
    .number()
    .int()
    .min(2)
    .max(2 ** 20),
});
export type SecretHash = z.infer<typeof secretHashSchema>;

/** The stored record of the manager's PIN; worthless without the pepper, plain JSON. */
export const pinRecordSchema = z.object({
  version: z.literal(1),
  pin: secretHashSchema,
  /** Identifies the pepper without revealing it. */
  pepperId: hex(4),
  recovery: secretHashSchema,
  lockout: z.object({
    failures: z.number().int().nonnegative(),
    remainingMs: z.number().int().nonnegative(),
    // Missing in older records.
    lately: z.number().nonnegative().default(0),
  }),
});
export type PinRecord = z.infer<typeof pinRecordSchema>;

/** Durable: `save` returns once it is on the disk, and throws otherwise. */
export interface PinStore {
  load(): PinRecord | null;
  /** Updates the lock of the same PIN. */
  save(record: PinRecord): void;
  /** A new PIN with a new recovery code. */
  make(record: PinRecord, who: Actor): void;
  /** True where a PIN was made but `load` finds none: it was removed. */
  isTakenOut(): boolean;
  /** The hash of the newest recovery code, even if the PIN was removed; null without one. */
  recovery(): SecretHash | null;
}

const hash = (secret: Buffer | string, salt: Buffer, cost: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: 128 * BLOCK_SIZE * cost + SPARE_BYTES };
    scrypt(secret, salt, HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

export async function hashSecret(secret: Buffer | string, salt: Buffer, cost: number): Promise<SecretHash> {
  return { salt: salt.toString('hex'), hash: (await hash(secret, salt, cost)).toString('hex'), cost };
}

export async function isSecretOf(kept: SecretHash, secret: Buffer | string): Promise<boolean> {
  const found = await hash(secret, Buffer.from(kept.salt, 'hex'), kept.cost);
  return timingSafeEqual(found, Buffer.from(kept.hash, 'hex'));
}

export const pepperPin = (pin: string, pepper: Buffer): Buffer =>
  createHmac('sha256', pepper).update(pin, 'utf8').digest();

export const pepperIdOf = (pepper: Buffer): string =>
  createHmac('sha256', pepper).update('counterfoil pepper id').digest('hex').slice(0, 8);
