import { z } from 'zod';

/** The check-up's two dated findings about a host. Null means not shown: then the worst is assumed. */
export const hostProfileSchema = z.object({
  checkedAtMs: z.number().int().nonnegative(),
  /** It refuses the same bytes sent again, and rejects again what it rejected. */
  duplicates: z
    .object({
      /** The greatest age at which they were refused. */
      greatestAgeMs: z.number().int().nonnegative(),
    })
    .nullable(),
  /** Its recharge log lists what was credited. */
  log: z
    .object({
      /** Rows carry the `dataChangeTime` of the request. */
      carriesOurTime: z.boolean(),
      /** How long the row took to appear. */
      delayMs: z.number().int().nonnegative(),
    })
    .nullable(),
});
export type HostProfile = z.infer<typeof hostProfileSchema>;

export const unknownHost: HostProfile = { checkedAtMs: 0, duplicates: null, log: null };
