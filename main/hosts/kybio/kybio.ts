import type { HostProtocol, LearntWords } from '../port/member-host.ts';
import { encodeTest, readIncrementBody, signerOf } from './body.ts';

import { createKybioClient } from './client.ts';
import { findWords } from './find-words.ts';
import { checkHost } from './host.ts';
import type { KnownWords } from './known-words.ts';
import { classifyIncrement } from './outcome.ts';
import { createRepeatedReplies } from './repeated-reply.ts';
import { readTestAnswer } from './test-answer.ts';
import { knownWords } from './words.ts';

export { signerOf } from './body.ts';

const isKnown = (messages: readonly string[]): boolean => findWords(messages, null, knownWords) !== null;

/** The words that are known of the platform with what one host has taught; what is known is not taught anew. */
export const wordsWith = (learnt: readonly LearntWords[]): readonly KnownWords[] => [
  ...knownWords,
  ...learnt.filter(({ words }) => !isKnown(words)),
];

/** KYBIO as the core's member host. */
export const kybio: HostProtocol = {
  checkAddress: checkHost,
  connect: (account, { clock, logger, network, learnt = () => [] }) =>
    createKybioClient({ account, clock, logger, network, words: () => wordsWith(learnt()) }),
  signerOf,
  readIncrement: readIncrementBody,
  meaningOf: (exchange, expected, learnt) => classifyIncrement(exchange, expected, wordsWith(learnt)),
  createRepeatedReplies,
  isKnown,
  testBody: encodeTest,
  testAnswerOf: (exchange, expected, learnt) => readTestAnswer(exchange, expected, wordsWith(learnt)),
};
