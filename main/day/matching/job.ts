import { z } from 'zod';
import { matchAskSchema, matchWhys } from '../../../preload/contract/index.ts';

/** A matching as far as it has come, as it is kept over a restart. The rows lie beside it, a page each. */
export const jobSchema = z.object({
  /** Host and App ID: what was read of one account says nothing of another's. */
  account: z.string(),
  ask: matchAskSchema,
  /** Who began it; null where nobody was named, and in what was kept before that was noted. */
  by: z.string().nullable().default(null),
  state: z.enum(['reading', 'stopped', 'failed', 'done']),
  why: z.enum(matchWhys).nullable(),
  /** Parts of the time that was asked for; one of no time for a member, whose whole log comes at once. */
  ranges: z.array(z.object({ since: z.string(), until: z.string() })).min(1),
  range: z.number().int().nonnegative(),
  cursor: z.string().nullable(),
  /** By which a page or a cursor that comes again is known. */
  cursorMarks: z.array(z.string()),
  pageMarks: z.array(z.string()),
  pages: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  /** Spent on it, those that were not answered too. */
  calls: z.number().int().nonnegative(),
  /** Since the last page. */
  failures: z.number().int().nonnegative(),
  begunAnew: z.boolean(),
  startedAtMs: z.number().int().nonnegative(),
  /** When the first page came; 0 before. */
  askedAtMs: z.number().int().nonnegative(),
});
export type Job = z.infer<typeof jobSchema>;

/** Nothing was asked yet. */
export const newJob = (of: Pick<Job, 'account' | 'ask' | 'by' | 'ranges' | 'startedAtMs'>): Job => ({
  ...of,
  state: 'reading',
  why: null,
  range: 0,
  cursor: null,
  cursorMarks: [],
  pageMarks: [],
  pages: 0,
  rows: 0,
  calls: 0,
  failures: 0,
  begunAnew: false,
  askedAtMs: 0,
});
