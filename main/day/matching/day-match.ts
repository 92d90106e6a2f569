import { z } from 'zod';
import { pilesSchema } from '../../../preload/contract/index.ts';

/** The newest result for a day. */
export const dayMatchSchema = z.object({
  /** When KYBIO was asked: before the end of the day, the result is partial. */
  askedAtMs: z.number().int().nonnegative(),
  /** Who began it; null where nobody was named, and in older records. */
  by: z.string().nullable().default(null),
  piles: pilesSchema,
});
export type DayMatch = z.infer<typeof dayMatchSchema>;
