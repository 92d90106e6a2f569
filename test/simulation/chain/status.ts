import { statusCommand } from '../../../main/app/status/status-command.ts';
import { noItPolicy } from '../../../main/counter/it-policy.ts';
import { storeDay } from '../../../main/kernel/store-time.ts';
import { hundredths } from '../decimals.ts';
import { STORE_ZONE } from './account.ts';
import type { ChainTill } from './chain-till.ts';
import { boss, type Chain, must } from './counter.ts';
import { STARTS_MS } from './plan.ts';
import type { Sample } from './record.ts';

/** Between what a till reads and when it has written it. */
const FUZZY_MS = 5_000;

/** What `--status` and the chain's own topic say of a till that is on. */
export async function ownIdOf({ time }: Chain, { folder, clock }: ChainTill): Promise<string | null> {
  if (clock === null) return null;
  const told = await time.hold(() =>
    statusCommand({ folder, clock, version: '0', itPolicy: async () => noItPolicy, problem: null }),
  );
  return told.result === 'unreadable' ? null : (told.till?.tillId ?? null);
}

/** What the owner's till says of all others, as it has read them out of the folder; `ids`: by a till's own. */
export async function samplesFromAfar(
  { record }: Chain,
  owner: ChainTill,
  ids: ReadonlyMap<string, ChainTill>,
): Promise<readonly Sample[]> {
  const { tills } = await must(owner, 'chain:tills', {}, boss);
  return tills.flatMap((row) => {
    const till = ids.get(row.tillId);
    if (till === undefined) return [];
    if (row.reasons.includes('number-twice')) record.toldTwice.add(till.index);
    const { waiting, checking, needsReview } = row.entries;
    return {
      ...{ till: till.index, waiting, checking, needsReview, calls: null, version: row.shopVersion },
      ...{ atMs: row.seenAtMs - STARTS_MS + FUZZY_MS, sinceMs: row.seenAtMs - STARTS_MS - FUZZY_MS },
      lastZ: row.lastZ && { number: row.lastZ.number, hasVariance: row.lastZ.hasVariance },
      variance: row.variance === null ? null : hundredths(row.variance),
    };
  });
}

export async function sampleOf({ time }: Chain, till: ChainTill): Promise<Sample | null> {
  const { session, clock, folder } = till;
  if (session === null || clock === null) return null;
  const told = await time.hold(() =>
    statusCommand({ folder, clock, version: '0', itPolicy: async () => noItPolicy, problem: null }),
  );
  if (told.result === 'unreadable') throw new Error(`${till.name}: ${told.error.code}`);
  const { waiting, checking, needsReview } = told.entries;
  const shown = session.rooms.find(({ name }) => name === 'chain')?.shows?.chain?.();
  return {
    ...{ till: till.index, atMs: time.now(), sinceMs: time.now(), waiting, checking, needsReview },
    variance: null,
    lastZ: told.lastZ && { number: told.lastZ.number, hasVariance: told.lastZ.hasVariance },
    calls: {
      used: told.calls.used,
      made: till.calls.days.get(storeDay(clock.nowMs(), STORE_ZONE)) ?? 0,
    },
    version: shown?.taken?.version ?? null,
  };
}
