import type { Room } from '../../kernel/room.ts';
import type { CheckUpService } from './check-up-service.ts';

/** The check-up of the host. */
export const createCheckUpRoom = (checkUp: CheckUpService, hasKey: () => boolean): Room => ({
  name: 'check-up',
  managersHandlers: {
    'checkUp:start': ({ memberNumber }, who) => checkUp.start(memberNumber.trim(), who),
    'checkUp:stop': (_, who) => checkUp.stop(who),
  },
  start: () => {
    if (hasKey()) checkUp.resume();
  },
  stop: checkUp.close,
  shows: { checkUp: checkUp.shown },
});
