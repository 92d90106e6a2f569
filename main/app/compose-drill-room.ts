import { theProgram } from '../kernel/actor.ts';
import type { Room } from '../kernel/room.ts';
import { createDrillRoom } from '../safety/drill/drill-room.ts';
import { createDrillTakingRoom } from '../safety/drill/drill-taking-room.ts';
import type { World } from './compose-core.ts';
import type { Services } from './compose-services.ts';

/** Where the practice store is open the drill itself; at a live till what takes its result into the day's report. */
export function composeDrillRoom({ folder, logger }: World, { core, drill, shifts }: Services): Room {
  const { feed, settings } = core;
  if (drill !== null) return createDrillRoom(drill, feed);
  return createDrillTakingRoom({
    folder,
    settings,
    feed,
    logger,
    isShiftOpen: () => shifts.service.shown().open !== null,
    keep: (result) => shifts.service.keepDrill(result, theProgram),
  });
}
