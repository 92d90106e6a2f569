import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, managersPin, timeMs } from '../kernel/scalars.ts';
import { checkUpQuestions } from './check-up-questions.ts';

export const checkUpQuestionSchema = z.enum(checkUpQuestions);
export type CheckUpQuestion = z.infer<typeof checkUpQuestionSchema>;

/** What the till itself has to say of an answer; words under `checkUp.notes.<note>`. */
export const checkUpNotes = [
  /** The one before settles it. */
  'not-asked',
  'interrupted',
  'credited-twice',
  'clocks-disagree',
  /** A refusal in unknown words, which no other age has repeated or some age has not. */
  'not-repeated',
  'no-such-log',
  'no-row',
  'other-rows',
  'other-sum',
  'holds-too-much',
  /** Rejected the first time, its bytes were answered in another way the second time. */
  'not-rejected-again',
  /** Twice the same came on top of what was sent. */
  'gift-on-top',
  /** It tells of hardly any of the calls that this till made itself. */
  'counted-less',
  /** It shows by itself, on the day it happens. */
  'not-met-yet',
] as const;
export const checkUpNoteSchema = z.enum(checkUpNotes);
export type CheckUpNote = z.infer<typeof checkUpNoteSchema>;

/** What was measured with an answer. */
export const checkUpFiguresSchema = z.object({
  ageMs: z.number().optional(),
  delayMs: z.number().optional(),
  carriesOurTime: z.boolean().optional(),
  decimals: z.number().optional(),
  skewMs: z.number().optional(),
});

export const checkUpSchema = z.object({
  state: z.enum(['never', 'running', 'waiting', 'done', 'stopped', 'failed']),
  /** The test member's number. */
  memberNumber: z.string().max(100),
  startedAtMs: timeMs.nullable(),
  /** When the next question can be asked: an hour, a day after the first. */
  nextAtMs: timeMs.nullable(),
  answers: z
    .array(
      z.object({
        question: checkUpQuestionSchema,
        /** `yes` / `no` to the question as it is worded on the screen; `unclear` counts as the worst. */
        answer: z.enum(['yes', 'no', 'unclear']),
        /** KYBIO's own, where it said any. */
        words: z.string().max(500),
        note: checkUpNoteSchema.nullable(),
        figures: checkUpFiguresSchema,
        atMs: timeMs,
      }),
    )
    .max(50),
  /** All test credits are taken back. */
  reversed: z.boolean(),
  problem: z.string().max(200).nullable(),
});
export type CheckUp = z.infer<typeof checkUpSchema>;

export const checkUpTopics = {
  /** How far the check-up of the host is; null where no till is open. */
  checkUp: checkUpSchema.nullable(),
} as const;

export const checkUp = {
  /** On a test member, 0.01 at a time, all of it reversed at the end. */
  start: channel(z.object({ memberNumber: z.string().max(100), pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  stop: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
} as const;
