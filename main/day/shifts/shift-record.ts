import { z } from 'zod';
import {
  amountSchema,
  cashMoveSchema,
  cellLines,
  cellsBeforeSchema,
  clockSetBackSchema,
  daySchema,
  entryStateSchema,
  openingSchema,
  shiftDrillSchema,
  shiftReportSchema,
} from '../../../preload/contract/index.ts';

const count = z.number().int().nonnegative();
const timeMs = count;

/** An entry that a Z told of as unsettled, until one tells what became of it. */
export const trackedSchema = z.object({
  sequence: count,
  shift: count,
  was: entryStateSchema,
  /** By which it counted there. */
  tender: z.string().nullable(),
  /** Whose money that Z told it as; absent in notes from before. */
  line: z.enum(cellLines).optional(),
});
export type Tracked = z.infer<typeof trackedSchema>;

/** What a committed count has frozen: the report as it will be closed, and what the next ones have to follow. */
const countedSchema = z.object({
  report: shiftReportSchema,
  tracked: z.array(trackedSchema),
  next: z.enum(['close', 'recount', 'reason']),
  /** Where the journal ended by then; absent in notes from before openings of the drawer were told. */
  row: count.optional(),
  /** Whom the till knows who made it, by the id that stays where a name is changed. Absent in notes from before. */
  countedById: z.string().min(1).max(40).nullable().optional(),
});
export type Counted = z.infer<typeof countedSchema>;

export const openShiftSchema = z.object({
  /** Of its Z. */
  id: z.string().min(1).max(40),
  number: z.number().int().positive(),
  fromSequence: count,
  openedAtMs: timeMs,
  openedBy: z.string(),
  /** Where the journal ended by then. */
  openedAtRow: count,
  businessDay: daySchema,
  float: amountSchema,
  /** What it found when it was opened; absent where that was before openings were told. */
  opening: openingSchema.optional(),
  drawer: z.enum(['own', 'elsewhere']),
  moves: z.array(cashMoveSchema),
  /** The latest moment at which anything was done to it. */
  newestMs: timeMs,
  clockBack: clockSetBackSchema.nullable(),
  isCounting: z.boolean(),
  /** Null until a count is committed; then of the last one. */
  counted: countedSchema.nullable(),
  drill: shiftDrillSchema.nullable(),
  isFromCopy: z.boolean(),
  /** What was entered before the first shift, as it stood when that was opened; absent of every other. */
  before: cellsBeforeSchema.optional(),
});
export type OpenShift = z.infer<typeof openShiftSchema>;

/** All that is kept of shifts beside their Zs; a note of the journal has the whole of it each time. */
export const shiftRecordSchema = z.object({
  version: z.literal(1),
  /** Whose they are. */
  till: z.string(),
  lastClosed: count,
  /** Entries up to this sequence belong to shifts that are closed, or were there before the first. */
  lastTo: count,
  /** When the figures of the last Z were reckoned. */
  lastAtMs: timeMs,
  lastCounted: amountSchema.nullable(),
  /** Where the journal ended by then: what the drawer is opened for after it is the next shift's. Absent as above. */
  lastRow: count.optional(),
  /** What the next shift finds. */
  opening: openingSchema.optional(),
  tracked: z.array(trackedSchema),
  open: openShiftSchema.nullable(),
});
export type ShiftRecord = z.infer<typeof shiftRecordSchema>;

/** The same where the count cannot be read that an open shift is to be closed with: it is counted once more. */
export const uncountedRecordSchema = shiftRecordSchema.extend({
  open: openShiftSchema.extend({ counted: z.unknown().transform(() => null) }).nullable(),
});

/** A Z as its note has it. */
export const zNoteSchema = z.object({
  version: z.literal(1),
  report: shiftReportSchema,
});
export type ZNote = z.infer<typeof zNoteSchema>;

/** What a Z has to say also where this program cannot read the rest: which it is, whose, and how far it went. */
export const zBoundsSchema = z.object({
  report: shiftReportSchema.pick({ number: true, till: true, toSequence: true, atMs: true }),
});
