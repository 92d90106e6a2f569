import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTillUse } from '../../../main/updates/till-use.ts';
import { createNetwork } from '../network.ts';
import type { Prng } from '../prng.ts';
import { quickFolder } from '../worker.ts';
import { createAccount, drawMembers } from './account.ts';
import { type ChainTill, type ChainWorld, vaultOf } from './chain-till.ts';
import { createChainTime } from './chain-time.ts';
import { OWNER_SEED } from './folder.ts';
import { MEMBERS_A_SHOP, type Plan, STARTS_MS } from './plan.ts';

// What stands before the month begins: the account and its members, the lines of the shops, and the PCs.

const CALLS_A_TILL = 40;
const BOUNDS = { refusesDuplicates: true, longestDelayMs: 140_000, beyondBounds: false };

export const quotaOf = ({ size }: Plan): number => size.shops * size.tills * CALLS_A_TILL;

export function newWorld(prng: Prng, { size, ...plan }: Plan): ChainWorld {
  const shared = join(quickFolder(), 'share');
  mkdirSync(shared);
  const time = createChainTime(STARTS_MS, prng.fork('timers'));
  const members = drawMembers(size.shops * MEMBERS_A_SHOP, prng.fork('members').below);
  const account = createAccount({ members, quota: quotaOf({ size, ...plan }), unixMs: time.trueUnixMs });
  return { time, account, shared, prng, problems: [], told: [] };
}

export function newTill(
  world: ChainWorld,
  plan: Plan,
  index: number,
  network: ChainTill['network'],
): ChainTill {
  const { size, twice } = plan;
  const shop = Math.floor(index / size.tills);
  const number = twice?.till === index ? twice.other + 1 : index + 1;
  return {
    ...{ index, key: index + 1, shop, number, count: size.shops * size.tills, network },
    name: `Shop ${shop + 1} Counter ${(index % size.tills) + 1}`,
    folder: join(world.shared, '..', `till-${index}`),
    isProven: shop % 2 === 0,
    calls: { underWay: 0, cutOff: 0, made: 0, reached: 0, days: new Map(), before: 0 },
    ...{ use: createTillUse(), offMs: 0, board: `PC ${index}`, cuts: 0 },
    ...{ session: null, clock: null, saved: new Map(), picks: [] },
    vault: vaultOf(index + 1, world.prng, index === 0 ? { ownerKey: OWNER_SEED.toString('base64') } : {}),
    busy: Promise.resolve(),
  };
}

/** A line for each shop, with replies that are lost now and then. */
export const linesOf = (world: ChainWorld, { size }: Plan, prng: Prng) =>
  Array.from({ length: size.shops }, (_, shop) =>
    createNetwork({
      ...{ time: world.time, prng: prng.fork('network', shop), bounds: BOUNDS, faultRate: 0.02 },
      ...{ readFaultRate: 0.01, proxy: null, withoutKinds: new Set<string>() },
    }),
  );
