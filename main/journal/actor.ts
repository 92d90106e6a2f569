/** By what right somebody acts. `program` is what this program does by itself, `till` a counter whose people are not named. */
export const roles = ['program', 'till', 'cashier', 'manager'] as const;
export type Role = (typeof roles)[number];

/** Who did something: told from the frame that asked for it to the journal's row. */
export interface Actor {
  readonly role: Role;
  /** A name as people read it, also when the person has long left: the till's for a till, none for the program. */
  readonly person: string;
  /** Who stood for it with a PIN of their own, as `actorText` has them; absent where nobody had to. */
  readonly approvedBy?: string;
}

export const theProgram: Actor = { role: 'program', person: '' };

/** There is one manager's PIN, so its holders have no names. */
export const theManager: Actor = { role: 'manager', person: '' };

/** As the journal keeps it: `manager:Tan Mei Ling`. What the program does by itself is most of all rows: it is nothing. */
export function actorText({ role, person }: Actor): string {
  if (role === 'program' && person === '') return '';
  return person === '' ? role : `${role}:${person}`;
}

/** As a person reads it beside an entry: the name, or the role of whom none is known. */
export const shownActor = ({ role, person }: Actor): string => (person === '' ? role : person);

/** The other way. A text that names no role is a person of whom nothing more is known. */
export function readActor(text: string): Actor {
  if (text === '') return theProgram;
  const [first = '', ...rest] = text.split(':');
  const role = roles.find((known) => known === first);
  return role === undefined ? { role: 'till', person: text } : { role, person: rest.join(':') };
}
