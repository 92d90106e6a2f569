import { err } from '../../preload/contract/index.ts';
import type { Room } from '../room.ts';
import type { AppKeyCheck } from './app-key-check.ts';
import type { ManagerPin } from './manager-pin.ts';

export interface ManagerRoomParts {
  readonly managerPin: ManagerPin;
  readonly checkAppKey: AppKeyCheck;
  /** In the practice store there is nothing to guard. */
  readonly isPractice: boolean;
}

/** The manager's PIN. */
export function createManagerRoom({ managerPin, checkAppKey, isPractice }: ManagerRoomParts): Room {
  return {
    name: 'manager',
    handlers: {
      'manager:makePin': async ({ pin, appKey }, who) => {
        // Where there is a PIN, no key helps.
        const isVouched = isPractice || managerPin.isSet();
        const refused = isVouched ? null : checkAppKey(appKey);
        return refused === null ? managerPin.make(pin, who) : err(refused);
      },
      'manager:recover': ({ recoveryCode, pin }) => managerPin.recover(recoveryCode, pin),
    },
    view: () => ({ managerPinSet: managerPin.isSet() }),
  };
}
