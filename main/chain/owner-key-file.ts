import { scrypt } from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../kernel/ports.ts';
import { frameAt, openUnder, sealUnder } from '../kernel/sealing/frames.ts';

// `owner-key.sealed` in the chain's folder: the owner's key under the code that was shown once. Anybody may have the folder,
// and 100 random bits are guessed by nobody.

export const OWNER_KEY_FILE = 'owner-key.sealed';
export const MOST_KEY_BYTES = 4_096;

const FORMAT = 'counterfoil owner key 1';
const SALT_BYTES = 16;
const SECRET_BYTES = 32;
export const SEED_BYTES = 32;

/** Like a PIN's. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

const headSchema = z.object({ format: z.literal(FORMAT), salt: z.string().max(64) }).strict();

const secretOf = (symbols: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(symbols, Buffer.from(salt, 'base64'), SECRET_BYTES, COST, (failure, secret) =>
      failure === null ? resolve(secret) : reject(failure),
    );
  });

/** `symbols`: the code's, without its hyphens. */
export async function sealOwnerKey(
  seed: Buffer,
  symbols: string,
  random: Pick<Random, 'bytes'>,
): Promise<Buffer> {
  const salt = random.bytes(SALT_BYTES).toString('base64');
  const { head, seal } = sealUnder(
    await secretOf(symbols, salt),
    Buffer.from(JSON.stringify({ format: FORMAT, salt })),
  );
  return Buffer.concat([head, seal(seed, 'last')]);
}

function saltOf(head: Buffer): string | null {
  try {
    return headSchema.parse(JSON.parse(head.toString('utf8'))).salt;
  } catch {
    return null;
  }
}

/** Null where the code is wrong, or this is no such file. */
export async function openOwnerKey(bytes: Buffer, symbols: string): Promise<Buffer | null> {
  const first = frameAt(bytes, 0);
  const second = first && frameAt(bytes, first.end);
  if (first?.frame.kind !== 'head' || second?.frame.kind !== 'last' || second.end !== bytes.length)
    return null;
  const salt = saltOf(first.frame.content);
  if (salt === null) return null;
  const seed = openUnder(await secretOf(symbols, salt), first.frame.content)(second.frame);
  return seed?.length === SEED_BYTES ? seed : null;
}
