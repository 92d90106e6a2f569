import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { amountSchema, count, done, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { entryStates } from '../ledger/facts.ts';
import { MOST_PEOPLE } from '../people/people.ts';

const passphrase = z.string().max(200);

/** For display only: the page does nothing else with a path. */
const shownFolder = z.string().max(1_000);

const placeStateSchema = z.object({
  folder: shownFolder,
  newestAtMs: timeMs.nullable(),
  count,
  /** The last error. */
  problem: appErrorSchema.nullable(),
});

export const backupStateSchema = z.object({
  here: placeStateSchema,
  /** The second place; null where none is chosen. */
  second: placeStateSchema
    /** The till's own disk too: it does not outlast that. */
    .extend({ isSameDisk: z.boolean() })
    .nullable(),
  /** Why the second place does not have the open entries. */
  openEntriesProblem: appErrorSchema.nullable(),
});
export type BackupView = z.infer<typeof backupStateSchema>;

export const diskSchema = z.enum(['enough', 'low', 'full']);

/** An entry made after the backup, listed if any source still has it. */
export const lostEntrySchema = z.object({
  id: z.string().max(40),
  atMs: timeMs,
  customerUid: uid,
  memberName: z.string().max(200),
  /** The last four digits. */
  memberNumber: z.string().max(8),
  balance: amountSchema,
  point: amountSchema,
  /** Its last known state. */
  state: z.enum(entryStates),
});
export type LostEntry = z.infer<typeof lostEntrySchema>;

/** Others are counted only. */
export const MOST_LOST_ENTRIES = 500;

export const restoredSchema = z.object({
  /** Null where the restore's mark could not be read. */
  backupAtMs: timeMs.nullable(),
  restoredAtMs: timeMs.nullable(),
  /** Lost journal rows, as far as known. */
  lostRows: count.nullable(),
  lostUntilMs: timeMs.nullable(),
  /** The folder with the replaced database. */
  setAside: z.string().max(100).nullable(),
  /** From the file of a moved till. */
  isMoved: z.boolean(),
  entries: z.array(lostEntrySchema).max(MOST_LOST_ENTRIES),
});
export type Restored = z.infer<typeof restoredSchema>;

export const backupTopics = {
  /** Space on the disk of the till's data: `low` warns, `full` stops backups and the member list. */
  disk: diskSchema,
  /** The last full check's result. */
  damage: appErrorSchema.nullable(),
  /** Why no backup was made for a day although the till was open; null while all is well. */
  backupProblem: appErrorSchema.nullable(),
  /** Progress of a running backup; null while there is none. */
  backupPercent: z.number().int().min(0).max(100).nullable(),
  /** The last restore, until a manager acknowledges it. */
  restored: restoredSchema.nullable(),
} as const;

export const backups = {
  get: channel(nothing, backupStateSchema, { touches: 'live', may: 'signed-in' }),
  /** A backup now, here and in the second place. */
  now: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /** Asks for a folder with the system's dialog; files there open with this passphrase only. False where none was chosen. */
  choosePlace: channel(
    z.object({ passphrase, pin: managersPin }).strict(),
    z.object({ chosen: z.boolean() }),
    { touches: 'live', may: 'manager' },
  ),
  forgetPlace: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /**
   * Writes the till into one sealed file for another computer, in a folder that is asked for, and retires it here.
   * False where none was chosen.
   */
  move: channel(z.object({ passphrase, pin: managersPin }).strict(), z.object({ chosen: z.boolean() }), {
    touches: 'live',
    may: 'manager',
  }),
  /** A manager decides that this till's clone continues: this one is retired, as after a move. */
  standDown: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'manager' }),
  /** A manager has read what the restore means. */
  acknowledgeRestore: channel(z.object({ pin: managersPin }).strict(), done, {
    touches: 'live',
    may: 'manager',
  }),
} as const;

export const foundBackupSchema = z.object({
  /** Valid for the last list only. */
  id: z.string().max(40),
  madeAtMs: timeMs,
  reason: z.enum(['hourly', 'asked', 'update', 'move']),
  /** Opens with its passphrase. */
  isSealed: z.boolean(),
});
export type FoundBackup = z.infer<typeof foundBackupSchema>;

const MOST_FOUND = 100;

/** What is known of a till that is not open. */
export const closedTillSchema = z.object({
  /** The move to another computer; null where there was none. `file` is null where the journal's note of it cannot be read. */
  moved: z
    .object({
      atMs: timeMs,
      file: z.object({ folder: shownFolder, file: z.string().max(200) }).nullable(),
      /** Entries that were open; null likewise. */
      open: count.nullable(),
    })
    .nullable(),
  /** What restoring requires; `recovery-code` without the keyring's keys. */
  asks: z.enum(['nobody', 'pin', 'recovery-code']),
  /** Managers who can approve; empty where people are not set up, and the till's PIN counts. */
  managers: z.array(z.object({ id: z.string().max(40), name: z.string() })).max(MOST_PEOPLE),
});
export type ClosedTill = z.infer<typeof closedTillSchema>;

export const restore = {
  /**
   * With no till open: this till's backups, newest first, or those of a folder that the person chooses. Null where none
   * was chosen, which keeps the last list.
   */
  find: channel(
    z.object({ elsewhere: z.boolean() }).strict(),
    z.object({ backups: z.array(foundBackupSchema).max(MOST_FOUND).nullable() }),
    { touches: 'live', may: 'signed-in' },
  ),
  /** Verifies a backup and shows whose it is. */
  look: channel(
    z.object({ id: z.string().max(40), passphrase: passphrase.optional() }).strict(),
    z.object({
      till: z.string().max(100),
      host: z.string().max(300),
      /** When its last row was written. */
      lastAtMs: timeMs.nullable(),
    }),
    { touches: 'live', may: 'signed-in' },
  ),
  /**
   * Restores the backup that was verified last, and opens the till. Needs a manager where the records here open and
   * have one, and always for a retired till.
   */
  start: channel(
    z.object({ id: z.string().max(40), otherMachine: z.boolean(), pin: managersPin }).strict(),
    done,
    { touches: 'live', may: 'signed-in' },
  ),
  /** With no till open: the move that took it away, and what restoring requires. */
  moved: channel(nothing, closedTillSchema, { touches: 'live', may: 'signed-in' }),
  /**
   * A manager says, with no till open, that the move was never used: the till opens here again, and everything open
   * goes to review.
   */
  neverOpened: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'signed-in' }),
} as const;
