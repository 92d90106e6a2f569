import {
  type AppError,
  appError,
  err,
  LONGEST_NAME,
  MOST_PEOPLE,
  ok,
  type Permissions,
  type Result,
} from '../../preload/contract/index.ts';
import { isManager, roles } from '../kernel/actor.ts';
import { noPin, type PeopleRecord, type PersonRecord } from './person.ts';

/** What a manager enters about a person. */
export type Particulars = Pick<PersonRecord, 'name' | 'role' | 'language'>;

// Line breaks, tabs, direction marks: nothing a person can read. The joiners stay, since emoji and some scripts need
// them.
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A name as stored and shown; null where nothing visible is left. */
export function readName(typed: string): string | null {
  const name = typed.replace(/\s/gu, ' ').replace(unseen, '').normalize('NFC').replace(/ +/g, ' ').trim();
  const isWhole = !/[\p{Cs}]/u.test(name);
  return isWhole && name.length <= LONGEST_NAME && /[\p{L}\p{N}\p{S}\p{P}]/u.test(name) ? name : null;
}

/** A key equal for names that look the same: ignores case, width, joiners and variation marks. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Variation_Selector}]/gu, '');

/** Names that would read as something else in a list: a person without a name, or a role prefix. */
const isReserved = (name: string): boolean =>
  roles.some((role) => new RegExp(`^${role}(:|$)`, 'iu').test(name));

export const personOf = ({ people }: PeopleRecord, id: string): PersonRecord | null =>
  people.find((person) => person.id === id) ?? null;

/** The name, if no other person and not the till has it. */
function freeName(
  { people }: PeopleRecord,
  typed: string,
  tillName: string,
  ownId: string | null,
): Result<string> {
  const name = readName(typed);
  if (name === null) return err(appError('person-name-invalid'));
  const others = people.filter(({ id }) => id !== ownId).map((other) => other.name);
  const isTaken = [tillName, ...others].some((other) => nameKey(other) === nameKey(name));
  return isTaken || isReserved(name) ? err(appError('person-name-taken', { name })) : ok(name);
}

const changed = (before: PeopleRecord, people: readonly PersonRecord[]): PeopleRecord => ({
  ...before,
  changes: before.changes + 1,
  people: [...people],
});

/** Refuses a list without a manager: it could not be managed any more. */
const withManager = (before: PeopleRecord, people: readonly PersonRecord[]): Result<PeopleRecord> =>
  people.some(isManager) ? ok(changed(before, people)) : err(appError('last-manager'));

/** The error where a PIN was typed into the name, spaces or not. */
export const pinInName = (name: string, pin: string): AppError | null =>
  name.normalize('NFKC').replaceAll(/\D/gu, '').includes(pin) ? appError('person-name-pin') : null;

/** The error where another screen saved since this one was read. */
export const staleness = (record: PeopleRecord, changes: number): AppError | null =>
  record.changes === changes ? null : appError('people-changed');

export function withPerson(
  before: PeopleRecord,
  person: PersonRecord,
  tillName: string,
): Result<PeopleRecord> {
  if (before.people.length >= MOST_PEOPLE)
    return err(appError('people-too-many', { most: String(MOST_PEOPLE) }));
  if (!before.people.some(isManager) && !isManager(person)) return err(appError('first-person'));
  const name = freeName(before, person.name, tillName, null);
  return name.ok ? ok(changed(before, [...before.people, { ...person, name: name.value }])) : name;
}

export function withParticulars(
  before: PeopleRecord,
  id: string,
  wanted: Particulars,
  tillName: string,
): Result<PeopleRecord> {
  if (personOf(before, id) === null) return err(appError('person-not-found'));
  const name = freeName(before, wanted.name, tillName, id);
  if (!name.ok) return name;
  const { role, language } = wanted;
  const people = before.people.map((person) =>
    person.id === id ? { ...person, name: name.value, role, language } : person,
  );
  return withManager(before, people);
}

export function withPin(
  before: PeopleRecord,
  id: string,
  { pin, pepperId }: Pick<PersonRecord, 'pin' | 'pepperId'>,
): Result<PeopleRecord> {
  if (personOf(before, id) === null) return err(appError('person-not-found'));
  return ok(
    changed(
      before,
      before.people.map((person) => (person.id === id ? { ...person, pin, pepperId } : person)),
    ),
  );
}

export function withoutPerson(before: PeopleRecord, id: string): Result<PeopleRecord> {
  if (personOf(before, id) === null) return err(appError('person-not-found'));
  return withManager(
    before,
    before.people.filter((person) => person.id !== id),
  );
}

export const withPermissions = (before: PeopleRecord, permissions: Permissions): PeopleRecord => ({
  ...before,
  changes: before.changes + 1,
  permissions,
});

/** An owner's people, and what cashiers may. */
export interface OwnersPeople {
  readonly people: readonly (Particulars & Pick<PersonRecord, 'id'>)[];
  readonly permissions: Permissions | undefined;
}

/** The owner's list in place of this one: by the id a person keeps the PIN, and nobody is taken over by name. */
export function withOwners(
  before: PeopleRecord,
  { people, permissions = before.permissions }: OwnersPeople,
  tillName: string,
): Result<PeopleRecord> {
  let after: PeopleRecord = { ...before, people: [] };
  for (const { id, name: wanted, role, language } of people) {
    const name = freeName(after, wanted, tillName, null);
    if (!name.ok) return name;
    const { pin, pepperId } = personOf(before, id) ?? noPin;
    after = { ...after, people: [...after.people, { id, name: name.value, role, language, pin, pepperId }] };
  }
  return withManager({ ...before, permissions }, after.people);
}
