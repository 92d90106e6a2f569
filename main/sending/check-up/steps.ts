import type { CheckUpQuestion } from '../../../preload/contract/index.ts';
import { negated } from '../undecided.ts';
import type { Bench, BenchParts, Halt } from './bench.ts';
import { asks } from './questions.ts';
import { answerTo } from './read-answers.ts';
import { type CheckUpAnswer, type CheckUpState, isNothing, isReversed, netOf, pendingOf } from './state.ts';

/** A question interrupted by a restart stays unclear; a lost answer ends the check-up. */
export function interrupted(state: CheckUpState, nowMs: number): CheckUpState {
  const lost = pendingOf(state) !== null;
  const { asking } = state;
  const given = { answer: 'unclear', words: '', note: 'interrupted', figures: {}, atMs: nowMs } as const;
  const answers: CheckUpAnswer[] =
    asking === null ? state.answers : [...state.answers, { question: asking, ...given }];
  return lost
    ? { ...state, answers, asking: null, ending: 'failed', problem: 'interrupted' }
    : { ...state, answers, asking: null };
}

export function afterHalt({ repository, clock }: BenchParts, halt: Halt): void {
  const state = repository.load();
  if (state === null || halt.kind === 'closing') return;
  if (halt.kind === 'stopping') repository.save({ ...state, asking: null });
  else if (halt.kind === 'not-now') {
    repository.save({ ...state, asking: null, notBeforeMs: clock.nowMs() + halt.waitMs });
  } else {
    const problem = state.problem ?? (halt.kind === 'lost' ? 'unanswered' : halt.kind);
    repository.save(
      { ...state, asking: null, ending: 'failed', problem },
      { what: 'ending', content: { problem } },
    );
  }
}

/** After a fault of ours: stops asking and reverses. */
export function failFor({ repository }: BenchParts, problem: string): void {
  const state = repository.load();
  if (state?.phase === 'running') repository.save({ ...state, asking: null, ending: 'failed', problem });
}

export function end(
  { repository, logger }: BenchParts,
  phase: 'done' | 'stopped' | 'failed',
  problem: string | null,
): void {
  const state = repository.load();
  if (state === null) return;
  const reversed = isReversed(state);
  logger.info('check-up.ended', { phase, problem, reversed });
  repository.save(
    { ...state, phase, problem: problem ?? (reversed ? null : 'not-reversed'), asking: null },
    { what: 'ended the check-up', content: { phase, problem, reversed, net: netOf(state) } },
  );
}

export async function ask(bench: Bench, question: CheckUpQuestion): Promise<void> {
  bench.mayGoOn();
  bench.parts.repository.save({ ...bench.state(), asking: question });
  const answer = await asks[question](bench);
  record(bench, { question, ...answer, atMs: bench.parts.clock.nowMs() });
}

export function record(bench: Bench, answer: CheckUpAnswer): void {
  const state = bench.state();
  const answered = { ...state, asking: null, answers: [...state.answers, answer] };
  bench.parts.repository.save(answered, { what: 'answered', content: answerTo(answered, answer.question) });
}

export async function reverse(bench: Bench): Promise<void> {
  const sent = await bench.send('reversal', { increments: negated(netOf(bench.state())) });
  const state = bench.state();
  if (!isNothing(sent.effect)) return;
  bench.parts.repository.save({ ...state, refusedReversals: state.refusedReversals + 1 });
}
