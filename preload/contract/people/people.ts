import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { guardedActs, permissionAnswers, personRoles } from '../kernel/guarded-acts.ts';
import { languages } from '../kernel/languages.ts';
import {
  amountSchema,
  type approval,
  count,
  done,
  id,
  managersPin,
  nothing,
  pin,
} from '../kernel/scalars.ts';

/** More than a shop has, and few enough to be shown and kept as a whole. */
export const MOST_PEOPLE = 50;
export const LONGEST_NAME = 100;

const name = z.string().max(LONGEST_NAME * 4);
const role = z.enum(personRoles);
/** What the screens are written in while this person is signed in; null: as the till is. */
const language = z.enum(languages).nullable();

export const personSchema = z.object({
  id,
  name: z.string().max(LONGEST_NAME),
  role,
  language,
  /** The PIN cannot be checked any more: a manager gives a new one. */
  needsPin: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

const guardedActSchema = z.enum(guardedActs);
const permissionAnswerSchema = z.enum(permissionAnswers);

export const permissionsSchema = z
  .object({
    acts: z.record(guardedActSchema, permissionAnswerSchema),
    /** What is above one of them is over the limit of a cashier; null: no sum is. */
    balanceLimit: amountSchema.nullable(),
    pointLimit: amountSchema.nullable(),
  })
  .strict();
export type Permissions = z.infer<typeof permissionsSchema>;

export const peopleTopics = {
  /** Who is set up at this till and who is there; null where nobody is: it goes on under its own name. */
  people: z
    .object({
      /** Grows with every change: who keeps a change of an older one is refused. */
      version: count,
      list: z.array(personSchema).max(MOST_PEOPLE),
      /** Whose PIN was given; null: the till is locked, and waits for one. */
      signedIn: id.nullable(),
      /** Who was there before it was locked. */
      last: id.nullable(),
      permissions: permissionsSchema,
    })
    .nullable(),
} as const;
export type People = NonNullable<z.infer<(typeof peopleTopics)['people']>>;

const version = count;

export const people = {
  /**
   * Whoever is there by now gives way; what is on the form stays. `atDesk`: a cashier gives way until the manager
   * leaves the desk.
   */
  signIn: channel(z.object({ person: id, pin, atDesk: z.boolean().optional() }).strict(), done, {
    touches: 'world',
    may: 'anyone',
  }),
  lock: channel(nothing, done, { touches: 'world', may: 'anyone' }),
  /** A key was pressed or the screen touched. */
  inUse: channel(nothing, done, { touches: 'nothing', may: 'anyone' }),
  /** The first one is a manager, and is signed in by it. */
  add: channel(z.object({ version, name, role, language, newPin: pin, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  change: channel(z.object({ version, id, name, role, language, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  /** For whoever forgot theirs; ends a lock, too. */
  givePin: channel(z.object({ id, newPin: pin, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  remove: channel(z.object({ version, id, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  setPermissions: channel(
    z.object({ version, permissions: permissionsSchema, pin: managersPin }).strict(),
    done,
    { touches: 'world', may: 'manager' },
  ),
} as const;

export type Approval = z.infer<typeof approval>;
