import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, id, nothing, timeMs } from '../kernel/scalars.ts';
import { entryStateSchema } from '../ledger/facts.ts';

/** What whoever practises an outage has to do now, in this order; at the `end` there is only what came of it. */
export const drillSteps = ['unplug', 'first', 'second', 'plug', 'checking', 'review', 'end'] as const;
export const drillStepSchema = z.enum(drillSteps);
export type DrillStep = z.infer<typeof drillStepSchema>;

/**
 * What went otherwise than was wanted. `early`: the plug went in before two waited. `notLost`: the one whose reply was to
 * be lost was refused or cancelled. `unplugged`: nothing can be read without the plug. `others`: that one is decided, and
 * another of the drill is not.
 */
export const drillHints = ['early', 'notLost', 'unplugged', 'others'] as const;
export const drillHintSchema = z.enum(drillHints);
export type DrillHint = z.infer<typeof drillHintSchema>;

/** Why a drill was not passed though it was played to its end. */
export const drillFaults = ['missing', 'doubled', 'again'] as const;
export const drillFaultSchema = z.enum(drillFaults);
export type DrillFault = z.infer<typeof drillFaultSchema>;

/** One entry of the drill: what the till says of it, and how often the practice store's own ledger has it. */
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
  /** Of this drill and no other. */
  id,
  atMs: timeMs,
  who: z.string().max(100),
  passed: z.boolean(),
  /** The step at which somebody left; null where it was played to the end. */
  gaveUpAt: drillStepSchema.nullable(),
  tookMs: count,
  faults: z.array(drillFaultSchema).max(drillFaults.length),
  /** What the till says is done, and what the ledger has of it. */
  done: amountSchema,
  credited: amountSchema,
  /** The oldest; the sums are of all. */
  rows: z.array(drillRowSchema).max(40),
});
export type DrillResult = z.infer<typeof drillResultSchema>;

export const drillTopics = {
  /** The outage drill that is on in the practice store; null where none is. */
  drill: z
    .object({
      step: drillStepSchema,
      hint: drillHintSchema.nullable(),
      /** The entry whose reply was lost, once it was. */
      lostId: id.nullable(),
      /** Begun at the live till, to which it goes back. */
      isFromLive: z.boolean(),
      /** There is a live till, whose next report can tell of it. */
      canReport: z.boolean(),
      result: drillResultSchema.nullable(),
    })
    .nullable(),
} as const;

export const drill = {
  /** From wherever: opens the practice store where it is not open. What waits at the live till stays there. */
  start: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** Gives it up where it stands, or puts away what came of it. */
  leave: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** What came of it is told on the live till's next day report. Once it has ended. */
  report: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
} as const;
