import { z } from 'zod';
import { MOST_TILLS } from '../../../preload/contract/index.ts';
import type { Numbering } from '../send-second.ts';

/** The longest wait for a send slot: a larger configured value is a mistake, and would hold entries for days. */
export const LONGEST_ROUND_MS = 3_600_000;

/**
 * The part of the chain's rate limit that send slots use. The rest is for calls without a slot (look-ups, fresh
 * top-ups, reads after lost replies) and for clocks that agree only to the second.
 */
export const SHARE = 0.88;

const rateLimitParts = z
  .object({
    /** What KYBIO allows the whole chain, in calls a second. */
    callsASecond: z.number().positive().max(100_000),
    /** How many tills share it, 1 to a million. */
    tills: z.number().int().min(1).max(MOST_TILLS),
    /** Which of them this one is. */
    till: z.number().int().min(1),
  })
  .strict();

/** A chain's rate limit: tills that cannot communicate can share a rate only if each knows it. */
export type ChainRateLimit = z.infer<typeof rateLimitParts>;

/** The time between two of a till's slots, with one call a slot. */
export const roundMs = ({ callsASecond, tills }: Pick<ChainRateLimit, 'callsASecond' | 'tills'>): number =>
  (tills * 1_000) / (callsASecond * SHARE);

/** The configured limit: by default with the account's number of tills, and this till's number as its place. */
export const configuredRateLimitSchema = rateLimitParts
  .partial({ tills: true, till: true })
  .refine(({ till = 1, tills = till }) => till <= tills, { path: ['till'] })
  .refine(({ callsASecond, tills = 1 }) => roundMs({ callsASecond, tills }) <= LONGEST_ROUND_MS, {
    path: ['callsASecond'],
  });
export type ConfiguredRateLimit = z.infer<typeof configuredRateLimitSchema>;

export const chainRateLimitSchema = rateLimitParts
  .refine(({ till, tills }) => till <= tills, { path: ['till'] })
  .refine((pace) => roundMs(pace) <= LONGEST_ROUND_MS, { path: ['callsASecond'] });

/** The same with defaults filled in; refused where its parts contradict each other. */
export const completeRateLimit = (told: ConfiguredRateLimit, own: Numbering) =>
  chainRateLimitSchema.safeParse({
    ...told,
    tills: told.tills ?? own.tillCount,
    till: told.till ?? own.tillNumber,
  });

/** The limit by which a till takes its slots; null where none, or no valid one, is set. */
export const chainRateLimitOf = ({
  pace,
  ...own
}: Numbering & { readonly pace?: ConfiguredRateLimit | undefined }): ChainRateLimit | null =>
  pace === undefined ? null : (completeRateLimit(pace, own).data ?? null);
