import {
  type Amount,
  type CheckUpQuestion,
  compareAmounts,
  isZeroAmount,
} from '../../../preload/contract/index.ts';
import type { TaughtWords } from '../../hosts/port/index.ts';
import { squeeze } from '../../kernel/squeeze.ts';
import type { Sums } from '../undecided.ts';
import type { CheckUpAnswer, CheckUpState, Learnt } from './state.ts';

const same = (left: Amount, right: Amount): boolean => compareAmounts(left, right) === 0;

export const sameSums = (left: Sums, right: Sums): boolean =>
  same(left.balance, right.balance) && same(left.point, right.point);

/** True where a movement is at most the increment, in its direction: what a host makes of it that keeps fewer decimals. */
export function isPartOf(moved: Sums, increments: Sums): boolean {
  const fits = (part: Amount, whole: Amount): boolean => {
    if (isZeroAmount(part)) return true;
    const [sign, most] = [compareAmounts(whole, '0' as Amount), compareAmounts(part, whole)];
    return compareAmounts(part, '0' as Amount) === sign && (most === 0 || most === -sign);
  };
  return fits(moved.balance, increments.balance) && fits(moved.point, increments.point);
}

/** Less than this could stand in any message; a Chinese character says as much as three letters. */
const LEAST_WEIGHT = 12;

const weightOf = (message: string): number =>
  Array.from(message.replace(/\s/g, ''), (char) => ((char.codePointAt(0) ?? 0) > 0x2e7f ? 3 : 1)).reduce(
    (sum: number, weight) => sum + weight,
    0,
  );

/** Whether words say enough to be known again. */
export const isTelling = (messages: readonly string[]): boolean =>
  messages.some((message) => weightOf(message) >= LEAST_WEIGHT);

const taughtCategories = ['duplicate', 'signature'] as const;

const replyKey = ({ messages }: Learnt): string => messages.map(squeeze).join('\n');

/** Said once, they may have been about anything: that the host was busy, or about to be upgraded. */
const LEAST_TIMES = 2;

/**
 * What the host's own words add to the table of known ones: each reply whole, never a part of one nor a code,
 * which may stand for much else. Only what it said each time, and to nothing else, teaches anything.
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
    return eachTimeAndOnlyThen && first.isKnown !== true && isTelling(messages)
      ? [{ category, words: messages, whole: true, source: 'host check-up', date }]
      : [];
  });
}

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
