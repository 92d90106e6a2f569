import { z } from 'zod';
import { matchAskSchema, matchWhys } from '../../../preload/contract/index.ts';

/** A matching as it is stored over a restart; its rows are stored apart, page by page. */
export const jobSchema = z.object({
  ask: matchAskSchema,
  /** Who began it; null where nobody was named, and in older records. */
  by: z.string().nullable().default(null),
  state: z.enum(['reading', 'stopped', 'failed', 'done']),
  why: z.enum(matchWhys).nullable(),
  /** Parts of the asked time; for a member a single empty one, for the whole log comes at once. */
  ranges: z.array(z.object({ since: z.string(), until: z.string() })).min(1),
  range: z.number().int().nonnegative(),
  cursor: z.string().nullable(),
  /** Hashes by which a repeated page or cursor is recognised. */
  cursorMarks: z.array(z.string()),
  pageMarks: z.array(z.string()),
  pages: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  /** Including those that were not answered. */
  calls: z.number().int().nonnegative(),
  /** Since the last page. */
  failures: z.number().int().nonnegative(),
  begunAnew: z.boolean(),
  startedAtMs: z.number().int().nonnegative(),
  /** When the first page came; 0 before. */
  askedAtMs: z.number().int().nonnegative(),
});
export type Job = z.infer<typeof jobSchema>;

/** Where reading begins, at first and again. */
export const beginning = {
  range: 0,
  cursor: null,
  cursorMarks: [],
  pageMarks: [],
  pages: 0,
  rows: 0,
} satisfies Partial<Job>;

export const newJob = (of: Pick<Job, 'ask' | 'by' | 'ranges' | 'startedAtMs'>): Job => ({
  ...of,
  ...beginning,
  state: 'reading',
  why: null,
  calls: 0,
  failures: 0,
  begunAnew: false,
  askedAtMs: 0,
});
