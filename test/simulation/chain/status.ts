import { statusCommand } from '../../../main/app/status/status-command.ts';
import { noItPolicy } from '../../../main/counter/it-policy.ts';
import { storeDay } from '../../../main/kernel/store-time.ts';
import { STORE_ZONE } from './account.ts';
import type { ChainTill } from './chain-till.ts';
import type { Chain } from './counter.ts';
import type { Sample } from './record.ts';

/** What `--status` and the chain's own topic say of a till that is on. */
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
    ...{ till: till.index, atMs: time.now(), waiting, checking, needsReview },
    lastZ: told.lastZ && { number: told.lastZ.number, hasVariance: told.lastZ.hasVariance },
    calls: {
      used: told.calls.used,
      made: till.calls.days.get(storeDay(clock.nowMs(), STORE_ZONE)) ?? 0,
    },
    version: shown?.taken?.version ?? null,
  };
}
