import { z } from 'zod';
import {
  amountSchema,
  type CheckUp,
  checkUpAnswerSchema,
  isZeroAmount,
} from '../../../preload/contract/index.ts';
import { type HostProfile, unknownHost } from '../../hosts/index.ts';

/** A check-up as stored: what was found, and what is left to take back. */
export const stateSchema = z.object({
  phase: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Set once nothing more is asked: what is left is taken back first. */
  ending: z.enum(['done', 'stopped', 'failed']).nullable(),
  problem: z.string().nullable(),
  memberNumber: z.string(),
  customerUid: z.string(),
  startedAtMs: z.number(),
  answers: z.array(checkUpAnswerSchema),
  /** Its seconds; none is used twice. */
  seconds: z.array(z.string()),
  /** The test member's balance as last known. */
  balance: amountSchema,
  /** Credited and not taken back, as far as known. */
  credited: amountSchema,
  /** An increment that left and whose effect is unknown. */
  pending: amountSchema.nullable(),
  /** When the same bytes go again; null before and after. */
  nextAtMs: z.number().nullable(),
  /** A manager had what is left taken back once more. */
  triedAgain: z.boolean(),
});
export type CheckUpState = z.infer<typeof stateSchema>;
export type CheckUpAnswer = CheckUp['answers'][number];

export const isReversed = ({ credited, pending }: CheckUpState): boolean =>
  isZeroAmount(credited) && pending === null;

/**
 * A check-up whose stored state was altered: proves nothing, and does nothing by itself. What is left stays, for a
 * manager to take back.
 */
export const provingNothing = (state: CheckUpState): CheckUpState => ({
  ...state,
  phase: 'failed',
  ending: 'failed',
  problem: 'altered',
  answers: [],
});

/** What the answers prove. Anything unanswered or unclear counts as the worst; a failed check-up proves nothing. */
export function profileOf({ phase, ending, answers }: CheckUpState): HostProfile {
  if (ending === 'failed' || phase === 'failed') return unknownHost;
  const figuresOf = (question: CheckUpAnswer['question']) =>
    answers.find((answer) => answer.question === question)?.figures ?? {};
  const { ageMs } = figuresOf('same-bytes-again');
  const { delayMs, carriesOurTime = false } = figuresOf('in-the-recharge-log');
  return {
    checkedAtMs: Math.max(0, ...answers.map(({ atMs }) => atMs)),
    duplicates: ageMs === undefined ? null : { greatestAgeMs: ageMs },
    log: delayMs === undefined ? null : { carriesOurTime, delayMs },
  };
}

export function shownCheckUp(state: CheckUpState | null): CheckUp {
  if (state === null) {
    return {
      state: 'never',
      memberNumber: '',
      startedAtMs: null,
      nextAtMs: null,
      answers: [],
      reversed: true,
      problem: null,
    };
  }
  const { phase, ending, memberNumber, startedAtMs, answers, problem } = state;
  const nextAtMs = ending === null ? state.nextAtMs : null;
  return {
    state: phase === 'running' && nextAtMs !== null ? 'waiting' : phase,
    memberNumber,
    startedAtMs,
    nextAtMs,
    answers,
    reversed: isReversed(state),
    problem,
  };
}
