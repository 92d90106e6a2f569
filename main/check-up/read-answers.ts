import { type Amount, compareAmounts, isZeroAmount } from '../../preload/contract/index.ts';
import { findWords, squeeze } from '../kybio/find-words.ts';
import { compareIncrementReply, readIncrementReply } from '../kybio/increment-reply.ts';
import { parseReply, shownMessages } from '../kybio/reply.ts';
import { type KnownWords, knownWords } from '../kybio/words.ts';
import type { Exchange, ExpectedIncrement } from '../outbox/member-host.ts';
import type { Sums } from '../sync/decide.ts';
import type { Learnt } from './state.ts';

/** What KYBIO said to one test increment, before anybody has read what it did. */
export interface SendAnswer {
  readonly kind:
    | 'not-sent'
    /** No whole answer of KYBIO's: it may have been applied, now or a while from now. */
    | 'lost'
    | 'success'
    /** A success that speaks of somebody else. */
    | 'other-member'
    | 'duplicate'
    | 'rejected'
    /** Credentials, signature, time-stamp, permission, quota: says nothing about the increment. */
    | 'our-fault'
    | 'unknown-words';
  readonly messages: readonly string[];
}

const ourFault: ReadonlySet<string> = new Set([
  'credentials',
  'signature',
  'time-stamp',
  'permission',
  'quota',
]);

/** Reads one exchange. Unlike the queue's own table it keeps every shade, since nothing is sent on its word. */
export function readAnswer(
  exchange: Exchange,
  expected: ExpectedIncrement,
  words: readonly KnownWords[],
): SendAnswer {
  if (exchange.phase === 'connecting') return { kind: 'not-sent', messages: [] };
  const { response } = exchange;
  if (exchange.failure !== null || response === null || response.body === null || response.status !== 200) {
    return { kind: 'lost', messages: [] };
  }
  const parsed = parseReply(response.body);
  if (!parsed.ok) return { kind: 'lost', messages: [] };
  const { status, messages: all, errorCode, data } = parsed.value;
  const messages = shownMessages(all);
  if (status === 'success') {
    const compared = compareIncrementReply(readIncrementReply(data), expected);
    return { kind: compared === 'other-member' ? 'other-member' : 'success', messages };
  }
  const category = findWords(all, errorCode, words)?.category;
  if (category === undefined) return { kind: 'unknown-words', messages };
  if (category === 'back-end') return { kind: 'lost', messages };
  if (category === 'duplicate') return { kind: 'duplicate', messages };
  return { kind: ourFault.has(category) ? 'our-fault' : 'rejected', messages };
}

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

export interface LearntWords extends KnownWords {
  readonly category: 'duplicate' | 'signature';
  readonly whole: true;
}

/** Said once, they may have been about anything: that the host was busy, or about to be upgraded. */
const LEAST_TIMES = 2;

/**
 * What the host's own words add to the table of known ones: each reply whole, never a part of one nor a code,
 * which may stand for much else. Only what it said each time, and to nothing else, teaches anything.
 */
export function learntWords(learnt: readonly Learnt[], atMs: number): readonly LearntWords[] {
  const date = new Date(atMs).toISOString().slice(0, 10);
  return taughtCategories.flatMap((category): LearntWords[] => {
    const said = learnt.filter((one) => one.category === category);
    const [first] = said;
    if (first === undefined || said.length < LEAST_TIMES) return [];
    const { messages } = first;
    const isOfTheseWords = (one: Learnt) => replyKey(one) === replyKey(first);
    const eachTimeAndOnlyThen = learnt.every((one) => isOfTheseWords(one) === (one.category === category));
    const isNew = findWords(messages, null, knownWords) === null;
    return eachTimeAndOnlyThen && isNew && isTelling(messages)
      ? [{ category, words: messages, whole: true, source: 'host check-up', date }]
      : [];
  });
}
