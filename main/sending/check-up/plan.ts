import { type CheckUpQuestion, checkUpQuestions } from '../../../preload/contract/index.ts';
import { answerTo } from './read-answers.ts';
import { agedSend, type CheckUpAnswer, type CheckUpState, isNothing, netOf, pendingOf } from './state.ts';

/** Questions that resend the first bytes later, each only if the one before may have been a refusal. */
export const ages = {
  'same-bytes-after-a-minute': { afterMs: 60_000, before: 'same-bytes-at-once' },
  'same-bytes-after-an-hour': { afterMs: 3_600_000, before: 'same-bytes-after-a-minute' },
  'same-bytes-after-a-day': { afterMs: 86_400_000, before: 'same-bytes-after-an-hour' },
} as const satisfies Partial<
  Record<CheckUpQuestion, { readonly afterMs: number; readonly before: CheckUpQuestion }>
>;

export type AgeQuestion = keyof typeof ages;

const isAgeQuestion = (question: CheckUpQuestion): question is AgeQuestion => question in ages;

const MOST_REFUSED_REVERSALS = 3;

/** Before a longer wait the test credits are reversed. */
const LONG_WAIT_MS = 300_000;

export type Action =
  | { readonly do: 'wait'; readonly untilMs: number }
  /** An attempt's effect is unknown: read after the settling time. */
  | { readonly do: 'resolve' }
  | { readonly do: 'ask'; readonly question: CheckUpQuestion }
  /** An answer that follows from the one before. */
  | { readonly do: 'note'; readonly answer: Omit<CheckUpAnswer, 'atMs'> }
  | { readonly do: 'reverse' }
  | { readonly do: 'end'; readonly phase: 'done' | 'stopped' | 'failed' };

/**
 * The next action. Pure. Nothing is asked while an effect is unknown or once it is ending, and it ends only when all
 * is reversed or reversing was refused too often.
 */
export function nextAction(state: CheckUpState, nowMs: number): Action {
  if (state.phase !== 'running') return { do: 'wait', untilMs: Number.POSITIVE_INFINITY };
  if (nowMs < state.notBeforeMs) return { do: 'wait', untilMs: state.notBeforeMs };
  if (pendingOf(state) !== null) return { do: 'resolve' };
  if (state.ending !== null) return ending(state, state.ending);
  const next = nextQuestion(state, nowMs);
  if (next === null) return ending(state, 'done');
  if (next.do !== 'wait' || next.untilMs - nowMs < LONG_WAIT_MS) return next;
  return isNothing(netOf(state)) ? next : { do: 'reverse' };
}

function ending(state: CheckUpState, phase: 'done' | 'stopped' | 'failed'): Action {
  if (isNothing(netOf(state))) return { do: 'end', phase };
  return state.refusedReversals < MOST_REFUSED_REVERSALS ? { do: 'reverse' } : { do: 'end', phase: 'failed' };
}

function nextQuestion(state: CheckUpState, nowMs: number): Action | null {
  let wait: Action | null = null;
  for (const question of checkUpQuestions) {
    if (answerTo(state, question) !== null) continue;
    if (!isAgeQuestion(question)) return { do: 'ask', question };
    const aged = ageAction(state, question, nowMs);
    if (aged.do !== 'wait') return aged;
    wait ??= aged;
  }
  return wait;
}

function ageAction(state: CheckUpState, question: AgeQuestion, nowMs: number): Action {
  const { afterMs, before } = ages[question];
  const earlier = answerTo(state, before);
  const firstAtMs = agedSend(state)?.attempts[0]?.atMs ?? null;
  if (earlier === null && before !== 'same-bytes-at-once') {
    return { do: 'wait', untilMs: (firstAtMs ?? nowMs) + afterMs };
  }
  const mayBeRefusal = earlier?.answer === 'yes' || earlier?.note === 'not-repeated';
  if (!mayBeRefusal || firstAtMs === null) {
    const answer = earlier?.answer === 'no' ? 'no' : 'unclear';
    return { do: 'note', answer: { question, answer, words: '', note: 'not-asked', figures: {} } };
  }
  return nowMs >= firstAtMs + afterMs
    ? { do: 'ask', question }
    : { do: 'wait', untilMs: firstAtMs + afterMs };
}

/** When the next question can be asked; null if none waits. */
export function nextAtMs(state: CheckUpState, nowMs: number): number | null {
  const next = nextAction(state, nowMs);
  return next.do === 'wait' && Number.isFinite(next.untilMs) ? next.untilMs : null;
}
