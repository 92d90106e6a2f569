import type { Room } from '../../kernel/room.ts';
import type { JournalFeed } from '../../ledger/journal/index.ts';
import type { DrillService } from './drill-service.ts';

/** The outage drill, where the practice store is open; the program begins it, from wherever. */
export function createDrillRoom(drill: DrillService, feed: Pick<JournalFeed, 'subscribe'> | null): Room {
  return {
    name: 'drill',
    handlers: {
      'drill:leave': (_, who) => drill.leave(who),
      'drill:report': () => drill.report(),
    },
    start: () => {
      drill.start();
      feed?.subscribe(drill.look);
    },
    shows: { drill: drill.shown },
  };
}
