import type { Exchange, ExpectedIncrement, TestAnswer } from '../port/member-host.ts';
import { findWords } from './find-words.ts';
import { compareIncrementReply, readIncrementReply } from './increment-reply.ts';
import type { KnownWords } from './known-words.ts';
import { parseReply, shownMessages } from './reply.ts';

const ourFault: ReadonlySet<string> = new Set([
  'credentials',
  'signature',
  'time-stamp',
  'permission',
  'quota',
  'refuses-all',
]);

/** Reads one exchange. Unlike the queue's own table it keeps every shade, since nothing is sent on its word. */
export function readTestAnswer(
  exchange: Exchange,
  expected: ExpectedIncrement,
  words: readonly KnownWords[],
): TestAnswer {
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
