import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { amountSchema, count, id, timeMs } from '../kernel/scalars.ts';
import { cellLines } from '../ledger/cells.ts';
import { entryStateSchema } from '../ledger/facts.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';

const who = z.string().max(180);
const tender = z.string().max(MAX_TENDER_LENGTH);
const drawer = z.enum(['own', 'elsewhere']);

/** Limits of the lists; the sums cover all entries. */
export const MOST_LISTED = 2_000;
export const MOST_IMPORTED = 2_000;
export const MOST_AFTER_PAPER = 500;
export const MOST_TENDER_CHANGES = 500;
export const MOST_MOVES = 500;
/** A shop may redefine its tenders while a shift is open. */
export const MOST_SHIFT_TENDERS = 200;

/** Cash paid in or out, other than by top-ups. */
export const cashMoveSchema = z.object({
  id,
  kind: z.enum(['paid-in', 'paid-out']),
  amount: amountSchema,
  reason: z.string().min(1).max(120),
  who,
  approvedBy: who.nullable(),
  atMs: timeMs,
});
export type CashMove = z.infer<typeof cashMoveSchema>;

/** Cash by denomination, other tenders as a sum; one that is missing was not counted. */
export const shiftCountSchema = z
  .object({
    pieces: z.array(z.object({ value: amountSchema, pieces: count.max(100_000) }).strict()).max(40),
    tenders: z.array(z.object({ tender, sum: amountSchema }).strict()).max(10),
  })
  .strict();
export type ShiftCount = z.infer<typeof shiftCountSchema>;

/**
 * A cell of a shift (`cells.ts`): one cashier, tender and state. Sums are signed: a reversal's are negative.
 * Earlier shifts' entries have no cashier.
 */
export const shiftCellSchema = z.object({
  line: z.enum(cellLines),
  shift: count.optional(),
  cashier: who,
  /** Identifies the person; null where people are not set up. */
  personId: id.nullable(),
  /** Null: no tender was asked, or the money was never in this drawer (another till's receipt). */
  tender: tender.nullable(),
  state: entryStateSchema,
  isReversal: z.boolean(),
  entries: count,
  principal: amountSchema,
  bonus: amountSchema,
  points: amountSchema,
});
export type ShiftCell = z.infer<typeof shiftCellSchema>;

/** Entered before the till's first shift, as of its opening; without cashiers. */
export const cellsBeforeSchema = z.array(shiftCellSchema).max(5_000);

export const shiftEntrySchema = z.object({
  id,
  reference: z.string().max(12),
  atMs: timeMs,
  memberName: z.string().max(200),
  cashier: who,
  principal: amountSchema,
  bonus: amountSchema,
  points: amountSchema,
  line: z.enum(cellLines),
  tender: tender.nullable(),
  state: entryStateSchema,
});
export type ShiftEntry = z.infer<typeof shiftEntrySchema>;

export const lateEntrySchema = shiftEntrySchema.extend({
  /** The shift whose Z listed it. */
  shift: count,
  was: entryStateSchema,
  /** Null: still open, and listed again in the next Z. */
  settledAtMs: timeMs.nullable(),
});
export type LateEntry = z.infer<typeof lateEntrySchema>;

/** An entry imported from a receipt, with the original's till, number and ids. */
export const importedEntrySchema = shiftEntrySchema.extend({
  original: z.object({
    till: z.string().max(120),
    reference: z.string().max(12),
    tillId: z.string().max(16),
    epoch: z.string().max(16),
  }),
});
export type ImportedEntry = z.infer<typeof importedEntrySchema>;

/** An entry whose tender was changed: from the first one in this shift to the current one, and who changed it last. */
export const tenderChangeSchema = z.object({
  /** The entry's. */
  id,
  reference: z.string().max(12),
  atMs: timeMs,
  who,
  approvedBy: who.nullable(),
  /** Null: no tender was asked. */
  was: tender.nullable(),
  now: tender,
  principal: amountSchema,
  /** Absent for one change. */
  times: count.min(2).optional(),
});

/** Expected and counted by tender; null where hidden (blind) or not counted. */
export const shiftTenderSchema = z.object({
  tender: tender.nullable(),
  /** Principal of top-ups, done + waiting + checking + review; refused and cancelled ones were refunded. */
  taken: amountSchema.nullable(),
  /** Parts of `taken`, by state. */
  done: amountSchema.nullable(),
  waiting: amountSchema.nullable(),
  checking: amountSchema.nullable(),
  review: amountSchema.nullable(),
  /** Refunded principal, never negative. */
  reversed: amountSchema.nullable(),
  /** Principal of earlier shifts' entries refused or cancelled in this one; negative for reversals. */
  lateGivenBack: amountSchema.nullable(),
  expected: amountSchema.nullable(),
  counted: amountSchema.nullable(),
  variance: amountSchema.nullable(),
});
export type ShiftTender = z.infer<typeof shiftTenderSchema>;

