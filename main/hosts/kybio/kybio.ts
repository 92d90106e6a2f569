import type { Exchange, ExpectedIncrement, HostProtocol, TestAnswer } from '../port/member-host.ts';
import { readIncrementBody, signerOf } from './body.ts';
import { createKybioClient } from './client.ts';
import { findMention, findWords } from './find-words.ts';
import { checkHost } from './host.ts';
import { compareIncrementReply, readIncrementReply } from './increment-reply.ts';
import type { KnownWords } from './known-words.ts';
import { classifyIncrement } from './outcome.ts';
import { parseReply, shownMessages } from './reply.ts';
import { knownWords } from './words.ts';

export { signerOf } from './body.ts';

/** KYBIO as the core's member host. `shown`: replies that this installation of it is known to give, word for word. */
export function kybioThatSays(shown: readonly KnownWords[]): HostProtocol {
  const known = [...shown, ...knownWords];
  return {
    checkAddress: checkHost,
    connect: (account, { clock, logger, network }) =>
      createKybioClient({ account, clock, logger, network, words: known }),
    signerOf,
    readIncrement: readIncrementBody,
    meaningOf: (exchange, expected) => classifyIncrement(exchange, expected, known),
    testAnswerOf: (exchange, expected) => readTestAnswer(exchange, expected, known),
  };
}

export const kybio: HostProtocol = kybioThatSays([]);

const ourFault: ReadonlySet<string> = new Set([
  'credentials',
  'signature',
  'time-stamp',
  'permission',
  'quota',
]);

/** Classifies a test exchange in more detail than the queue's table, since nothing is sent because of it. */
function readTestAnswer(
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
    if (compared === 'agrees') return { kind: 'success', messages };
    return { kind: compared === 'other-member' ? 'other-member' : 'lost', messages };
  }
  const mention = findMention(all, words)?.category;
  if (mention !== undefined && ourFault.has(mention)) return { kind: 'our-fault', messages };
  const category = findWords(all, errorCode, words)?.category;
  if (category === undefined) return { kind: 'unknown-words', messages };
  if (category === 'back-end') return { kind: 'lost', messages };
  if (category === 'duplicate') return { kind: 'duplicate', messages };
  return { kind: 'rejected', messages };
}
