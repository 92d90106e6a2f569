import type { View } from '../kernel/database/views.ts';
import { createEntriesView } from '../ledger/index.ts';
import { createIntegrity } from '../safety/index.ts';
import { hostProtocol } from './host-protocol.ts';

/** Every view that this program makes of the journal. Whoever brings one names it here. */
export const journalViews: readonly View[] = [createEntriesView(hostProtocol.readIncrement)];

/** Checks and copies a database file in this very thread. */
export const checkHere = createIntegrity(journalViews);
