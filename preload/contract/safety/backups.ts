import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { amountSchema, count, done, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { entryStates } from '../ledger/facts.ts';
import { MOST_PEOPLE } from '../people/people.ts';

const passphrase = z.string().max(200);

/** Where backups lie, as a person is told; the page does nothing with it but show it. */
const shownFolder = z.string().max(1_000);

const placeStateSchema = z.object({
  folder: shownFolder,
  newestAtMs: timeMs.nullable(),
  count,
  /** What stopped the last try. */
  problem: appErrorSchema.nullable(),
});

export const backupStateSchema = z.object({
  here: placeStateSchema,
  /** Another disk, a stick or a share, where a manager has chosen one. */
  second: placeStateSchema.nullable(),
  /** Why the newest entries are not in the second place, beside its backups. */
  blackBoxProblem: appErrorSchema.nullable(),
});
export type BackupView = z.infer<typeof backupStateSchema>;

export const diskSchema = z.enum(['enough', 'low', 'full']);

/** An entry that was made after the backup, as far as anything still tells of it. */
const lostEntrySchema = z.object({
  atMs: timeMs,
  /** Absent in what earlier versions wrote. */
  customerUid: uid.optional(),
  memberName: z.string().max(200),
  /** The last four. */
  memberNumber: z.string().max(8),
  balance: amountSchema,
  point: amountSchema,
  /** How the till knew it last. */
  state: z.enum(entryStates),
});

/** More are counted and not listed. */
export const MOST_LOST_ENTRIES = 100;

export const restoredSchema = z.object({
  /** Null where the mark of the restore could not be read. */
  backupAtMs: timeMs.nullable(),
  restoredAtMs: timeMs.nullable(),
  /** Rows of the journal that are lost, as far as is known. */
  lostRows: count.nullable(),
  lostUntilMs: timeMs.nullable(),
  /** The name of the folder with the database that was there before. */
  setAside: z.string().max(100).nullable(),
  entries: z.array(lostEntrySchema).max(MOST_LOST_ENTRIES),
});
export type Restored = z.infer<typeof restoredSchema>;

export const backupTopics = {
  /** Room on the disk of the till's data. `low`: people are told. `full`: no backups and no member list any more. */
  disk: diskSchema,
  /** What the last look at the whole database has found. */
  damage: appErrorSchema.nullable(),
  /** No backup was made for a day although the till was open: why; null while all is well. */
  backupProblem: appErrorSchema.nullable(),
  /** How much of the backup that is being made is done; null while none is. */
  backupPercent: z.number().int().min(0).max(100).nullable(),
  /** A backup was put back and no manager has said yet that this was read. */
  restored: restoredSchema.nullable(),
} as const;

export const backups = {
  get: channel(nothing, backupStateSchema, { touches: 'live', may: 'signed-in' }),
  /** A manager's: one now, here and in the second place. */
  now: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /**
   * A manager's: asks for a folder in a dialog of the system; what will lie there opens with this passphrase alone.
   * False where none was chosen.
   */
  choosePlace: channel(
    z.object({ passphrase, pin: managersPin }).strict(),
    z.object({ chosen: z.boolean() }),
    { touches: 'live', may: 'manager' },
  ),
  /** A manager's: no second place from now on. */
  forgetPlace: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /**
   * A manager's: puts the till into one sealed file for another computer, in a folder that is asked for, and retires it
   * here. False where no folder was chosen.
   */
  move: channel(z.object({ passphrase, pin: managersPin }).strict(), z.object({ chosen: z.boolean() }), {
    touches: 'live',
    may: 'manager',
  }),
  /** A manager's: a copy of this till was met, and the other one goes on. This one is retired here, as after a move. */
  standDown: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /** A manager has read what a restore means. */
  acknowledgeRestore: channel(z.object({ pin: managersPin }).strict(), done, {
    touches: 'live',
    may: 'manager',
  }),
} as const;

/** One backup that can be put back. */
export const foundBackupSchema = z.object({
  /** Only of the list that was given last. */
  id: z.string().max(40),
  madeAtMs: timeMs,
  reason: z.enum(['hourly', 'asked', 'update', 'move']),
  /** To look at it takes its passphrase. */
  isSealed: z.boolean(),
});
export type FoundBackup = z.infer<typeof foundBackupSchema>;

const MOST_FOUND = 100;

/** What the records of a till that is not open tell of it. */
export const closedTillSchema = z.object({
  /** The move that took it to another computer; null where none did. The file is null where an earlier version moved it. */
  moved: z
    .object({
      atMs: timeMs,
      file: z.object({ folder: shownFolder, file: z.string().max(200) }).nullable(),
    })
    .nullable(),
  /** What whoever opens it here again is asked for. `recovery-code`: the keyring gives no keys. */
  asks: z.enum(['nobody', 'pin', 'recovery-code']),
  /** Whose PIN it is; empty where nobody is set up, and the till's own does it. */
  managers: z.array(z.object({ id: z.string().max(40), name: z.string() })).max(MOST_PEOPLE),
});
export type ClosedTill = z.infer<typeof closedTillSchema>;

export const restore = {
  /**
   * Where no till is open: what this till has, newest first, or what lies in a folder that a person chooses now. Null
   * where none was chosen: then the list that was given before stays.
   */
  find: channel(
    z.object({ elsewhere: z.boolean() }).strict(),
    z.object({ backups: z.array(foundBackupSchema).max(MOST_FOUND).nullable() }),
    { touches: 'live', may: 'signed-in' },
  ),
  /** Looks at one: whose it is, and what is in it. */
  look: channel(
    z.object({ id: z.string().max(40), passphrase: passphrase.optional() }).strict(),
    z.object({
      till: z.string().max(100),
      host: z.string().max(300),
      /** When the till last wrote something into it. */
      lastAtMs: timeMs.nullable(),
    }),
    { touches: 'live', may: 'signed-in' },
  ),
  /**
   * Puts the one that was looked at last in the place of the till's data, and opens the till. A manager's where the records
   * here open and say whose; of a till that was retired always.
   */
  start: channel(
    z.object({ id: z.string().max(40), otherMachine: z.boolean(), pin: managersPin }).strict(),
    done,
    { touches: 'live', may: 'signed-in' },
  ),
  /** Where no till is open: what is known of the move that took it away, and whom a restore asks. */
  moved: channel(nothing, closedTillSchema, { touches: 'live', may: 'signed-in' }),
  /**
   * A manager's, where no till is open: it was never opened on the computer that it was moved to. It opens here again, and
   * all that was open then waits for people.
   */
  neverOpened: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'signed-in' }),
} as const;
