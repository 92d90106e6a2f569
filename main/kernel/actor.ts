/** The roles of an actor: `program` acts by itself, `till` is a counter where no people are set up. */
export const roles = ['program', 'till', 'cashier', 'manager'] as const;
export type Role = (typeof roles)[number];

/** Which roles are under the shop's permissions. */
const isUnderPermissions: Readonly<Record<Role, boolean>> = {
  program: false,
  till: false,
  cashier: true,
  manager: false,
};

/** Who did something, from the frame that asked for it to the journal's row. */
export interface Actor {
  readonly role: Role;
  /** The person's id, which outlives a change of name; absent where nobody is set up. */
  readonly id?: string;
  /** The name that people read, even after the person has left: the till's for a till, empty for the program. */
  readonly person: string;
  /** The approver as `actorText` writes them; absent where no approval was needed. */
  readonly approvedBy?: string;
}

export const theProgram: Actor = { role: 'program', person: '' };

/** The till has one manager PIN, so its holders have no names. */
export const theManager: Actor = { role: 'manager', person: '' };

/** Whether this actor may do what only managers may. */
export const isManager = ({ role }: { readonly role: Role }): boolean => role === 'manager';

/** Whether a manager must approve what this actor does. */
export const needsManager = ({ role, approvedBy }: Pick<Actor, 'role' | 'approvedBy'>): boolean =>
  isUnderPermissions[role] && approvedBy === undefined;

/**
 * The actor as the journal stores it: `manager#<id>:Tan Mei Ling`, or `manager:Tan Mei Ling` without an id (nobody
 * set up, or rows before format 4). Empty for the program, which writes most rows.
 */
export function actorText({ role, id, person }: Actor): string {
  if (role === 'program' && person === '' && id === undefined) return '';
  const whose = id === undefined ? role : `${role}#${id}`;
  return person === '' ? whose : `${whose}:${person}`;
}

/** The actor as shown beside an entry: the name, or the role where no name is known. */
export const shownActor = ({ role, person }: Actor): string => (person === '' ? role : person);

/** Who entered something, as the entry stores it. */
export const enteredBy = (who: Actor) => ({ actor: shownActor(who), personId: who.id ?? null });

/** Parses what `actorText` writes; a text without a role is a person of whom only the name is known. */
export function readActor(text: string): Actor {
  if (text === '') return theProgram;
  const [first = '', ...rest] = text.split(':');
  const [name, ...ids] = first.split('#');
  const role = roles.find((known) => known === name);
  if (role === undefined) return { role: 'till', person: text };
  const person = rest.join(':');
  return ids.length === 0 ? { role, person } : { role, id: ids.join('#'), person };
}
