/** Who decides on a setting of a till: the first of these that says something. */
export type Setter = 'it' | 'owner' | 'manager';

/** The names of what is decided above a till's managers. */
export interface SetAbove {
  readonly it: readonly string[];
  readonly owner: readonly string[];
}

export const whoSets = (name: string, { it, owner }: SetAbove): Setter => {
  if (it.includes(name)) return 'it';
  return owner.includes(name) ? 'owner' : 'manager';
};
