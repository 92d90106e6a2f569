import { isDeepStrictEqual } from 'node:util';
import { type AppError, appError } from '../../preload/contract/index.ts';
import { type Actor, isManager } from '../kernel/actor.ts';
import type { ManagerPin } from './credentials/manager-pin.ts';
import type { PeopleRepository } from './people-repository.ts';
import { createAfterPeople, type PeopleRoomParts } from './people-room.ts';
import { type OwnersPeople, withOwners } from './people-rules.ts';
import { nobody, type PeopleRecord, type PersonRecord } from './person.ts';
import type { PersonPins } from './person-pins.ts';

/** The people whom the owner of a chain sets for all its tills. */
export interface OwnersPeoplePort {
  /**
   * Puts them in the place of this till's, in the caller's transaction. Errors: those of a name, and `last-manager` where
   * nobody could sign in or give a PIN afterwards.
   */
  takeOver(owners: OwnersPeople, who: Actor): AppError | null;
  /** Whether they would lock a till that somebody can use now: nobody of them has a PIN here yet. */
  locksOut(owners: readonly Pick<PersonRecord, 'id'>[]): boolean;
  /** That transaction did not end: nobody was changed. */
  forget(): void;
  /** After that transaction. */
  settle(): void;
}

interface OwnersPeopleParts extends Pick<PeopleRoomParts, 'signedIn' | 'unlocking' | 'changed' | 'tillName'> {
  readonly people: Pick<PeopleRepository, 'load' | 'save' | 'forget'>;
  readonly pins: Pick<PersonPins, 'isLost'>;
  readonly managerPin: Pick<ManagerPin, 'isSet'>;
}

const who = ({ people, permissions }: PeopleRecord) => ({ people, permissions });

export function createOwnersPeople(parts: OwnersPeopleParts): OwnersPeoplePort {
  const { people, pins, managerPin } = parts;
  const afterPeople = createAfterPeople(parts);
  const canGivePin = (record: PeopleRecord): boolean =>
    managerPin.isSet() || record.people.some((person) => isManager(person) && !pins.isLost(person));
  const hasPin = (person: PersonRecord): boolean => !pins.isLost(person);
  return {
    locksOut: (owners) => {
      const before = people.load()?.people ?? [];
      const isUsable = before.length === 0 || before.some(hasPin);
      return isUsable && !before.some((one) => hasPin(one) && owners.some(({ id }) => id === one.id));
    },
    takeOver: (owners, actor) => {
      const before = people.load() ?? nobody;
      const after = withOwners(before, owners, parts.tillName);
      if (!after.ok) return after.error;
      if (!canGivePin(after.value)) return appError('last-manager');
      if (isDeepStrictEqual(who(before), who(after.value))) return null;
      people.save(after.value, actor, { what: 'set by the owner', whom: '' });
      return null;
    },
    forget: people.forget,
    settle: afterPeople,
  };
}
