import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { amountSchema, count, id, timeMs } from '../kernel/scalars.ts';
import { cellLines } from '../ledger/cells.ts';
import { entryStateSchema } from '../ledger/facts.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';

const who = z.string().max(180);
const tender = z.string().max(MAX_TENDER_LENGTH);
const drawer = z.enum(['own', 'elsewhere']);

/** Entries that a report lists one by one; the sums hold all of them. */
export const MOST_LISTED = 2_000;
export const MOST_TAKEN_UP = 2_000;
export const MOST_AFTER_PAPER = 500;
export const MOST_TENDER_CHANGES = 500;
export const MOST_MOVES = 500;
/** Ways to pay that a report tells apart: a shop may change its own ones while a shift is open. */
export const MOST_SHIFT_TENDERS = 200;

/** Money that came into the drawer or left it beside the top-ups. */
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

/** Pieces of each denomination; the sum of cash is theirs. Other tenders are told as a sum; one that is not named was not counted. */
export const shiftCountSchema = z
  .object({
    pieces: z.array(z.object({ value: amountSchema, pieces: count.max(100_000) }).strict()).max(40),
    tenders: z.array(z.object({ tender, sum: amountSchema }).strict()).max(10),
  })
  .strict();
export type ShiftCount = z.infer<typeof shiftCountSchema>;

/** What a report's cells tell; absent in those of before 2026-11-29, whose cells are of all that was entered. */
export const CELL_VERSION = 2;

/**
 * One cell of a shift (`cells.ts`): what one cashier took by one tender and that stands in one state. Principal, bonus and
 * points with their sign: a reversal's are below nought. Those of earlier shifts' entries have no cashier.
 */
export const shiftCellSchema = z.object({
  line: z.enum(cellLines).optional(),
  shift: count.optional(),
  cashier: who,
  /** Says who it is, whatever they are called; null where nobody is set up, and in Zs from before persons had ids there. */
  personId: id.nullable().default(null),
  /** Null: nobody was asked, or the money was never in this drawer (a correction, a receipt from before). */
  tender: tender.nullable(),
  state: entryStateSchema,
  isReversal: z.boolean(),
  entries: count,
  principal: amountSchema,
  bonus: amountSchema,
  points: amountSchema,
});
export type ShiftCell = z.infer<typeof shiftCellSchema>;

/** What was entered before the first shift of a till was opened, as it stood then; nobody is told apart. */
export const cellsBeforeSchema = z.array(shiftCellSchema).max(5_000);

export const shiftEntrySchema = z.object({
  id,
  reference: z.string().max(12),
  atMs: timeMs,
  memberName: z.string().max(200),
  cashier: who,
  principal: amountSchema,
  bonus: amountSchema,
  /** Absent in reports of before cells told their line, as the line is. */
  points: amountSchema.optional(),
  line: z.enum(cellLines).optional(),
  tender: tender.nullable(),
  state: entryStateSchema,
});
export type ShiftEntry = z.infer<typeof shiftEntrySchema>;

export const lateEntrySchema = shiftEntrySchema.extend({
  /** The shift whose Z told of it. */
  shift: count,
  was: entryStateSchema,
  /** Null: it is not settled yet, and the next Z tells of it again. */
  settledAtMs: timeMs.nullable(),
});
export type LateEntry = z.infer<typeof lateEntrySchema>;

/** An entry that a receipt brought here, and the one that it was: till and number on the paper, and that till's ids. */
export const takenUpEntrySchema = shiftEntrySchema.extend({
  original: z.object({
    till: z.string().max(120),
    reference: z.string().max(12),
    /** Null on a paper from before tills had them. */
    tillId: z.string().max(16).nullable(),
    epoch: z.string().max(16).nullable(),
  }),
});
export type TakenUpEntry = z.infer<typeof takenUpEntrySchema>;

/**
 * An entry that was paid otherwise than was entered: from the way that it had first in the shift to the one that it has, and
 * by whom it was changed last.
 */
export const tenderChangeSchema = z.object({
  /** The entry's. */
  id,
  reference: z.string().max(12),
  atMs: timeMs,
  who,
  approvedBy: who.nullable(),
  /** Null: nobody was asked. */
  was: tender.nullable(),
  now: tender,
  principal: amountSchema,
  /** How often it was changed, where more than once. */
  times: count.min(2).optional(),
});
export type TenderChange = z.infer<typeof tenderChangeSchema>;

/** By tender: what is to be there, and what was counted. Null where it is not told (blind) or was not counted. */
export const shiftTenderSchema = z.object({
  tender: tender.nullable(),
  /** Done + waiting + checking + review of top-ups, principal only; what was refused or cancelled was given back. */
  taken: amountSchema.nullable(),
  /** Of that, by state; adds up to `taken`. */
  done: amountSchema.nullable(),
  waiting: amountSchema.nullable(),
  checking: amountSchema.nullable(),
  review: amountSchema.nullable(),
  /** Principal that reversals gave back; not below nought. */
  reversed: amountSchema.nullable(),
  /** Principal of earlier shifts' entries that were refused or cancelled in this one; below nought where reversals were. */
  lateGivenBack: amountSchema.nullable(),
  expected: amountSchema.nullable(),
  counted: amountSchema.nullable(),
  variance: amountSchema.nullable(),
});
export type ShiftTender = z.infer<typeof shiftTenderSchema>;

