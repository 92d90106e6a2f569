import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, managersPin, timeMs } from '../kernel/scalars.ts';
import { checkUpQuestions } from './check-up-questions.ts';

export const checkUpQuestionSchema = z.enum(checkUpQuestions);
export type CheckUpQuestion = z.infer<typeof checkUpQuestionSchema>;

/** The till's remark on an answer; in words: `checkUp.notes.<note>`. */
export const checkUpNotes = [
  'credited-twice',
  /** KYBIO did not reject what it should: then a duplicate proves nothing. */
  'not-rejected',
  /** Rejected at first, the bytes were answered differently when sent again. */
  'not-rejected-again',
  'no-such-log',
  'no-row',
  'other-rows',
] as const;

export const checkUpAnswerSchema = z.object({
  question: checkUpQuestionSchema,
  /** `yes` or `no` to the question on screen; `unclear` counts as the worst. */
  answer: z.enum(['yes', 'no', 'unclear']),
  /** KYBIO's own words. */
  words: z.string().max(500),
  note: z.enum(checkUpNotes).nullable(),
  figures: z.object({
    /** The age at which the same bytes were refused. */
    ageMs: z.number().optional(),
    /** How long a row took to appear, and whether it has the second that was sent. */
    delayMs: z.number().optional(),
    carriesOurTime: z.boolean().optional(),
  }),
  atMs: timeMs,
});

export const checkUpSchema = z.object({
  state: z.enum(['never', 'running', 'waiting', 'done', 'stopped', 'failed']),
  memberNumber: z.string().max(100),
  startedAtMs: timeMs.nullable(),
  /** When the same bytes go again. */
  nextAtMs: timeMs.nullable(),
  answers: z.array(checkUpAnswerSchema).max(checkUpQuestions.length),
  /** All test credits are taken back. */
  reversed: z.boolean(),
  problem: z.string().max(200).nullable(),
});
export type CheckUp = z.infer<typeof checkUpSchema>;

export const checkUpTopics = {
  /** Null without an open till. */
  checkUp: checkUpSchema.nullable(),
} as const;

export const checkUp = {
  /** On a test member, 0.01 at a time, all of it taken back. */
  start: channel(z.object({ memberNumber: z.string().max(100), pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  stop: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
} as const;
