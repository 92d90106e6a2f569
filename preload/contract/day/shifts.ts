import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { channel } from '../kernel/channel.ts';
import { amountSchema, approval, count, done, id, managersPin, nothing, timeMs } from '../kernel/scalars.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';
import { fileWordsSchema } from './file-words.ts';
import {
  cellsBeforeSchema,
  MOST_SHIFT_TENDERS,
  openingSchema,
  shiftCountSchema,
  shiftReportSchema,
  shiftSummarySchema,
} from './shift-report.ts';

const who = z.string().max(120);
const tender = z.string().max(MAX_TENDER_LENGTH);
const drawer = z.enum(['own', 'elsewhere']);

/** `reason` needs a reason and a manager. */
export const countOutcomeSchema = z.object({
  next: z.enum(['close', 'reason']),
  variances: z
    .array(z.object({ tender, expected: amountSchema, counted: amountSchema, variance: amountSchema }))
    .max(MOST_SHIFT_TENDERS),
});
export type CountOutcome = z.infer<typeof countOutcomeSchema>;

export const shiftTopics = {
  shift: z.object({
    /** The current business day. */
    today: z.string().max(10),
    /** A shift was opened here at some time. */
    isUsed: z.boolean(),
    open: z
      .object({
        number: count,
        openedAtMs: timeMs,
        openedBy: who,
        businessDay: daySchema,
        float: amountSchema,
        drawer,
        isSinceYesterday: z.boolean(),
        stage: z.enum(['open', 'counting', 'counted']),
        /** A count as typed so far: a power cut loses nothing. */
        countSoFar: shiftCountSchema.nullable(),
        /** Null before the count is committed. */
        outcome: countOutcomeSchema.nullable(),
      })
      .nullable(),
    /** Entered with no shift open: they count in the next. */
    enteredOutside: count,
    lastClosed: count,
    /** What the next shift finds. */
    opening: openingSchema,
  }),
} as const;

const ofNumber = z.object({ number: count.nullable() }).strict();
const saved = z.object({ saved: z.boolean() });

export const shifts = {
  /** A guarded act with the drawer elsewhere, or with another float than the last count. */
  open: channel(
    z.object({ float: amountSchema, drawer, approval: approval.optional() }).strict(),
    z.object({ number: count }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Entries before the first shift, shown before it is opened; null where there are none, or a shift was opened. */
  before: channel(nothing, z.object({ before: cellsBeforeSchema.nullable() }), {
    touches: 'world',
    may: 'signed-in',
  }),
  /** Paid-out is a guarded act. The same request id moves once. */
  move: channel(
    z
      .object({
        kind: z.enum(['paid-in', 'paid-out']),
        amount: amountSchema,
        reason: z.string().min(1).max(120),
        requestId: id,
        approval: approval.optional(),
      })
      .strict(),
    done,
    { touches: 'world', may: 'signed-in' },
  ),
  /** The open shift for null; blind until its final count. */
  report: channel(ofNumber, z.object({ report: shiftReportSchema }), { touches: 'world', may: 'signed-in' }),
  /** The open shift with expected cash; refused during a count. */
  wholeReport: channel(z.object({ pin: managersPin }).strict(), z.object({ report: shiftReportSchema }), {
    touches: 'world',
    may: 'manager',
  }),
  beginCount: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** Only before the count is committed. */
  leaveCount: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  keepCount: channel(z.object({ count: shiftCountSchema }).strict(), done, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** Final; expected cash is shown from here on. */
  commitCount: channel(z.object({ count: shiftCountSchema }).strict(), done, {
    touches: 'world',
    may: 'signed-in',
  }),
  /**
   * Above the variance limit it needs a reason and a manager's `pin`: not of whoever counted where there is
   * another manager; the till's PIN where people are not set up. Ignored otherwise.
   */
  close: channel(
    z.object({ reason: z.string().max(200).nullable(), pin: managersPin }).strict(),
    z.object({ number: count }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Newest first; `before` is the last number shown. `unread`: numbers of unreadable ones. */
  closed: channel(
    z.object({ before: count.nullable() }).strict(),
    z.object({
      reports: z.array(shiftSummarySchema).max(50),
      unread: z.array(count).max(50),
      isMore: z.boolean(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Prints what `report` returns, without waiting for the printer. */
  print: channel(ofNumber, done, { touches: 'computer', may: 'signed-in' }),
  savePdf: channel(ofNumber.extend({ words: fileWordsSchema }).strict(), saved, {
    touches: 'computer',
    may: 'signed-in',
  }),
  /** `words` for people; without them every row by its technical name, for programs. */
  saveCsv: channel(ofNumber.extend({ words: fileWordsSchema.optional() }).strict(), saved, {
    touches: 'computer',
    may: 'signed-in',
  }),
  /** The Z for the owner's view of another till, sealed with the App key. */
  saveFile: channel(z.object({ number: count }).strict(), saved, { touches: 'computer', may: 'signed-in' }),
} as const;
