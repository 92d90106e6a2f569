import type { Policy } from '../../preload/contract/index.ts';
import type { Hosts } from '../hosts/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import type { Ledger } from '../ledger/index.ts';
import { createAdmission } from './admission.ts';
import { createAppKeyCheck } from './credentials/app-key-check.ts';
import { createManagerPin } from './credentials/manager-pin.ts';
import { createManagerRoom } from './credentials/manager-room.ts';
import { createPinRepository } from './credentials/pin-repository.ts';
import { createUnlocking } from './credentials/unlocking.ts';
import { createOwnersPeople } from './owners-people.ts';
import { createPeopleRepository } from './people-repository.ts';
import { createPeopleRoom } from './people-room.ts';
import { createPermissions } from './permissions.ts';
import { createPersonPins } from './person-pins.ts';
import { createSignedIn } from './signed-in.ts';

export interface PeopleNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly isPractice: boolean;
  readonly policy: () => Pick<Policy, 'peopleLockAfterMs' | 'managerUnlockedMs'>;
  /** Null while the keyring is locked: no PIN can be checked. */
  readonly pinPepper: Buffer | null;
  /** scrypt's N, lower only in tests. */
  readonly pinCost: number | undefined;
}

export type People = ReturnType<typeof createPeople>;

/** People, sign-in, and what each request may do. */
export function createPeople(needs: PeopleNeeds) {
  const { isPractice, policy, pinPepper, pinCost } = needs;
  const { db, settings, clock, random, logger, changed, above } = needs.kernel;
  const { account, config } = needs.hosts;
  const { journal } = needs.ledger;
  const { tillName } = config;
  const pepper = () => pinPepper;
  const cost = pinCost === undefined ? {} : { cost: pinCost };
  const store = createPinRepository({ db, settings, journal });
  const managerPin = createManagerPin({ store, pepper, clock, random, logger, ...cost });
  const unlockPeriodMs = () => policy().managerUnlockedMs;
  const unlocking = createUnlocking({ managerPin, clock, unlockPeriodMs, changed });
  const people = createPeopleRepository({ db, settings, journal });
  const pins = createPersonPins({ people, pepper, clock, random, logger, ...cost });
  const lockAfterMs = () => policy().peopleLockAfterMs;
  const signedIn = createSignedIn({ people, pins, clock, lockAfterMs, unlocking, changed });
  const permissions = createPermissions({ people, pins, journal });
  const admission = createAdmission({ people, signedIn, permissions, managerPin, unlocking, tillName });
  const checkAppKey = createAppKeyCheck(account.isKey, clock);
  return {
    managerPin,
    unlocking,
    people,
    pins,
    signedIn,
    permissions,
    admission,
    checkAppKey,
    owners: createOwnersPeople({ people, pins, managerPin, signedIn, unlocking, tillName, changed }),
    rooms: [
      createManagerRoom({ managerPin, unlocking, signedIn, checkAppKey, journal, isPractice }),
      createPeopleRoom({ people, pins, signedIn, random, tillName, unlocking, changed, above }),
    ] satisfies Room[],
  };
}
