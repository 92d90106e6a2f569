import { stringify } from 'lossless-json';
import type { Exchange } from '../port/member-host.ts';
import { findWords } from './find-words.ts';
import { readIncrementReply } from './increment-reply.ts';
import type { KnownWords } from './known-words.ts';
import { type KybioReply, parseReply } from './reply.ts';
import { knownWords } from './words.ts';

/**
 * Detects a box that gives the same answer to every call: an increment's answer without increment data does not count
 * as an answer to a read either. Otherwise each "answered" read would release the next entry.
 */
export interface SameAnswers {
  incrementAnswered(exchange: Exchange): void;
  /**
   * Records a read that returned a record: then the answers differ, and an unknown sentence to an increment is
   * KYBIO's own, perhaps the one for unknown cards. A success without data stays suspect.
   */
  recordRead(): void;
  /** Whether a read got the same answer as increments did. */
  isSame(exchange: Exchange): boolean;
}

/** How many different answers of such a box are remembered. */
const REMEMBERED = 8;

const replyOf = ({ response }: Exchange): KybioReply | null => {
  const parsed = response?.status === 200 && response.body !== null ? parseReply(response.body) : null;
  return parsed?.ok === true ? parsed.value : null;
};

/** The envelope's content to compare; times and request numbers beside it may differ from call to call. */
const comparableText = ({ status, messages, errorCode, data }: KybioReply): string =>
  JSON.stringify([status, messages, errorCode, stringify(data) ?? null]);

/** Whether it names a member, or refuses in known words: KYBIO itself has answered. */
const isOfAnIncrement = (
  { status, messages, errorCode, data }: KybioReply,
  words: readonly KnownWords[],
): boolean =>
  status === 'success'
    ? (readIncrementReply(data)?.reply.customerUid ?? null) !== null
    : findWords(messages, errorCode, words) !== null;

export function createSameAnswers(words: () => readonly KnownWords[] = () => knownWords): SameAnswers {
  const said = { success: new Set<string>(), error: new Set<string>() };
  return {
    incrementAnswered: (exchange) => {
      const reply = replyOf(exchange);
      if (reply === null) return;
      if (isOfAnIncrement(reply, words())) {
        said.success.clear();
        said.error.clear();
        return;
      }
      const alike = said[reply.status];
      alike.add(comparableText(reply));
      const [oldest] = alike;
      if (alike.size > REMEMBERED && oldest !== undefined) alike.delete(oldest);
    },
    recordRead: () => said.error.clear(),
    isSame: (exchange) => {
      if (said.success.size === 0 && said.error.size === 0) return false;
      const reply = replyOf(exchange);
      return reply !== null && said[reply.status].has(comparableText(reply));
    },
  };
}
