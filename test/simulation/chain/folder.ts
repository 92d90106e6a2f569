import { rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownerKeyOf } from '../../../main/chain/owner-key.ts';
import type { Shop } from '../../../main/chain/shop.ts';
import { signShop } from '../../../main/chain/shop-file.ts';
import { amount } from '../../../preload/contract/index.ts';
import { bonusRule, pointsRule } from '../../kit/rules.ts';
import { shopOf } from '../../kit/shop.ts';
import type { ChainTime } from './chain-time.ts';
import type { Publishing, Spoil } from './plan.ts';
import type { Published } from './record.ts';

/** The owner's key, which the first till has. */
export const OWNER_SEED = Buffer.alloc(32, 3);

/** What each version gives for how much: this test's own table, by which the judge goes. */
export const bonusByVersion: Readonly<Record<number, readonly { from: number; gives: number }[]>> = {
  0: [],
  1: [{ from: 5_000, gives: 500 }],
  2: [
    { from: 5_000, gives: 500 },
    { from: 10_000, gives: 1_500 },
  ],
  3: [{ from: 2_000, gives: 250 }],
  4: [{ from: 2_000, gives: 250 }],
  5: [{ from: 8_000, gives: 800 }],
};

export const bonusOf = (version: number, cents: number): number =>
  (bonusByVersion[version] ?? []).findLast(({ from }) => cents >= from)?.gives ?? 0;

const sum = (cents: number) => amount(String(cents / 100));
const far = amount('10000000');

function configuration(
  { version, validFromMs }: Omit<Publishing, 'atMs'>,
  callsPerDay: number,
): Partial<Shop> {
  const tiers = (bonusByVersion[version] ?? []).map(({ from, gives }) => ({
    from: sum(from),
    gives: sum(gives),
  }));
  return {
    ...{ version, validFromMs },
    policy: {
      ...{ callsPerDay, repeatWithinMs: 0, memberWaitingCap: far, tillWaitingCap: far, floatCap: far },
      ...{ offlineWindowMs: 30 * 86_400_000, varianceLimit: amount(version < 4 ? '2' : '1') },
    },
    ways: version < 3 ? ['cash', 'card', 'qr'] : ['cash', 'card', 'qr', 'own:Voucher'],
    rules: {
      bonus: [bonusRule({ id: 'more', name: `Offer ${version}`, tiers })],
      points: [pointsRule({ id: 'points' })],
    },
    reasons: ['Birthday', ...(version < 2 ? [] : ['Anniversary'])],
    receipts: { footer: `Thank you ${version}` },
  };
}

/** The chain's folder as its owner, and whoever else can write there, leave it. */
export function createFolder(time: ChainTime, shared: string, callsPerDay: number, published: Published[]) {
  const file = join(shared, 'shop.json');
  let now: { readonly text: string; readonly version: number; readonly validFromMs: number } | null = null;
  let since: number | null = null;
  const previous: string[] = [];

  const ends = () => {
    if (now !== null && since !== null)
      published.push({
        ...{ version: now.version, validFromMs: now.validFromMs, fromMs: since, toMs: time.now() },
      });
    since = null;
  };
  const lay = (text: string) => {
    rmSync(file, { recursive: true, force: true });
    writeFileSync(file, text);
  };
  const sign = (change: Partial<Shop>, seed = OWNER_SEED) => signShop(shopOf(change), ownerKeyOf(seed));
  const textOf = (kind: Exclude<Spoil, 'link' | 'gone' | 'huge'>, whole: string): string => {
    switch (kind) {
      case 'altered':
        return whole.replace('Thank you', 'Thank  you');
      case 'older':
        return previous.at(-2) ?? sign({ version: 0 + 1, policy: { keypad: true } });
      case 'foreign':
        return sign({ ...configuration({ version: 90, validFromMs: 0 }, 300) }, Buffer.alloc(32, 4));
      case 'half':
        return whole.slice(0, Math.floor(whole.length / 2));
      case 'newer':
        return sign({ ...shopOf({ version: 80 }), colour: 'red' } as Partial<Shop>);
      case 'nonsense':
        return '\u0000[';
    }
  };
  return {
    publish: (one: Publishing) => {
      ends();
      const text = sign(configuration(one, callsPerDay));
      previous.push(text);
      now = { text, version: one.version, validFromMs: one.validFromMs };
      lay(text);
      since = time.now();
    },
    spoil: (kind: Spoil) => {
      ends();
      rmSync(file, { recursive: true, force: true });
      if (kind === 'link') symlinkSync(join(shared, '..', 'elsewhere.json'), file);
      else if (kind === 'huge') {
        writeFileSync(file, '{');
        truncateSync(file, 50_000_000);
      } else if (kind !== 'gone') writeFileSync(file, textOf(kind, now?.text ?? ''));
    },
    mend: () => {
      if (now === null || since !== null) return;
      lay(now.text);
      since = time.now();
    },
    end: ends,
  };
}
