import type { CheckUpQuestion } from '../../preload/contract/index.ts';
import { learntWords } from './read-answers.ts';
import type { CheckUpAnswer, CheckUpState } from './state.ts';

/**
 * The answers as all that was said so far makes them. Pure. A refusal in words that nobody knew counts from
 * when another age repeated them, and for no longer than none differs: until then it may have meant anything.
 */
export function answersOf(state: CheckUpState): CheckUpAnswer[] {
  const isTaught = learntWords(state.learnt, state.startedAtMs).some(
    ({ category }) => category === 'duplicate',
  );
  return state.answers.map((answer) =>
    isTaught && answer.note === 'not-repeated' ? { ...answer, answer: 'yes', note: null } : answer,
  );
}

export const answerTo = (state: CheckUpState, question: CheckUpQuestion): CheckUpAnswer | null =>
  answersOf(state).find((answer) => answer.question === question) ?? null;
