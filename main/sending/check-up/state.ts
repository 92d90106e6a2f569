import { z } from 'zod';
import {
  addAmounts,
  amountSchema,
  checkUpFiguresSchema,
  checkUpNoteSchema,
  checkUpQuestionSchema,
  isZeroAmount,
  negateAmount,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Sums } from '../undecided.ts';

const sumsSchema = z.object({ balance: amountSchema, point: amountSchema });

const attemptSchema = z.object({
  atMs: z.number(),
  /** What the member held just before, as read. */
  before: sumsSchema,
  /** What the member's sums moved by, as read afterwards; null = it is not known yet. */
  effect: sumsSchema.nullable(),
  /** How KYBIO answered, in a word of ours. */
  answer: z.string(),
  /** KYBIO's clock at the answer, where its header told. */
  serverMs: z.number().nullable(),
});

/** An increment made for the check-up: its bytes never change, however often they are sent. */
const sendSchema = z.object({
  key: z.string(),
  question: z.union([checkUpQuestionSchema, z.literal('reversal')]),
  /** False where it names somebody who does not exist: it moves nothing. */
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
  /** KYBIO's own. */
  words: z.string(),
  note: checkUpNoteSchema.nullable().default(null),
  atMs: z.number(),
  /** What the host profile takes from it. */
  figures: checkUpFiguresSchema.default({}),
});

/** What the host said at one time, and to what. */
const learntSchema = z.object({
  category: z.enum(['duplicate', 'signature', 'other']),
  messages: z.array(z.string()),
  /** Every host of this kind says so: it taught nothing. */
  isKnown: z.boolean().optional(),
});

/** A check-up as it is kept over restarts. */
export const stateSchema = z.object({
  phase: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Set once it is to end before its time: nothing is asked any more, all is reversed first. */
  ending: z.enum(['stopped', 'failed']).nullable(),
  problem: z.string().nullable(),
  memberNumber: z.string(),
  customerUid: z.string(),
  startedAtMs: z.number(),
  manager: z.string(),
  /** The question under way; found at a start, it was interrupted. */
  asking: checkUpQuestionSchema.nullable(),
  answers: z.array(answerSchema),
  sends: z.array(sendSchema),
  learnt: z.array(learntSchema),
  /** What the member was last seen to hold. */
  sums: sumsSchema,
  /** Earliest next step, Unix ms: after no connection, or with the day's calls used up. */
  notBeforeMs: z.number(),
  /** Reversals that KYBIO refused so far. */
  refusedReversals: z.number(),
  /** How often a manager had the ending tried again after it had failed. */
  endingsTried: z.number(),
});
export type CheckUpState = z.infer<typeof stateSchema>;
export type TestSend = z.infer<typeof sendSchema>;
export type TestAttempt = z.infer<typeof attemptSchema>;
export type CheckUpAnswer = z.infer<typeof answerSchema>;
export type Learnt = z.infer<typeof learntSchema>;

export const noMovement: Sums = { balance: zeroAmount, point: zeroAmount };

export const isNothing = ({ balance, point }: Sums): boolean => isZeroAmount(balance) && isZeroAmount(point);

export const sumOf = (parts: readonly Sums[]): Sums => ({
  balance: addAmounts(...parts.map(({ balance }) => balance)),
  point: addAmounts(...parts.map(({ point }) => point)),
});

export const negated = ({ balance, point }: Sums): Sums => ({
  balance: negateAmount(balance),
  point: negateAmount(point),
});

/** What the check-up has added to the member and not taken back, as far as it was shown. */
export const netOf = (state: CheckUpState): Sums =>
  sumOf(
    state.sends
      .filter(({ ofTestMember }) => ofTestMember)
      .flatMap(({ attempts }) => attempts.map(({ effect }) => effect ?? noMovement)),
  );

/**
 * A check-up after somebody has altered what is kept of it: it proves nothing, and does nothing by itself
 * any more. What it has sent stays, since a manager may still have it taken back.
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

/** The attempt whose effect nobody knows; there is never more than one. */
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

/** The increment whose bytes are sent again after a minute, an hour, a day. */
export const agedSend = (state: CheckUpState): TestSend | null =>
  state.sends.filter(({ question }) => question === 'same-bytes-at-once').at(-1) ?? null;

/** Replaces one send, found by its key. */
export const withSend = (state: CheckUpState, send: TestSend): CheckUpState => ({
  ...state,
  sends: state.sends.map((known) => (known.key === send.key ? send : known)),
});

/** Replaces the newest attempt of a send. */
export const withEnd = (state: CheckUpState, send: TestSend, end: Partial<TestAttempt>): CheckUpState => {
  const attempts = send.attempts.map((attempt, index) =>
    index === send.attempts.length - 1 ? { ...attempt, ...end } : attempt,
  );
  return withSend(state, { ...send, attempts });
};