/** An entry refused or cancelled after its receipt was handed out. */
export const afterPaperSchema = shiftEntrySchema.extend({
  /** Null where KYBIO refused it. */
  by: who.nullable(),
  /** The shift whose Z listed it, for an earlier one's entry. */
  shift: count.optional(),
});
export type AfterPaper = z.infer<typeof afterPaperSchema>;

/** What the drawer has when a shift is opened. */
export const openingSchema = z.object({
  /** The last count; null where nothing was ever counted. */
  counted: amountSchema.nullable(),
  /** The shift of that count. */
  shift: count.nullable(),
  /** Cash since then of shifts whose drawer was elsewhere. */
  uncounted: amountSchema,
});
export type ShiftOpening = z.infer<typeof openingSchema>;

/** How many entries are at KYBIO by what says so, and how many are not yet; refused and cancelled ones count in none. */
const arrivedSchema = z.object({ byReply: count, byEvidence: count, byManager: count, notYet: count });

export const clockRollbackSchema = z.object({ beforeMs: timeMs, nowMs: timeMs });

/** 8 bytes, hex. */
const madeId = z.string().regex(/^[0-9a-f]{16}$/);

/** An X of the open shift, or a closed one's Z as it was frozen. */
export const shiftReportSchema = z.object({
  /** A file read twice counts once by it. */
  id,
  kind: z.enum(['x', 'z']),
  number: count.min(1),
  till: z.string().max(120),
  /** The till whatever its name, and its epoch; null where the journal's key is lost. */
  tillId: madeId.nullable(),
  epoch: madeId.nullable(),
  /** The till's number and how many there are in its account. */
  tillNumber: z.number().int().min(1),
  tillCount: z.number().int().min(1),
  currency: z.string().length(3),
  storeTimeZone: z.string().max(60),
  businessDay: daySchema,
  isPractice: z.boolean(),
  openedAtMs: timeMs,
  openedBy: who,
  closedAtMs: timeMs.nullable(),
  closedBy: who.nullable(),
  approvedBy: who.nullable(),
  /** When the figures were computed; for a Z the commit of its final count, later entries being the next shift's. */
  atMs: timeMs,
  /** The largest clock skew since the opening. */
  clockBack: clockRollbackSchema.nullable(),
  /** Restores while it was open. */
  restoredAtMs: z.array(timeMs).max(20),
  /** The journal key was lost, and the shift continued from a copy that nothing proves. */
  isFromCopy: z.boolean(),
  fromSequence: count,
  /** Below `fromSequence` where nothing was entered. */
  toSequence: count,
  drawer,
  float: amountSchema,
  /** Absent where blind. */
  opening: openingSchema.optional(),
  moves: z.array(cashMoveSchema).max(MOST_MOVES),
  /** Cells, entries and hours that would disclose cash are left out: the blind count is not committed. */
  isBlind: z.boolean(),
  cells: z.array(shiftCellSchema).max(5_000),
  /** Only in a first shift with earlier entries. */
  before: cellsBeforeSchema.optional(),
  tenders: z.array(shiftTenderSchema).max(MOST_SHIFT_TENDERS),
  /** Net of reversals and late refunds. */
  bonus: amountSchema,
  points: amountSchema,
  /** In order of the business day; principal less reversed. Empty where blind. */
  hours: z.array(z.object({ hour: count.max(23), entries: count, principal: amountSchema })).max(24),
  unsettled: z.array(shiftEntrySchema).max(MOST_LISTED),
  /** How the entries of this shift stood when the report was made. */
  arrived: arrivedSchema,
  /** Earlier Zs' unsettled entries, and what became of them. */
  late: z.array(lateEntrySchema).max(MOST_LISTED),
  /** Imported from receipts, as many as fit; absent where there are none. */
  takenUp: z.array(importedEntrySchema).max(MOST_IMPORTED).optional(),
  /** As many as fit. */
  afterPaper: z.array(afterPaperSchema).max(MOST_AFTER_PAPER),
  /** Entries back at their first tender come last. A blind report lists none from or to cash. */
  tenderChanges: z.object({ count, listed: z.array(tenderChangeSchema).max(MOST_TENDER_CHANGES) }),
  /** Entries beyond the limits of the four lists. */
  unlisted: count,
  /** Null before the count, and where the drawer was counted elsewhere. */
  counted: z.object({ count: shiftCountSchema, who, atMs: timeMs }).nullable(),
  reason: z.string().max(200).nullable(),
});
export type ShiftReport = z.infer<typeof shiftReportSchema>;

export const shiftSummarySchema = z.object({
  number: count,
  businessDay: daySchema,
  openedAtMs: timeMs,
  closedAtMs: timeMs,
  closedBy: who,
  entries: count,
  /** Principal of all tenders, less reversed and refunded late. */
  taken: amountSchema,
  variance: amountSchema.nullable(),
});
