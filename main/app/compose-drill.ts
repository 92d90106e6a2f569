import { createNextSequence } from '../ledger/next-sequence.ts';
import { handDrillOver } from '../safety/drill/drill-file.ts';
import { createDrillService } from '../safety/drill/drill-service.ts';
import type { Core, SessionParts, World } from './compose-core.ts';
import { isLiveConfigured } from './live-account.ts';

/** The outage drill; null where there is no practice store to hold it in. */
export function composeDrill({ folder, random }: World, { db, practice }: SessionParts, core: Core) {
  if (practice === null) return null;
  // No live till is set up while the practice store is open.
  let isLive: boolean | null = null;
  const canReport = () => {
    isLive ??= isLiveConfigured(folder);
    return isLive;
  };
  return createDrillService({
    ...core,
    practice,
    nextSequence: createNextSequence(db),
    canReport,
    handOver: ({ id, atMs, who, passed }) =>
      handDrillOver(folder, { version: 1, id, atMs, who, passed }, random.uuid()),
  });
}
