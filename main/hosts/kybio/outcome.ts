import type { Exchange, ExpectedIncrement, IncrementReply, Outcome } from '../port/member-host.ts';
import {
  lostReason,
  notSentReasons,
  otherStatusReason,
  ourFaultReasons,
  type Reason,
  refusedReason,
  statusWords,
  strangeReason,
} from './causes.ts';
import { findMention, findWords } from './find-words.ts';
import { compareIncrementReply, readIncrementReply } from './increment-reply.ts';
import type { KnownWords } from './known-words.ts';
import { type KybioReply, parseReply, shownMessages } from './reply.ts';
import { knownWords } from './words.ts';

const unknown = (
  { cause, pause }: Reason,
  messages: readonly string[] = [],
  reply: IncrementReply | null = null,
): Outcome => ({ kind: 'unknown', cause, pause, messages: shownMessages(messages), reply });

const notApplied = ({ cause, pause }: Reason, sent: boolean, messages: readonly string[] = []): Outcome => ({
  kind: 'not-applied',
  cause,
  sent,
  pause,
  messages: shownMessages(messages),
});

/** A success with an error code or error words contradicts itself. */
const contradictsItself = ({ errorCode, messages }: KybioReply, words: readonly KnownWords[]): boolean =>
  (errorCode !== null && errorCode !== '0') ||
  // Skips the search where there is no message, as in most replies.
  (messages.length > 0 && findMention(messages, words) !== null);

function classifySuccess(
  reply: KybioReply,
  expected: ExpectedIncrement,
  words: readonly KnownWords[],
): Outcome {
  const read = readIncrementReply(reply.data);
  const compared = compareIncrementReply(read, expected);
  if (contradictsItself(reply, words)) {
    return unknown(
      { cause: 'contradicts-itself', pause: 'contradiction' },
      reply.messages,
      read?.reply ?? null,
    );
  }
  if (read !== null && compared === 'agrees') return { kind: 'applied', reply: read.reply };
  const evidence = read?.reply ?? null;
  if (compared === 'other-member' || compared === 'other-amounts') {
    return unknown({ cause: compared, pause: 'contradiction' }, reply.messages, evidence);
  }
  return unknown({ cause: 'unreadable', pause: null }, reply.messages, evidence);
}

function classifyError(reply: KybioReply, words: readonly KnownWords[]): Outcome {
  const { messages, errorCode } = reply;
  const category = findWords(messages, errorCode, words)?.category;
  const ourFault = category === undefined ? undefined : ourFaultReasons[category];
  if (ourFault !== undefined) return notApplied(ourFault, true, messages);
  if (category === 'duplicate') return unknown({ cause: 'duplicate', pause: null }, messages);
  if (category === 'back-end') return unknown({ cause: 'back-end-error', pause: null }, messages);
  if (category === 'member-or-body') {
    return { kind: 'rejected', cause: 'refused-by-kybio', messages: shownMessages(messages), errorCode };
  }
  // A mere mention of the key, the clock, a permission or the quota proves nothing of this increment, but pauses the
  // queue.
  const mention = findMention(messages, words)?.category;
  const pause = mention === undefined ? null : (ourFaultReasons[mention]?.pause ?? null);
  return unknown({ cause: 'unknown-words', pause }, messages);
}

function classifyResponse(
  exchange: Exchange,
  expected: ExpectedIncrement,
  words: readonly KnownWords[],
): Outcome {
  const { response } = exchange;
  if (response === null || response.body === null) return unknown({ cause: 'unreadable', pause: null });
  const parsed = parseReply(response.body);
  if (parsed.ok) {
    if (response.status !== 200) {
      const evidence = readIncrementReply(parsed.value.data)?.reply ?? null;
      return unknown(otherStatusReason(response.status), parsed.value.messages, evidence);
    }
    return parsed.value.status === 'success'
      ? classifySuccess(parsed.value, expected, words)
      : classifyError(parsed.value, words);
  }
  const refused = refusedReason(response.status);
  if (refused !== null) return notApplied(refused, true, [statusWords(response)]);
  return unknown(strangeReason(response.status, parsed.error), [statusWords(response)]);
}

/**
 * Classifies the end of an increment's attempt: the table in the protocol, "What an attempt's end means"; first match
 * wins. Pure. For this attempt alone: protocol rule 4 (an earlier attempt still undecided) is the caller’s.
 */
export function classifyIncrement(
  exchange: Exchange,
  expected: ExpectedIncrement,
  words: readonly KnownWords[] = knownWords,
): Outcome {
  const { phase, failure, response } = exchange;
  if (phase === 'connecting') return notApplied(notSentReasons[failure?.kind ?? 'other'], false);
  if (failure !== null) return unknown(lostReason(failure.kind, response !== null));
  return classifyResponse(exchange, expected, words);
}
