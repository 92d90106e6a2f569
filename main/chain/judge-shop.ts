import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../preload/contract/index.ts';
import type { Shop } from './shop.ts';
import { type ReadShop, readShopFile, type ShopProblem } from './shop-file.ts';

/** Whom a till takes a configuration from, since a manager compared the key. */
export interface Trust {
  readonly chain: string;
  readonly key: string;
  readonly currency: string;
}

/** The configuration by which a till goes. */
export interface Applied {
  readonly version: number;
  /** SHA-256 over what was signed. */
  readonly digest: string;
}

export interface JudgedShop extends Applied {
  readonly shop: Shop;
  /** False for the one by which the till goes already. */
  readonly isNew: boolean;
}

export const digestOf = (signed: string): string => createHash('sha256').update(signed, 'utf8').digest('hex');

/** What a file in the folder is to this till: only a newer one of its own chain is taken. Pure. */
export function judgeShop(
  bytes: Uint8Array,
  trust: Trust,
  applied: Applied | null,
): Result<JudgedShop, ShopProblem> {
  const read = readShopFile(bytes, trust.key);
  return read.ok ? heldAgainst(read.value, trust, applied) : read;
}

function heldAgainst(
  { shop, signed }: ReadShop,
  { chain, currency }: Trust,
  applied: Applied | null,
): Result<JudgedShop, ShopProblem> {
  if (shop.chain !== chain) return err('other-chain');
  if (shop.currency !== currency) return err('other-currency');
  const { version } = shop;
  const digest = digestOf(signed);
  if (applied !== null && version < applied.version) return err('older');
  if (applied?.version !== version) return ok({ shop, version, digest, isNew: true });
  // The owner's key is used in two places.
  if (applied.digest !== digest) return err('twice');
  return ok({ shop, version, digest, isNew: false });
}