/** An entry that was refused or cancelled after a paper of it was handed out. */
export const afterPaperSchema = shiftEntrySchema.extend({
  /** Who cancelled it; null where KYBIO refused it. */
  by: who.nullable(),
  /** The shift whose Z told of an entry of an earlier one. */
  shift: count.optional(),
});
export type AfterPaper = z.infer<typeof afterPaperSchema>;

/** What a shift that is opened finds: what was counted last in this till's drawer, and what was taken since beside it. */
export const openingSchema = z.object({
  /** Null where nothing was ever counted. */
  counted: amountSchema.nullable(),
  /** The shift that counted it. */
  shift: count.nullable(),
  /** Cash of shifts since whose drawer was elsewhere, which nobody counted here. */
  uncounted: amountSchema,
});
export type ShiftOpening = z.infer<typeof openingSchema>;

export const clockSetBackSchema = z.object({ beforeMs: timeMs, nowMs: timeMs });

export const shiftDrillSchema = z.object({ atMs: timeMs, who, passed: z.boolean() });

/** Made, never typed: 8 bytes, hex. */
const madeId = z.string().regex(/^[0-9a-f]{16}$/);

/** An X report of the shift that is open, or the Z report of one that was closed, as it was frozen then. */
export const shiftReportSchema = z.object({
  /** Of this report and no other; a file of it that is read twice counts once. */
  id,
  kind: z.enum(['x', 'z']),
  number: count.min(1),
  till: z.string().max(120),
  /** Which till it is, whatever it is called, and on which part of its way. Null in reports of versions before. */
  tillId: madeId.nullable().default(null),
  epoch: madeId.nullable().default(null),
  /** Which till of its account it was, of how many; absent in those of versions before. */
  tillNumber: z.number().int().min(1).optional(),
  tillCount: z.number().int().min(1).optional(),
  currency: z.string().length(3),
  storeTimeZone: z.string().max(60),
  businessDay: daySchema,
  isPractice: z.boolean(),
  openedAtMs: timeMs,
  openedBy: who,
  closedAtMs: timeMs.nullable(),
  closedBy: who.nullable(),
  approvedBy: who.nullable(),
  /** When the figures were reckoned: of a Z, when the count that it closed with was committed. What came later is the next shift's. */
  atMs: timeMs,
  /** Where the clock was set back since it was opened, both times. */
  clockBack: clockSetBackSchema.nullable(),
  /** When a backup was put back while it was open. */
  restoredAtMs: z.array(timeMs).max(20),
  /** The journal's key was lost since, and the shift went on from a copy of which nothing is proven. */
  isFromCopy: z.boolean(),
  fromSequence: count,
  /** Below `fromSequence` where nothing was entered. */
  toSequence: count,
  drawer,
  float: amountSchema,
  /** Absent in reports of formats before 4, of shifts that were opened then, and where blind. */
  opening: openingSchema.optional(),
  moves: z.array(cashMoveSchema).max(MOST_MOVES),
  /** What would tell the cash is left out (cells, entries and hours of it): the count is blind, and was not committed yet. */
  isBlind: z.boolean(),
  cellVersion: z.literal(CELL_VERSION).optional(),
  cells: z.array(shiftCellSchema).max(5_000),
  /** The first shift's alone: absent where nothing was there before it, and in reports of versions before. */
  before: cellsBeforeSchema.optional(),
  tenders: z.array(shiftTenderSchema).max(MOST_SHIFT_TENDERS),
  /** Of what was taken, less what was reversed and what was given back late; before cells told their line, of all entries. */
  bonus: amountSchema,
  points: amountSchema,
  /** From the hour at which the business day begins; principal taken, less what was reversed. Empty where blind. */
  hours: z.array(z.object({ hour: count.max(23), entries: count, principal: amountSchema })).max(24),
  unsettled: z.array(shiftEntrySchema).max(MOST_LISTED),
  /** Entries that an earlier Z told as unsettled, and what became of each. */
  late: z.array(lateEntrySchema).max(MOST_LISTED),
  /** Entries of this shift that receipts brought here, as many as there is room for; absent where there are none. */
  takenUp: z.array(takenUpEntrySchema).max(MOST_TAKEN_UP).optional(),
  /** As many as there is room for. Absent in reports of formats before 4, whose cells say nothing of papers and of the drawer's openings. */
  afterPaper: z.array(afterPaperSchema).max(MOST_AFTER_PAPER).optional(),
  /**
   * How many there were, and the entries; those that have their first way again come last. A blind one lists none from or to
   * cash. Absent in reports of before.
   */
  tenderChanges: z.object({ count, listed: z.array(tenderChangeSchema).max(MOST_TENDER_CHANGES) }).optional(),
  /** Unsettled, late and taken up ones, and those that were given back after a paper, beyond those that are listed. */
  unlisted: count,
  counts: z.array(z.object({ count: shiftCountSchema, who, atMs: timeMs })).max(3),
  reason: z.string().max(200).nullable(),
  drill: shiftDrillSchema.nullable(),
});
export type ShiftReport = z.infer<typeof shiftReportSchema>;

export const shiftSummarySchema = z.object({
  number: count,
  businessDay: daySchema,
  openedAtMs: timeMs,
  closedAtMs: timeMs,
  closedBy: who,
  entries: count,
  /** Principal of all tenders, less what was reversed and what was given back late. */
  taken: amountSchema,
  variance: amountSchema.nullable(),
});
