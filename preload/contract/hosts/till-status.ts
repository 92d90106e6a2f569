import { z } from 'zod';
import { appErrorSchema } from '../kernel/errors.ts';
import { count } from '../kernel/scalars.ts';

/** What is open, and what is wrong with it. */
export const tillStatusTopics = {
  /** `opening`: nothing can be said yet. `broken`: the till cannot take entries, `problem` says why. */
  mode: z.enum(['opening', 'first-run', 'practice', 'live', 'broken']),
  problem: appErrorSchema.nullable(),
  /** What is wrong with the journal, in a word for the log and the screen; null when it vouches for all. */
  journalProblem: z.enum(['rolled-back', 'other-key', 'broken']).nullable(),
  /** How often in a row the window was to be closed while entries are not settled; 0 where nobody is asked. */
  closing: count,
} as const;
