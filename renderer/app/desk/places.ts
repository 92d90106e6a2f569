import type { Permissions, PersonRole } from '../../../preload/contract/index.ts';
import type { Screen } from '../../shared/view-store.ts';

export type Place =
  | 'day'
  | 'review'
  | 'owner'
  | 'rules'
  | 'people'
  | 'receipts'
  | 'settings'
  | 'kybio'
  | 'safety'
  /** For a cashier: where managers sign in. */
  | 'lock';

export interface PlaceGroup {
  readonly title: 'today' | 'work' | 'computer' | 'managers';
  readonly places: readonly Place[];
}

const all: readonly PlaceGroup[] = [
  { title: 'today', places: ['day', 'review', 'owner'] },
  { title: 'work', places: ['rules', 'people', 'receipts'] },
  { title: 'computer', places: ['settings', 'kybio', 'safety'] },
];

/** Who looks at the list; null where nobody is set up, and the till's PIN guards what needs a manager. */
export interface Looker {
  readonly role: PersonRole;
  readonly settings: Permissions['acts']['settings'];
}

/** Where nobody is set up, all of it is in sight. */
export const isManagers = (looker: Looker | null): boolean => looker === null || looker.role === 'manager';

/** What somebody finds in the list: a cashier what is theirs, and where a manager gets in. */
export function placesFor(looker: Looker | null): readonly PlaceGroup[] {
  if (looker === null || isManagers(looker)) return all;
  const isLetIn = looker.settings !== 'deny';
  return [
    { title: 'today', places: ['day'] },
    ...(isLetIn ? [{ title: 'computer', places: ['settings'] } as const] : []),
    { title: 'managers', places: ['lock'] },
  ];
}

/** The place that a screen belongs to; null for one that is beside the desk. */
export function placeOf({ kind }: Screen): Place | null {
  switch (kind) {
    case 'till':
    case 'first-day':
    case 'member':
      return null;
    case 'find':
    case 'matching':
      return 'day';
    case 'check-up':
      return 'kybio';
    default:
      return kind;
  }
}
