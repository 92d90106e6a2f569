import {
  type AppError,
  appError,
  err,
  ok,
  type People,
  type Result,
  type SetAbove,
} from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { fixedAmong } from '../kernel/fixed.ts';
import type { Random } from '../kernel/ports.ts';
import type { Changed, ManagersHandlers, Room } from '../kernel/room.ts';
import type { PeopleRepository } from './people-repository.ts';
import {
  personOf,
  pinInName,
  staleness,
  withoutPerson,
  withParticulars,
  withPermissions,
  withPerson,
  withPin,
} from './people-rules.ts';
import { nobody, type PeopleRecord } from './person.ts';
import type { PersonPins } from './person-pins.ts';
import type { SignedIn } from './signed-in.ts';

export interface PeopleRoomParts {
  readonly people: PeopleRepository;
  readonly pins: PersonPins;
  readonly signedIn: SignedIn;
  readonly random: Pick<Random, 'uuid'>;
  readonly tillName: string;
  readonly unlocking: { lock(): void };
  readonly changed: Changed<'people' | 'till'>;
  /** What is not a manager's to change. */
  readonly above: () => SetAbove;
}

type Done = Result<Record<string, never>>;

/** How the journal names a change of the list, and whom it concerns. */
interface PeopleNote {
  readonly what: string;
  readonly whom: string;
}

/** What follows once another list was saved. */
export const createAfterPeople =
  ({ signedIn, unlocking, changed }: Pick<PeopleRoomParts, 'signedIn' | 'unlocking' | 'changed'>) =>
  (): void => {
    const there = signedIn.person();
    // A demotion applies from the next act.
    if (there?.role !== 'manager') unlocking.lock();
    if (there === null) signedIn.lock();
    changed('people', 'till');
  };

function createKeeping(parts: PeopleRoomParts) {
  const { people } = parts;
  const afterPeople = createAfterPeople(parts);
  /** Saves the result of applying a change to the current list. */
  return (who: Actor, told: PeopleNote, change: (before: PeopleRecord) => Result<PeopleRecord>): Done => {
    const after = change(people.load() ?? nobody);
    if (!after.ok) return after;
    people.save(after.value, who, told);
    afterPeople();
    return ok({});
  };
}

function managersHandlers(parts: PeopleRoomParts): ManagersHandlers {
  const { people, pins, signedIn, random, tillName } = parts;
  const keep = createKeeping(parts);
  const nameOf = (id: string): string => personOf(people.load() ?? nobody, id)?.name ?? '';
  const fresh = (record: PeopleRecord, version: number, next: () => Result<PeopleRecord>) => {
    const stale: AppError | null = staleness(record, version);
    return stale === null ? next() : err(stale);
  };
  const free = (name: 'people' | 'permissions', next: () => Result<PeopleRecord>) => {
    const fixed = fixedAmong([name], parts.above());
    return fixed === null ? next() : err(fixed);
  };
  return {
    'people:add': async ({ version, name, role, language, newPin }, who) => {
      const inName = pinInName(name, newPin);
      if (inName !== null) return err(inName);
      const made = await pins.make(newPin);
      if (!made.ok) return made;
      const person = { id: random.uuid(), name, role, language, ...made.value };
      const isFirst = !signedIn.isUsed();
      // Once the PIN is hashed: the owner may have set people meanwhile.
      const kept = keep(who, { what: 'added', whom: name }, (before) =>
        free('people', () => fresh(before, version, () => withPerson(before, person, tillName))),
      );
      // The person who set up the first one has just typed the PIN twice.
      if (kept.ok && isFirst) signedIn.begin(person.id);
      return kept;
    },
    'people:change': ({ version, id, name, role, language }, who) =>
      keep(who, { what: 'changed', whom: nameOf(id) }, (before) =>
        free('people', () =>
          fresh(before, version, () => withParticulars(before, id, { name, role, language }, tillName)),
        ),
      ),
    'people:givePin': async ({ id, newPin }, who) => {
      const inName = pinInName(nameOf(id), newPin);
      if (inName !== null) return err(inName);
      const made = await pins.make(newPin);
      if (!made.ok) return made;
      const kept = keep(who, { what: 'new PIN', whom: nameOf(id) }, (before) =>
        withPin(before, id, made.value),
      );
      if (kept.ok) pins.forgive(id);
      return kept;
    },
    'people:remove': ({ version, id }, who) =>
      keep(who, { what: 'removed', whom: nameOf(id) }, (before) =>
        free('people', () => fresh(before, version, () => withoutPerson(before, id))),
      ),
    'people:setPermissions': ({ version, permissions }, who) =>
      keep(who, { what: 'permissions', whom: '' }, (before) =>
        free('permissions', () =>
          fresh(before, version, () =>
            before.people.length === 0
              ? err(appError('first-person'))
              : ok(withPermissions(before, permissions)),
          ),
        ),
      ),
  };
}

/** People, who is signed in, and cashiers' permissions. */
export function createPeopleRoom(parts: PeopleRoomParts): Room {
  const { people, pins, signedIn } = parts;
  const shown = (): People | null => {
    const record = people.load();
    if (record === null) return null;
    return {
      version: record.changes,
      list: record.people.map((person) => ({
        id: person.id,
        name: person.name,
        role: person.role,
        language: person.language,
        needsPin: pins.isLost(person),
      })),
      signedIn: signedIn.person()?.id ?? null,
      last: signedIn.lastId(),
      permissions: record.permissions,
    };
  };
  return {
    name: 'people',
    handlers: {
      'people:signIn': ({ person, pin, atDesk }) => signedIn.signIn(person, pin, atDesk),
      'people:lock': () => {
        signedIn.lock();
        return ok({});
      },
      'people:inUse': () => {
        signedIn.inUse();
        return ok({});
      },
    },
    managersHandlers: managersHandlers(parts),
    stop: signedIn.lock,
    wokeUp: signedIn.lock,
    left: signedIn.lock,
    shows: { people: shown },
  };
}
