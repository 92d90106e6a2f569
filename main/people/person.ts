import { z } from 'zod';
import {
  allowedAtFirst,
  guardedActs,
  languages,
  type Permissions,
  permissionsSchema,
  personRoles,
} from '../../preload/contract/index.ts';
import { secretHashSchema } from './credentials/pin-record.ts';

export const personRecordSchema = z.object({
  id: z.string().min(1).max(40),
  name: z.string(),
  role: z.enum(personRoles),
  language: z.enum(languages).nullable(),
  pin: secretHashSchema,
  /** Identifies the pepper of the PIN's hash without revealing it. */
  pepperId: z.string(),
});
export type PersonRecord = z.infer<typeof personRecordSchema>;

/** Stands for a PIN that was never given at this till: no pepper has this id, so it counts as lost. */
export const noPin: Pick<PersonRecord, 'pin' | 'pepperId'> = {
  pin: { salt: '00'.repeat(16), hash: '00'.repeat(32), cost: 2 },
  pepperId: '',
};

export const neverHadPin = ({ pepperId }: Pick<PersonRecord, 'pepperId'>): boolean =>
  pepperId === noPin.pepperId;

/** All people of a till, and its cashiers' permissions. */
export const peopleRecordSchema = z.object({
  version: z.literal(1),
  /** How often it was changed. */
  changes: z.number().int().nonnegative(),
  people: z.array(personRecordSchema),
  permissions: permissionsSchema,
});
export type PeopleRecord = z.infer<typeof peopleRecordSchema>;

/** The defaults: most acts with a manager's PIN, and no limits. */
export const firstPermissions: Permissions = {
  acts: {
    ...(Object.fromEntries(guardedActs.map((act) => [act, 'approve'])) as Permissions['acts']),
    ...(Object.fromEntries(allowedAtFirst.map((act) => [act, 'allow'])) as Partial<Permissions['acts']>),
  },
  balanceLimit: null,
  pointLimit: null,
};

export const nobody: PeopleRecord = {
  version: 1,
  changes: 0,
  people: [],
  permissions: firstPermissions,
};
