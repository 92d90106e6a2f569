import { z } from 'zod';
import {
  addAmounts,
  amountSchema,
  checkUpFiguresSchema,
  checkUpNoteSchema,
  checkUpQuestionSchema,
  isZeroAmount,
} from '../../../preload/contract/index.ts';
import { noSums, type Sums } from '../undecided.ts';

const sumsSchema = z.object({ balance: amountSchema, point: amountSchema });

const attemptSchema = z.object({
  atMs: z.number(),
  /** The sums read before. */
  before: sumsSchema,
  /** The movement read after it; null if not known yet. */
  effect: sumsSchema.nullable(),
  /** How KYBIO answered (`TestAnswer`). */
  answer: z.string(),
  /** KYBIO's clock, from the answer's header. */
  serverMs: z.number().nullable(),
});

/** A test increment: its bytes never change. */
const sendSchema = z.object({
  key: z.string(),
  question: z.union([checkUpQuestionSchema, z.literal('reversal')]),
  /** False for an unknown member: moves nothing. */
  ofTestMember: z.boolean(),
  increments: sumsSchema,
  dataChangeTime: z.string(),
  /** Base64. */
  body: z.string(),
  attempts: z.array(attemptSchema),
});

const answerSchema = z.object({
  question: checkUpQuestionSchema,
  answer: z.enum(['yes', 'no', 'unclear']),
  /** KYBIO's own words. */
  words: z.string(),
  note: checkUpNoteSchema.nullable().default(null),
  atMs: z.number(),
  /** For the host profile. */
  figures: checkUpFiguresSchema.default({}),
});

/** What the host said, and to what. */
const learntSchema = z.object({
  category: z.enum(['duplicate', 'signature', 'other']),
  messages: z.array(z.string()),
  /** Words of every KYBIO host: nothing to learn. */
  isKnown: z.boolean().optional(),
});

/** A check-up as stored over restarts. */
export const stateSchema = z.object({
  phase: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Set once it ends early: nothing more is asked, all is reversed first. */
  ending: z.enum(['stopped', 'failed']).nullable(),
  problem: z.string().nullable(),
  memberNumber: z.string(),
  customerUid: z.string(),
  startedAtMs: z.number(),
  manager: z.string(),
  /** The question under way; if set at a start, it was interrupted. */
  asking: checkUpQuestionSchema.nullable(),
  answers: z.array(answerSchema),
  sends: z.array(sendSchema),
  learnt: z.array(learntSchema),
  /** The sums last read. */
  sums: sumsSchema,
  /** Earliest next step, Unix ms: after a failed connection, or without calls left. */
  notBeforeMs: z.number(),
  /** Reversals refused so far. */
  refusedReversals: z.number(),
  /** How often a manager had the ending retried. */
  endingsTried: z.number(),
});
export type CheckUpState = z.infer<typeof stateSchema>;
export type TestSend = z.infer<typeof sendSchema>;
type TestAttempt = z.infer<typeof attemptSchema>;
export type CheckUpAnswer = z.infer<typeof answerSchema>;
export type Learnt = z.infer<typeof learntSchema>;

export const isNothing = ({ balance, point }: Sums): boolean => isZeroAmount(balance) && isZeroAmount(point);

export const sumOf = (parts: readonly Sums[]): Sums => ({
  balance: addAmounts(...parts.map(({ balance }) => balance)),
  point: addAmounts(...parts.map(({ point }) => point)),
});

/** What is credited to the member and not reversed, as far as known. */
export const netOf = (state: CheckUpState): Sums =>
  sumOf(
    state.sends
      .filter(({ ofTestMember }) => ofTestMember)
      .flatMap(({ attempts }) => attempts.map(({ effect }) => effect ?? noSums)),
  );

/**
 * A check-up whose stored state was altered: proves nothing, and does nothing by itself. Its sends stay, for a
 * manager to reverse.
 */
export const provingNothing = (state: CheckUpState): CheckUpState => ({
  ...state,
  phase: 'failed',
  ending: 'failed',
  problem: 'altered',
  asking: null,
  answers: [],
  learnt: [],
});

/** The attempt of unknown effect; there is at most one. */
export function pendingOf(
  state: CheckUpState,
): { readonly send: TestSend; readonly attempt: TestAttempt } | null {
  for (const send of state.sends) {
    const attempt = send.attempts.at(-1);
    if (attempt !== undefined && attempt.effect === null) return { send, attempt };
  }
  return null;
}

export const isReversed = (state: CheckUpState): boolean =>
  isNothing(netOf(state)) && pendingOf(state) === null;

/** The increment that is resent after a minute, an hour and a day. */
export const agedSend = (state: CheckUpState): TestSend | null =>
  state.sends.filter(({ question }) => question === 'same-bytes-at-once').at(-1) ?? null;

/** Replaces a send, by its key. */
export const withSend = (state: CheckUpState, send: TestSend): CheckUpState => ({
  ...state,
  sends: state.sends.map((known) => (known.key === send.key ? send : known)),
});

/** Updates the newest attempt of a send. */
export const withEnd = (state: CheckUpState, send: TestSend, end: Partial<TestAttempt>): CheckUpState => {
  const attempts = send.attempts.map((attempt, index) =>
    index === send.attempts.length - 1 ? { ...attempt, ...end } : attempt,
  );
  return withSend(state, { ...send, attempts });
};
