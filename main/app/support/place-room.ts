import { ok } from '../../../preload/contract/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Changed, Room } from '../../kernel/room.ts';
import type { PlaceProblem } from './data-place.ts';

export interface PlaceRoomParts {
  readonly place: PlaceProblem | null;
  readonly settings: Settings;
  readonly logger: Logger;
  readonly changed: Changed<'dataPlace'>;
}

/** The acknowledged problem; another one is shown again. */
const READ = 'place.read';

/** Shows a manager that the data folder is unsafe, until it is acknowledged. */
export function createPlaceRoom({ place, settings, logger, changed }: PlaceRoomParts): Room {
  return {
    name: 'place',
    managersHandlers: {
      'station:readPlace': () => {
        if (place !== null) settings.set(READ, place);
        logger.info('data.place-read', { place });
        changed('dataPlace');
        return ok({});
      },
    },
    shows: { dataPlace: () => (settings.get(READ) === place ? null : place) },
  };
}
