import type { CheckUp } from '../../../preload/contract/index.ts';
import { nextAtMs } from './plan.ts';
import { answersOf } from './read-answers.ts';
import { type CheckUpState, isReversed } from './state.ts';

export function shownCheckUp(state: CheckUpState | null, nowMs: number, isWorking: boolean): CheckUp {
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
  const atMs = state.phase === 'running' && !isWorking ? nextAtMs(state, nowMs) : null;
  return {
    state: state.phase === 'running' && atMs !== null ? 'waiting' : state.phase,
    memberNumber: state.memberNumber,
    startedAtMs: state.startedAtMs,
    nextAtMs: atMs === null ? null : Math.round(atMs),
    answers: answersOf(state),
    reversed: isReversed(state),
    problem: state.problem,
  };
}
