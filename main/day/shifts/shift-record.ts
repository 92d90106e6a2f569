import { z } from 'zod';
import {
  amountSchema,
  cashMoveSchema,
  cellLines,
  cellsBeforeSchema,
  clockRollbackSchema,
  daySchema,
  entryStateSchema,
  openingSchema,
  shiftReportSchema,
} from '../../../preload/contract/index.ts';

const count = z.number().int().nonnegative();
const timeMs = count;

/** An entry that a Z listed as unsettled, until a later one has its settlement. */
export const trackedSchema = z.object({
  sequence: count,
  shift: count,
  was: entryStateSchema,
  /** By which it counted there. */
  tender: z.string().nullable(),
  /** Its line in that Z. */
  line: z.enum(cellLines),
});
export type Tracked = z.infer<typeof trackedSchema>;

/** What a committed count froze: the report to close with, and what to follow up. */
const countedSchema = z.object({
  report: shiftReportSchema,
  tracked: z.array(trackedSchema),
  next: z.enum(['close', 'reason']),
  /** The journal's last row then. */
  row: count,
  /** The person who counted, by id. */
  countedById: z.string().min(1).max(40).nullable(),
});
export type Counted = z.infer<typeof countedSchema>;

export const openShiftSchema = z.object({
  /** Becomes its Z's. */
  id: z.string().min(1).max(40),
  number: z.number().int().positive(),
  fromSequence: count,
  openedAtMs: timeMs,
  openedBy: z.string(),
  /** The journal's last row then. */
  openedAtRow: count,
  businessDay: daySchema,
  float: amountSchema,
  /** What the drawer had at the opening. */
  opening: openingSchema,
  drawer: z.enum(['own', 'elsewhere']),
  moves: z.array(cashMoveSchema),
  /** The latest time of anything done to it. */
  newestMs: timeMs,
  clockBack: clockRollbackSchema.nullable(),
  isCounting: z.boolean(),
  /** The committed count; null before it. */
  counted: countedSchema.nullable(),
  isFromCopy: z.boolean(),
  /** Entered before the first shift, as of its opening; absent in all others. */
  before: cellsBeforeSchema.optional(),
});
export type OpenShift = z.infer<typeof openShiftSchema>;

/** All that is stored of shifts besides their Zs; each note in the journal has it whole. */
export const shiftRecordSchema = z.object({
  version: z.literal(1),
  lastClosed: count,
  /** Entries up to here belong to closed shifts, or were there before the first. */
  lastTo: count,
  /** When the last Z's figures were computed. */
  lastAtMs: timeMs,
  lastCounted: amountSchema.nullable(),
  /** The journal's last row then: later openings of the drawer belong to the next shift. Null before the first Z. */
  lastRow: count.nullable(),
  /** What the next shift finds. */
  opening: openingSchema,
  tracked: z.array(trackedSchema),
  open: openShiftSchema.nullable(),
});
export type ShiftRecord = z.infer<typeof shiftRecordSchema>;

export const zNoteSchema = z.object({
  version: z.literal(1),
  report: shiftReportSchema,
});
export type ZNote = z.infer<typeof zNoteSchema>;

/** The least that a Z must say where the rest cannot be read: its number and range. */
export const zBoundsSchema = z.object({
  report: shiftReportSchema.pick({ number: true, toSequence: true, atMs: true }),
});
