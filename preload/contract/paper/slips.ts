import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { managersPin } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';

/**
 * What became of a receipt that was scanned. `copy`: a copy of this till printed it, and sending stops until a manager
 * says which of the two goes on. Of one that says *confirmed*, of an entry that is known: it is held for a
 * manager and never sent, kept beside an entry that is on its way, or differs from how the entry was settled.
 */
export const receiptCodeOutcomes = [
  'taken-up',
  'known',
  'other-till',
  'copy',
  'held-back',
  'kept-beside',
  'differs',
] as const;

export const scannedReceiptCodeSchema = z.object({
  /** `taken-up`: it was not known, and waits for a manager now. `other-till`: nothing was done. */
  outcome: z.enum(receiptCodeOutcomes),
  /** The till's name on the receipt, and the entry's reference there. */
  till: z.string().max(100),
  reference: z.string().max(12),
  /** Whose paper it is, to be said back as `lostTill` where a manager says that this till is lost. */
  lostKey: z.string().max(100),
  /** KYBIO had confirmed it when it was printed. */
  isConfirmed: z.boolean(),
  /** As this till has it now; null where it has none. */
  entry: entrySchema.nullable(),
});
export type ScannedReceiptCode = z.infer<typeof scannedReceiptCodeSchema>;

export const slips = {
  /** Takes up what a receipt tells of and this till does not know, to be reviewed; nothing is sent. */
  scan: channel(
    z
      .object({
        pin: managersPin,
        /** With a long name for a way to pay it has 340 characters. */
        text: z.string().max(400),
        /** The key of a till of the shop whose disk is dead: what its receipts tell of is taken up here. */
        lostTill: z.string().max(100).optional(),
      })
      .strict(),
    scannedReceiptCodeSchema,
    { touches: 'world', may: 'manager' },
  ),
} as const;
