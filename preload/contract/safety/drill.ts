import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, id, nothing, timeMs } from '../kernel/scalars.ts';
import { entryStateSchema } from '../ledger/facts.ts';

/** Steps of an outage drill in order; at `end` the result is shown. */
export const drillSteps = ['unplug', 'first', 'second', 'plug', 'checking', 'review', 'end'] as const;
export const drillStepSchema = z.enum(drillSteps);
export type DrillStep = z.infer<typeof drillStepSchema>;

/**
 * Deviations. `early`: the plug went in before two entries waited. `notLost`: the target was refused or cancelled.
 * `unplugged`: nothing can be read. `others`: the target is decided, another entry is not.
 */
export const drillHints = ['early', 'notLost', 'unplugged', 'others'] as const;
export const drillHintSchema = z.enum(drillHints);
export type DrillHint = z.infer<typeof drillHintSchema>;

/** Why a completed drill was not passed. */
export const drillFaults = ['missing', 'doubled', 'again'] as const;
export const drillFaultSchema = z.enum(drillFaults);
export type DrillFault = z.infer<typeof drillFaultSchema>;

/** An entry, and how often the practice store's ledger has it. */
export const drillRowSchema = z.object({
  reference: z.string().max(12),
  memberName: z.string().max(200),
  amount: amountSchema,
  state: entryStateSchema,
  credited: count,
  fits: z.boolean(),
});
export type DrillRow = z.infer<typeof drillRowSchema>;

export const drillResultSchema = z.object({
  id,
  atMs: timeMs,
  who: z.string().max(100),
  passed: z.boolean(),
  /** The step at which it was left; null where it was completed. */
  gaveUpAt: drillStepSchema.nullable(),
  tookMs: count,
  faults: z.array(drillFaultSchema).max(drillFaults.length),
  /** The till's sum, and the ledger's. */
  done: amountSchema,
  credited: amountSchema,
  /** The oldest ones; the sums cover all. */
  rows: z.array(drillRowSchema).max(40),
});
export type DrillResult = z.infer<typeof drillResultSchema>;

export const drillTopics = {
  /** The drill in the practice store; null while there is none. */
  drill: z
    .object({
      step: drillStepSchema,
      hint: drillHintSchema.nullable(),
      /** The entry whose reply was lost. */
      lostId: id.nullable(),
      /** Begun at the live till, which it returns to. */
      isFromLive: z.boolean(),
      /** A live till exists, whose report can have the result. */
      canReport: z.boolean(),
      result: drillResultSchema.nullable(),
    })
    .nullable(),
} as const;

export const drill = {
  /** Opens the practice store if needed; the live till's entries stay as they are. */
  start: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** Leaves the drill, or its result. */
  leave: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** Puts the result into the live till's next report. Only at `end`. */
  report: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
} as const;
