import { err, ok } from '../../../preload/contract/index.ts';
import { actorText } from '../../kernel/actor.ts';
import type { Room } from '../../kernel/room.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import type { AppKeyCheck } from './app-key-check.ts';
import type { ManagerPin } from './manager-pin.ts';
import type { Unlocking } from './unlocking.ts';

export interface ManagerRoomParts {
  readonly managerPin: ManagerPin;
  readonly unlocking: Unlocking;
  readonly checkAppKey: AppKeyCheck;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  /** In the practice store there is nothing to guard. */
  readonly isPractice: boolean;
}

/** The manager's PIN. */
export function createManagerRoom(parts: ManagerRoomParts): Room {
  const { managerPin, unlocking, checkAppKey, isPractice, journal } = parts;
  return {
    name: 'manager',
    handlers: {
      'manager:makePin': async ({ pin, appKey }, who) => {
        // Where there is a PIN, no key helps.
        const isVouched = isPractice || managerPin.isSet();
        const refused = isVouched ? null : checkAppKey(appKey);
        return refused === null ? managerPin.make(pin, who) : err(refused);
      },
      'manager:lock': () => {
        unlocking.lock();
        return ok({});
      },
      'manager:recover': ({ recoveryCode, pin }) => {
        // Who set the PIN anew may not be who unlocked with the old one.
        unlocking.lock();
        return managerPin.recover(recoveryCode, pin);
      },
    },
    managersHandlers: {
      // The frame has taken the PIN. What follows without one is told by its own acts, and this by itself.
      'manager:unlock': (_, who) => {
        try {
          journal?.append({ event: 'noted', actor: actorText(who), reason: 'manager unlocked', content: {} });
        } catch (thrown) {
          unlocking.lock();
          throw thrown;
        }
        return ok({});
      },
    },
    stop: unlocking.lock,
    wokeUp: unlocking.lock,
    left: unlocking.lock,
    shows: { managerPinSet: managerPin.isSet, managerUnlockedUntilMs: unlocking.untilMs },
  };
}
