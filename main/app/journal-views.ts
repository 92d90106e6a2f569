import type { View } from '../kernel/database/views.ts';
import { createEntriesView } from '../ledger/index.ts';
import { createIntegrity } from '../safety/index.ts';
import { hostProtocol } from './host-protocol.ts';

/** Every view must be listed here. */
export const journalViews: readonly View[] = [createEntriesView(hostProtocol.readIncrement)];

/** Checks and copies in this thread. */
export const checkHere = createIntegrity(journalViews);
