import type { Exchange, Read, ReadFailure } from '../port/member-host.ts';
import {
  lostReason,
  notSentReasons,
  otherStatusReason,
  ourFaultReasons,
  type Reason,
  refusedReason,
  saidToAllReason,
  statusWords,
  strangeReason,
} from './causes.ts';
import { findMention, findWords } from './find-words.ts';
import type { KnownWords } from './known-words.ts';
import { type KybioReply, parseReply, shownMessages } from './reply.ts';
import { knownWords } from './words.ts';

/** What a parser says of a reply's data: a value, no such record, data it cannot make out, or somebody else's. */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'nothing'; readonly isBlank?: true }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'other-member' };

type ReadResult<T> = Read<T>['result'];

const failed = (
  kind: ReadFailure['kind'],
  { cause, pause }: Reason,
  messages: readonly string[] = [],
): { readonly ok: false; readonly error: ReadFailure } => ({
  ok: false,
  error: { kind, cause, pause, messages: shownMessages(messages) },
});

function classifyError(reply: KybioReply, words: readonly KnownWords[]): ReadResult<never> {
  const { messages } = reply;
  const found = findWords(messages, reply.errorCode, words);
  // A read is no proof of anything, and costs nothing: here a mention is enough to hold the queue.
  const category = (found ?? findMention(messages, words))?.category;
  const ourFault = category === undefined ? undefined : ourFaultReasons[category];
  if (ourFault !== undefined) return failed('paused', ourFault, messages);
  if (category === 'refuses-all') return failed('paused', saidToAllReason, messages);
  if (found?.notFound === true)
    return failed('nothing', { cause: 'refused-by-kybio', pause: null }, messages);
  if (found?.category === 'back-end')
    return failed('no-answer', { cause: 'back-end-error', pause: null }, messages);
  const cause = found === null ? 'unknown-words' : 'refused-by-kybio';
  return failed('refused', { cause, pause: null }, messages);
}

function classifyReply<T>(
  reply: KybioReply,
  parseData: (data: unknown) => Parsed<T>,
  words: readonly KnownWords[],
): ReadResult<T> {
  if (reply.status === 'error') return classifyError(reply, words);
  const parsed = parseData(reply.data);
  if (parsed.kind === 'value') return { ok: true, value: parsed.value };
  if (parsed.kind === 'nothing') {
    const { error } = failed('nothing', { cause: 'refused-by-kybio', pause: null }, reply.messages);
    return { ok: false, error: parsed.isBlank ? { ...error, isBlank: true } : error };
  }
  const kind = parsed.kind === 'other-member' ? 'refused' : 'no-answer';
  return failed(kind, { cause: parsed.kind, pause: null }, reply.messages);
}

const notKybio: ReadResult<never> = failed('no-answer', { cause: 'not-kybio', pause: null });

/**
 * A read that was answered just as increments were: it is no answer. A refusal in words keeps them, since it may still
 * be KYBIO that says so, of a card that nobody has say.
 */
export function saidToAll<T>(result: ReadResult<T>): ReadResult<T> {
  const isRefusal = !result.ok && result.error.cause === 'unknown-words';
  return isRefusal ? { ok: false, error: { ...result.error, kind: 'no-answer' } } : notKybio;
}

/**
 * What became of a read. Reads change nothing, so what may be sent again is no question here: only
 * whether KYBIO answered, and what the queue has to wait for if it did not. `paused` comes with a
 * reason to pause for, and so may `no-answer` (a portal's page, a 5xx).
 */
export function classifyRead<T>(
  exchange: Exchange,
  parseData: (data: unknown) => Parsed<T>,
  words: readonly KnownWords[] = knownWords,
): ReadResult<T> {
  const { phase, failure, response } = exchange;
  if (phase === 'connecting') return failed('not-connected', notSentReasons[failure?.kind ?? 'other']);
  if (failure !== null) return failed('no-answer', lostReason(failure.kind, response !== null));
  if (response === null || response.body === null) {
    return failed('no-answer', { cause: 'unreadable', pause: null });
  }
  const parsed = parseReply(response.body);
  if (parsed.ok) {
    return response.status === 200
      ? classifyReply(parsed.value, parseData, words)
      : failed('no-answer', otherStatusReason(response.status), parsed.value.messages);
  }
  const refused = refusedReason(response.status);
  if (refused !== null) return failed('paused', refused, [statusWords(response)]);
  const reason: Reason =
    response.status === 429
      ? { cause: 'overloaded', pause: null }
      : strangeReason(response.status, parsed.error);
  return failed('no-answer', reason, [statusWords(response)]);
}

/**
 * Whether KYBIO itself answered: its JSON came under HTTP 200, whatever it said. That alone ends no pause:
 * words of a broken back end, or about our credentials, clock or quota, are such an answer too.
 */
export const wasAnswered = (exchange: Exchange): boolean =>
  exchange.response?.status === 200 &&
  exchange.response.body !== null &&
  parseReply(exchange.response.body).ok;
