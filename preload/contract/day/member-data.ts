import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { count, managersPin, timeMs, uid } from '../kernel/scalars.ts';
import { fileWordsSchema } from './file-words.ts';

/** Where a member's name, card or phone stays after they were erased here (ADR 94). */
const copiesSchema = z.object({
  /** Backups beside the till's data. */
  backups: count,
  newestBackupAtMs: timeMs.nullable(),
  /** Copies and the open entries lie in a second place. */
  hasSecondPlace: z.boolean(),
  /** Folders with records that a restore replaced. */
  setAside: count,
});
export type MemberCopies = z.infer<typeof copiesSchema>;

const erasableSchema = z.object({
  /** In the list of members. */
  isListed: z.boolean(),
  entries: count,
  /** Those with words that somebody typed. */
  withWords: count,
  copies: copiesSchema,
  /** Why they cannot be erased now; null if they can. */
  problem: appErrorSchema.nullable(),
});
export type Erasable = z.infer<typeof erasableSchema>;

export const memberData = {
  /** What erasing would take out, and what it would leave. Changes nothing. */
  look: channel(z.object({ customerUid: uid }).strict(), erasableSchema, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** All that is held here on a member, as people read it; null where no file was chosen. Errors: those of `find:export`. */
  save: channel(
    z.object({ customerUid: uid, words: fileWordsSchema, pin: managersPin }).strict(),
    z.object({ saved: z.object({ entries: count, atMs: timeMs }).nullable() }),
    { touches: 'computer', may: 'manager' },
  ),
  /**
   * Takes name, card and phone out. Errors: erase-entry-open, erase-receipt-open,
   * member-not-found, key-lost.
   */
  erase: channel(z.object({ customerUid: uid, pin: managersPin }).strict(), z.object({ entries: count }), {
    touches: 'world',
    may: 'manager',
  }),
} as const;
