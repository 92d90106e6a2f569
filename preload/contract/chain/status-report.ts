import { z } from 'zod';
import { fileSettingsSchema } from '../counter/settings.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { pauseSchema } from '../sending/sync.ts';
import { reasonsForSomebody, reasonsToLook } from './status-reasons.ts';

/** What `--status` prints, one line of JSON for a monitor: no sum, no member, no secret. A changed shape has another name. */
export const STATUS_FORMAT = 'counterfoil status 1';

const count = z.number().int().nonnegative();
const timeMs = z.number().int();

const headSchema = z.object({
  format: z.literal(STATUS_FORMAT),
  atMs: timeMs,
  /** The program's. */
  version: z.string(),
});

export const statusFactsSchema = z
  .object({
    /** Null where no till was set up. */
    till: z
      .object({
        name: z.string(),
        number: count,
        count,
        /** Null before the first journal row. */
        tillId: z.string().nullable(),
        epoch: z.string().nullable(),
        /** The database's. */
        dataFormat: count,
      })
      .strict()
      .nullable(),
    entries: z
      .object({
        waiting: count,
        checking: count,
        needsReview: count,
        refusedUnseen: count,
        /** The oldest of those waiting or checking. */
        oldestUnsentAtMs: timeMs.nullable(),
      })
      .strict(),
    /** As written, without proof, which `--verify` has. */
    lastZ: z
      .object({ number: count, closedAtMs: timeMs, hasVariance: z.boolean().nullable() })
      .strict()
      .nullable(),
    /** Another computer runs this till too, and no manager has said which goes on. */
    isCopyMet: z.boolean(),
    isNumberTwice: z.boolean(),
    backups: z.object({ count, newestAtMs: timeMs.nullable() }).strict(),
    /** As the till saw it last; null where none is chosen. */
    secondPlace: z
      .object({ newestAtMs: timeMs.nullable(), problem: z.string().nullable() })
      .strict()
      .nullable(),
    /** Today's: this till's own, the account's limit, and what is left of it as far as known. */
    calls: z.object({ used: count, limit: count, left: count }).strict(),
    /** KYBIO's clock is ahead of this computer's by so much, to half a minute, as last heard. */
    clockSkewMs: z.number().int(),
    disk: z.object({ freeMegabytes: count.nullable(), state: z.enum(['enough', 'low', 'full']) }).strict(),
    /** Those that outlast a restart. */
    pauses: z.array(pauseSchema.pick({ reason: true, sinceMs: true, needsManager: true }).strict()),
    policyFile: z
      .object({ settings: z.array(fileSettingsSchema.keyof()), problem: appErrorSchema.nullable() })
      .strict(),
    /** The newest journal row. */
    lastRowAtMs: timeMs.nullable(),
  })
  .strict();
export type StatusFacts = z.infer<typeof statusFactsSchema>;

export const statusReportSchema = z.discriminatedUnion('result', [
  headSchema.extend({ result: z.literal('unreadable'), error: appErrorSchema }).strict(),
  headSchema
    .extend({
      result: z.enum(['well', 'look', 'somebody']),
      reasons: z.array(z.enum([...reasonsForSomebody, ...reasonsToLook])),
      ...statusFactsSchema.shape,
    })
    .strict(),
]);
export type StatusReport = z.infer<typeof statusReportSchema>;
export type StatusReason = (typeof reasonsForSomebody)[number] | (typeof reasonsToLook)[number];

/** What a monitor reads. */
export const statusExit = { well: 0, unreadable: 1, look: 2, somebody: 3 } as const satisfies Record<
  StatusReport['result'],
  number
>;
