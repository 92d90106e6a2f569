import { z } from 'zod';
import type { TaughtWords } from '../port/member-host.ts';

/** The check-up's dated findings about a host. Null means not shown: then the worst is assumed. */
export const hostProfileSchema = z.object({
  checkedAtMs: z.number().int().nonnegative(),
  duplicates: z
    .object({
      /** The greatest age at which the same bytes were refused. */
      greatestAgeMs: z.number().int().nonnegative(),
      /** An increment KYBIO rejected is rejected again when resent, not called a duplicate. */
      rejectedStaysRejected: z.boolean(),
    })
    .nullable(),
  log: z
    .object({
      /** Rows carry the `dataChangeTime` of the request. */
      carriesOurTime: z.boolean(),
      /** The kinds seen in the log, and the longest delay until they appeared. */
      topUpDelayMs: z.number().int().nonnegative().nullable(),
      awardDelayMs: z.number().int().nonnegative().nullable(),
      reversalDelayMs: z.number().int().nonnegative().nullable(),
    })
    .nullable(),
  decimals: z.number().int().nonnegative().nullable(),
  idAsStringTaken: z.boolean().nullable(),
  refusesBelowZero: z.boolean().nullable(),
  /** The same where the body asks for it with `validateBalance`. */
  validatesBalance: z.boolean().nullable().optional(),
  /** Reads return ids to the last digit. */
  idsExact: z.boolean().nullable().optional(),
  /** KYBIO's own recharge rules add to what is credited. */
  giftsAdded: z.boolean().nullable().optional(),
  /** The host reports how many calls the account has made, by anyone. */
  callCountTold: z.boolean().nullable().optional(),
  /** The greatest skew of Time-stamp that was taken. */
  timeStampSkewMs: z.number().int().nonnegative().nullable().optional(),
  /** Words learnt from the host, beside those known of the platform. */
  learntWords: z
    .array(
      z.object({
        category: z.enum(['duplicate', 'signature']),
        words: z.array(z.string().min(1)).min(1),
        // Also for a profile stored by an older version.
        whole: z.literal(true).default(true),
        source: z.string(),
        date: z.string(),
      }),
    )
    .optional(),
});
export type HostProfile = z.infer<typeof hostProfileSchema>;

/** The words learnt from this host. */
export const learntOf = (profile: HostProfile): readonly TaughtWords[] => profile.learntWords ?? [];

export const unknownHost: HostProfile = {
  checkedAtMs: 0,
  duplicates: null,
  log: null,
  decimals: null,
  idAsStringTaken: null,
  refusesBelowZero: null,
};
