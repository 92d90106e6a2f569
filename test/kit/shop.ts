import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { publicHalf } from '../../main/chain/owner-key.ts';
import type { Shop } from '../../main/chain/shop.ts';
import { signShop } from '../../main/chain/shop-file.ts';

export const CHAIN = '6a1f0f6e-2c53-4a3c-9a55-0f2a8f1b7c11';

export interface TestOwner {
  readonly key: KeyObject;
  readonly publicKey: string;
  /** `shop.json` as this owner signs it. */
  readonly sign: (change?: Partial<Shop>) => string;
}

export const shopOf = (change: Partial<Shop> = {}): Shop => ({
  version: 1,
  validFromMs: 0,
  chain: CHAIN,
  name: 'Kopi Corner',
  currency: 'SGD',
  ...change,
});

export function testOwner(): TestOwner {
  const { privateKey: key } = generateKeyPairSync('ed25519');
  return { key, publicKey: publicHalf(key), sign: (change) => signShop(shopOf(change), key) };
}
