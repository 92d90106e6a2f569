import { stringify } from 'lossless-json';
import type { Exchange } from '../port/member-host.ts';
import { findWords } from './find-words.ts';
import { readIncrementReply } from './increment-reply.ts';
import type { KnownWords } from './known-words.ts';
import { type KybioReply, parseReply } from './reply.ts';
import { knownWords } from './words.ts';

/**
 * Tells KYBIO from a box in its place that says the same to every call: what answered an increment without saying
 * anything of one is no answer to a read either. Or each read that is "answered" would let the next entry go.
 */
export interface SameAnswers {
  incrementAnswered(exchange: Exchange): void;
  /**
   * A read brought a record: who answers does not say the same to every call. A sentence that it gave an increment is
   * its own then, and may be what it says of a card that nobody has. A success without a word stays what it is.
   */
  recordRead(): void;
  /** Whether a read was answered just as increments were. */
  isSame(exchange: Exchange): boolean;
}

/** As many different things such a box is remembered to say. */
const REMEMBERED = 8;

const replyOf = ({ response }: Exchange): KybioReply | null => {
  const parsed = response?.status === 200 && response.body !== null ? parseReply(response.body) : null;
  return parsed?.ok === true ? parsed.value : null;
};

/** What KYBIO's envelope says; a time or a request's number beside it may differ from call to call. */
const saidIn = ({ status, messages, errorCode, data }: KybioReply): string =>
  JSON.stringify([status, messages, errorCode, stringify(data) ?? null]);

/** It names a member, or says in known words why not: KYBIO itself has answered. */
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
      alike.add(saidIn(reply));
      const [oldest] = alike;
      if (alike.size > REMEMBERED && oldest !== undefined) alike.delete(oldest);
    },
    recordRead: () => said.error.clear(),
    isSame: (exchange) => {
      if (said.success.size === 0 && said.error.size === 0) return false;
      const reply = replyOf(exchange);
      return reply !== null && said[reply.status].has(saidIn(reply));
    },
  };
}
