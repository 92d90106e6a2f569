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
  readonly signedIn: { leaveDesk(): void };
  readonly checkAppKey: AppKeyCheck;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  /** The practice store guards nothing. */
  readonly isPractice: boolean;
}

/** The manager's PIN. */
export function createManagerRoom(parts: ManagerRoomParts): Room {
  const { managerPin, unlocking, signedIn, checkAppKey, isPractice, journal } = parts;
  return {
    name: 'manager',
    handlers: {
      'manager:makePin': async ({ pin, appKey }, who) => {
        // Once there is a PIN, the key is no proof.
        const needsNoAppKey = isPractice || managerPin.isSet();
        const refused = needsNoAppKey ? null : checkAppKey(appKey);
        return refused === null ? managerPin.make(pin, who) : err(refused);
      },
      'manager:lock': () => {
        signedIn.leaveDesk();
        return ok({});
      },
      'manager:recover': ({ recoveryCode, pin }) => {
        // The person who set a new PIN may not be the one who unlocked.
        unlocking.lock();
        return managerPin.recover(recoveryCode, pin);
      },
    },
    managersHandlers: {
      // The frame has checked the PIN. Later acts are journaled by themselves, and the unlocking here.
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
