import { z } from 'zod';
import type { TaughtWords } from '../port/member-host.ts';

/**
 * What the check-up found out about a host, dated. Null = never shown: then the worst is assumed.
 */
export const hostProfileSchema = z.object({
  checkedAtMs: z.number().int().nonnegative(),
  duplicates: z
    .object({
      /** The greatest age at which the same bytes were seen to be refused. */
      greatestAgeMs: z.number().int().nonnegative(),
      /** An increment that KYBIO rejected is rejected again, and not called a duplicate. */
      rejectedStaysRejected: z.boolean(),
    })
    .nullable(),
  log: z
    .object({
      /** Rows carry the `dataChangeTime` of the request. */
      carriesOurTime: z.boolean(),
      /** Kinds that were seen to appear, and the longest delay after which they did. */
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
  /** Ids come to the last digit in what reads answer. */
  idsExact: z.boolean().nullable().optional(),
  /** KYBIO's own recharge rules add to what is credited here. */
  giftsAdded: z.boolean().nullable().optional(),
  /** It tells how many calls the account has made, whoever made them. */
  callCountTold: z.boolean().nullable().optional(),
  /** The greatest skew of Time-stamp that was taken. */
  timeStampSkewMs: z.number().int().nonnegative().nullable().optional(),
  /** The host's own words, beside those that are known of the platform. */
  learntWords: z
    .array(
      z.object({
        category: z.enum(['duplicate', 'signature']),
        words: z.array(z.string().min(1)).min(1),
        // Also in a profile that an older version kept.
        whole: z.literal(true).default(true),
        source: z.string(),
        date: z.string(),
      }),
    )
    .optional(),
});
export type HostProfile = z.infer<typeof hostProfileSchema>;

/** What this host has taught. */
export const learntOf = (profile: HostProfile): readonly TaughtWords[] => profile.learntWords ?? [];

export const unknownHost: HostProfile = {
  checkedAtMs: 0,
  duplicates: null,
  log: null,
  decimals: null,
  idAsStringTaken: null,
  refusesBelowZero: null,
};
