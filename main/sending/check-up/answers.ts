import type { CheckUpQuestion } from '../../../preload/contract/index.ts';
import type { TaughtWords } from '../../hosts/port/index.ts';
import { learntWords } from './read-answers.ts';
import type { CheckUpAnswer, CheckUpState } from './state.ts';

/** Whether the host has shown words of its own for this. */
export const isTaught = ({ learnt, startedAtMs }: CheckUpState, wanted: TaughtWords['category']): boolean =>
  learntWords(learnt, startedAtMs).some(({ category }) => category === wanted);

/**
 * The answers as all that was said so far makes them. Pure. A refusal in words that nobody knew counts from
 * when another age repeated them, and for no longer than none differs: until then it may have meant anything.
 */
export function answersOf(state: CheckUpState): CheckUpAnswer[] {
  const areTaught = isTaught(state, 'duplicate');
  return state.answers.map((answer) =>
    areTaught && answer.note === 'not-repeated' ? { ...answer, answer: 'yes', note: null } : answer,
  );
}

export const answerTo = (state: CheckUpState, question: CheckUpQuestion): CheckUpAnswer | null =>
  answersOf(state).find((answer) => answer.question === question) ?? null;
