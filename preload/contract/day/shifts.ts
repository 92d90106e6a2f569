import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { channel } from '../kernel/channel.ts';
import { amountSchema, approval, count, done, id, managersPin, nothing, timeMs } from '../kernel/scalars.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';
import {
  cellsBeforeSchema,
  MOST_LISTED,
  MOST_SHIFT_TENDERS,
  openingSchema,
  shiftCountSchema,
  shiftEntrySchema,
  shiftReportSchema,
  shiftSummarySchema,
} from './shift-report.ts';

const who = z.string().max(120);
const tender = z.string().max(MAX_TENDER_LENGTH);
const drawer = z.enum(['own', 'elsewhere']);

/** What proves an entry at KYBIO. `moved`: the reply's after − before is the increment. `by-evidence`: confirmed without such a reply. */
export const proofStatuses = [
  'moved',
  'by-evidence',
  'waiting',
  'checking',
  'review',
  'given-back',
  'differs',
] as const;
const proofStatusSchema = z.enum(proofStatuses);
export type ProofStatus = z.infer<typeof proofStatusSchema>;

/** Each cent of a shift, by what proves it, as things stand now. */
export const shiftProofSchema = z.object({
  number: count,
  atMs: timeMs,
  /** Of cash: as the Z has it, or as it is to be in the open one. */
  drawer: z.object({
    expected: amountSchema.nullable(),
    counted: amountSchema.nullable(),
    variance: amountSchema.nullable(),
  }),
  /** Of all entries but those that were given back, and sums of what was sold (`cells.ts`); `principal` and `bonus` are what KYBIO's other statuses add up to. */
  journal: z.object({
    entries: count,
    proven: count,
    principal: amountSchema,
    bonus: amountSchema,
    /** References of entries that the journal does not vouch for, given back or not. */
    notProven: z.array(z.string().max(12)).max(200),
  }),
  kybio: z
    .array(
      z.object({ status: proofStatusSchema, entries: count, principal: amountSchema, bonus: amountSchema }),
    )
    .max(proofStatuses.length),
  /** As many as there is room for, those first that are to be looked at; the sums hold all. */
  rows: z
    .array(
      shiftEntrySchema.extend({
        status: proofStatusSchema,
        before: amountSchema.nullable(),
        after: amountSchema.nullable(),
        isProven: z.boolean(),
      }),
    )
    .max(MOST_LISTED),
  /** How many of them are not in `rows`. */
  unlisted: count,
});
export type ShiftProof = z.infer<typeof shiftProofSchema>;

/** What a committed count came to. `recount`: once. `reason`: a reason and a manager. */
export const countOutcomeSchema = z.object({
  next: z.enum(['close', 'recount', 'reason']),
  variances: z
    .array(z.object({ tender, expected: amountSchema, counted: amountSchema, variance: amountSchema }))
    .max(MOST_SHIFT_TENDERS),
});
export type CountOutcome = z.infer<typeof countOutcomeSchema>;

export const shiftTopics = {
  shift: z.object({
    /** The day of business that it is now. */
    today: z.string().max(10),
    /** Shifts were ever opened here; before that the till says nothing of them. */
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
        /** What somebody typed of the count before it was committed: so a power cut loses nothing. */
        countSoFar: shiftCountSchema.nullable(),
        /** Null before a count was committed. Until a recount is committed it is that of the first, blind without cash. */
        outcome: countOutcomeSchema.nullable(),
      })
      .nullable(),
    /** The till whose shift is open in these records, where that is another one: nothing is done to it here. */
    otherTill: z.string().max(120).nullable(),
    /** Entered since the last close, while no shift is open: they count in the next. */
    enteredOutside: count,
    lastClosed: count,
    /** What whoever opens the next one finds. */
    opening: openingSchema,
  }),
} as const;

const ofNumber = z.object({ number: count.nullable() }).strict();
const saved = z.object({ saved: z.boolean() });

export const shifts = {
  /** With the drawer elsewhere, and with another float than was counted last, a guarded act. */
  open: channel(
    z.object({ float: amountSchema, drawer, approval: approval.optional() }).strict(),
    z.object({ number: count }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** What was entered before the first shift, which none counts: told before it is opened. Null where there is nothing, or one was. */
  before: channel(nothing, z.object({ before: cellsBeforeSchema.nullable() }), {
    touches: 'world',
    may: 'signed-in',
  }),
  /** Paid-out is a guarded act; paid-in anybody's. The same request id moves once. */
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
  /** Of the open shift (null), or a closed one. That of the open one is blind where the policy says so and no count was committed. */
  report: channel(ofNumber, z.object({ report: shiftReportSchema }), { touches: 'world', may: 'signed-in' }),
  /** Of the open shift, all of it, for a manager; never while somebody counts. */
  wholeReport: channel(z.object({ pin: managersPin }).strict(), z.object({ report: shiftReportSchema }), {
    touches: 'world',
    may: 'manager',
  }),
  /** For a manager; of the open one never while somebody counts. */
  proof: channel(
    z.object({ number: count.nullable(), pin: managersPin }).strict(),
    z.object({ proof: shiftProofSchema }),
    { touches: 'world', may: 'manager' },
  ),
  beginCount: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** Back to selling, as long as nothing was committed. */
  leaveCount: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  keepCount: channel(z.object({ count: shiftCountSchema }).strict(), done, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** For good. What is to be there is told from here on. */
  commitCount: channel(z.object({ count: shiftCountSchema }).strict(), done, {
    touches: 'world',
    may: 'signed-in',
  }),
  /**
   * Where the count is over the limit it takes a reason and a manager: `pin` is a manager's own, who is not whoever counted
   * where there is another one, or the till's where nobody is set up. Not looked at otherwise.
   */
  close: channel(
    z.object({ reason: z.string().max(200).nullable(), pin: managersPin }).strict(),
    z.object({ number: count }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Newest first; `before` is the number of the last one that was told. `unread`: numbers of those that cannot be read. */
  closed: channel(
    z.object({ before: count.nullable() }).strict(),
    z.object({
      reports: z.array(shiftSummarySchema).max(50),
      unread: z.array(count).max(50),
      isMore: z.boolean(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** To paper, as `report` has it. The answer does not wait for it. */
  print: channel(ofNumber, done, { touches: 'computer', may: 'signed-in' }),
  savePdf: channel(ofNumber, saved, { touches: 'computer', may: 'signed-in' }),
  saveCsv: channel(ofNumber, saved, { touches: 'computer', may: 'signed-in' }),
  /** The Z as a file that the owner's view of another till reads, sealed by the App key. */
  saveFile: channel(z.object({ number: count }).strict(), saved, { touches: 'computer', may: 'signed-in' }),
} as const;
