/** By what right somebody acts. `program` is what this program does by itself, `till` a counter whose people are not named. */
export const roles = ['program', 'till', 'cashier', 'manager'] as const;
export type Role = (typeof roles)[number];

/** Whose acts the shop's permissions decide. */
const isUnderPermissions: Readonly<Record<Role, boolean>> = {
  program: false,
  till: false,
  cashier: true,
  manager: false,
};

/** Who did something: told from the frame that asked for it to the journal's row. */
export interface Actor {
  readonly role: Role;
  /** Says who it is, whatever they are called by then; absent where nobody is set up. */
  readonly id?: string;
  /** A name as people read it, also when the person has long left: the till's for a till, none for the program. */
  readonly person: string;
  /** Who stood for it with a PIN of their own, as `actorText` has them; absent where nobody had to. */
  readonly approvedBy?: string;
}

export const theProgram: Actor = { role: 'program', person: '' };

/** There is one manager's PIN, so its holders have no names. */
export const theManager: Actor = { role: 'manager', person: '' };

/** What the shop keeps for managers, this one may. */
export const isManager = ({ role }: { readonly role: Role }): boolean => role === 'manager';

/** What a manager has to approve, this one may not alone. */
export const needsManager = ({ role, approvedBy }: Pick<Actor, 'role' | 'approvedBy'>): boolean =>
  isUnderPermissions[role] && approvedBy === undefined;

/**
 * As the journal keeps it: `manager#<id>:Tan Mei Ling`, or `manager:Tan Mei Ling` of who is not set up, and in rows from
 * before format 4. What the program does by itself is most of all rows: it is nothing.
 */
export function actorText({ role, id, person }: Actor): string {
  if (role === 'program' && person === '' && id === undefined) return '';
  const whose = id === undefined ? role : `${role}#${id}`;
  return person === '' ? whose : `${whose}:${person}`;
}

/** As a person reads it beside an entry: the name, or the role of whom none is known. */
export const shownActor = ({ role, person }: Actor): string => (person === '' ? role : person);

/** Who entered something, as the entry itself keeps it. */
export const enteredBy = (who: Actor) => ({ actor: shownActor(who), personId: who.id ?? null });

/** The other way. A text that names no role is a person of whom nothing more is known. */
export function readActor(text: string): Actor {
  if (text === '') return theProgram;
  const [first = '', ...rest] = text.split(':');
  const [name, ...ids] = first.split('#');
  const role = roles.find((known) => known === name);
  if (role === undefined) return { role: 'till', person: text };
  const person = rest.join(':');
  return ids.length === 0 ? { role, person } : { role, id: ids.join('#'), person };
}
