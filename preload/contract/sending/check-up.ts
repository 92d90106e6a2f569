import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, managersPin, timeMs } from '../kernel/scalars.ts';
import { checkUpQuestions } from './check-up-questions.ts';

export const checkUpQuestionSchema = z.enum(checkUpQuestions);
export type CheckUpQuestion = z.infer<typeof checkUpQuestionSchema>;

/** The till's remark on an answer; in words: `checkUp.notes.<note>`. */
export const checkUpNotes = [
  /** Follows from the one before. */
  'not-asked',
  'interrupted',
  'credited-twice',
  'clocks-disagree',
  /** A refusal in unknown words that not every age repeated. */
  'not-repeated',
  'no-such-log',
  'no-row',
  'other-rows',
  'other-sum',
  'holds-too-much',
  /** Rejected at first, the bytes were answered differently when resent. */
  'not-rejected-again',
  /** The same surplus twice. */
  'gift-on-top',
  /** The count lacks this till's own calls. */
  'counted-less',
  /** Shows by itself on the day it happens. */
  'not-met-yet',
] as const;
export const checkUpNoteSchema = z.enum(checkUpNotes);
export type CheckUpNote = z.infer<typeof checkUpNoteSchema>;

export const checkUpFiguresSchema = z.object({
  ageMs: z.number().optional(),
  delayMs: z.number().optional(),
  carriesOurTime: z.boolean().optional(),
  decimals: z.number().optional(),
  skewMs: z.number().optional(),
});

export const checkUpSchema = z.object({
  state: z.enum(['never', 'running', 'waiting', 'done', 'stopped', 'failed']),
  memberNumber: z.string().max(100),
  startedAtMs: timeMs.nullable(),
  /** When the next question is asked: an hour, a day after the first. */
  nextAtMs: timeMs.nullable(),
  answers: z
    .array(
      z.object({
        question: checkUpQuestionSchema,
        /** `yes` or `no` to the question on screen; `unclear` counts as the worst. */
        answer: z.enum(['yes', 'no', 'unclear']),
        /** KYBIO's own words. */
        words: z.string().max(500),
        note: checkUpNoteSchema.nullable(),
        figures: checkUpFiguresSchema,
        atMs: timeMs,
      }),
    )
    .max(50),
  /** All test credits are reversed. */
  reversed: z.boolean(),
  problem: z.string().max(200).nullable(),
});
export type CheckUp = z.infer<typeof checkUpSchema>;

export const checkUpTopics = {
  /** Null without an open till. */
  checkUp: checkUpSchema.nullable(),
} as const;

export const checkUp = {
  /** On a test member, 0.01 at a time, all of it reversed. */
  start: channel(z.object({ memberNumber: z.string().max(100), pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  stop: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
} as const;
