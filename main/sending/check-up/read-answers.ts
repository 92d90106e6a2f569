import {
  type Amount,
  type CheckUpQuestion,
  compareAmounts,
  isZeroAmount,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { TaughtWords } from '../../hosts/port/index.ts';
import { squeeze } from '../../kernel/squeeze.ts';
import type { Sums } from '../undecided.ts';
import type { CheckUpAnswer, CheckUpState, Learnt } from './state.ts';

/** Whether a movement is at most the increment, in its direction: a host with fewer decimals truncates. */
export function isPartOf(moved: Sums, increments: Sums): boolean {
  const fits = (part: Amount, whole: Amount): boolean => {
    if (isZeroAmount(part)) return true;
    const [sign, most] = [compareAmounts(whole, zeroAmount), compareAmounts(part, whole)];
    return compareAmounts(part, zeroAmount) === sign && (most === 0 || most === -sign);
  };
  return fits(moved.balance, increments.balance) && fits(moved.point, increments.point);
}

/** Shorter texts may be in any message; a Chinese character counts as three letters. */
const LEAST_WEIGHT = 12;

const weightOf = (message: string): number =>
  Array.from(message.replace(/\s/g, ''), (char) => ((char.codePointAt(0) ?? 0) > 0x2e7f ? 3 : 1)).reduce(
    (sum: number, weight) => sum + weight,
    0,
  );

/** Whether words are long enough to be recognized. */
export const isInformative = (messages: readonly string[]): boolean =>
  messages.some((message) => weightOf(message) >= LEAST_WEIGHT);

const taughtCategories = ['duplicate', 'signature'] as const;

const replyKey = ({ messages }: Learnt): string => messages.map(squeeze).join('\n');

/** Said once, they may mean anything, such as a busy host. */
const LEAST_TIMES = 2;

/**
 * The host's own words to add to the known ones: whole replies, never a part or a code. Only words that it gave each
 * time, and for nothing else, are learnt.
 */
export function learntWords(learnt: readonly Learnt[], atMs: number): readonly TaughtWords[] {
  const date = new Date(atMs).toISOString().slice(0, 10);
  return taughtCategories.flatMap((category): TaughtWords[] => {
    const said = learnt.filter((one) => one.category === category);
    const [first] = said;
    if (first === undefined || said.length < LEAST_TIMES) return [];
    const { messages } = first;
    const isOfTheseWords = (one: Learnt) => replyKey(one) === replyKey(first);
    const eachTimeAndOnlyThen = learnt.every((one) => isOfTheseWords(one) === (one.category === category));
    return eachTimeAndOnlyThen && first.isKnown !== true && isInformative(messages)
      ? [{ category, words: messages, whole: true, source: 'host check-up', date }]
      : [];
  });
}

/** Whether the host has words of its own for this. */
export const isTaught = ({ learnt, startedAtMs }: CheckUpState, wanted: TaughtWords['category']): boolean =>
  learntWords(learnt, startedAtMs).some(({ category }) => category === wanted);

/**
 * The answers, given all that was said so far. Pure. A refusal in unknown words counts while another age has repeated
 * them and none differs.
 */
export function answersOf(state: CheckUpState): CheckUpAnswer[] {
  const areTaught = isTaught(state, 'duplicate');
  return state.answers.map((answer) =>
    areTaught && answer.note === 'not-repeated' ? { ...answer, answer: 'yes', note: null } : answer,
  );
}

export const answerTo = (state: CheckUpState, question: CheckUpQuestion): CheckUpAnswer | null =>
  answersOf(state).find((answer) => answer.question === question) ?? null;
