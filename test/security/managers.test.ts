import { expect, it } from 'vitest';
import { bridgeMethod, channelNames, channels } from '../../preload/contract/index.ts';
import { managersCalls, managersCallsOfLive } from '../electron/security/support/managers.ts';

/** They take a PIN to make one, beside the recovery code, or as that of whoever comes in. */
const pinMakers = ['manager:makePin', 'manager:recover', 'people:signIn'];

/** Anybody closes a shift; what the drawer is off by takes a manager's. */
const sometimes = ['shifts:close'];

/** Asked where no till is open: `test/safety/backups/moved-away.test.ts` and `restore-asks.test.ts`. */
const ofClosedTill = ['restore:neverOpened', 'restore:start'];

it('35: every channel that takes a manager’s PIN is one that a check asks without it', () => {
  const takesPin = channelNames.filter((name) => 'pin' in channels[name].args.shape);
  expect(
    takesPin
      .filter((name) => ![...pinMakers, ...sometimes, ...ofClosedTill].includes(name))
      .map(bridgeMethod)
      .sort(),
  ).toEqual(Object.keys({ ...managersCalls, ...managersCallsOfLive }).sort());
});
