import type { Exchange, Read, ReadFailure } from '../port/member-host.ts';
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
import type { KnownWords } from './known-words.ts';
import { type KybioReply, parseReply, shownMessages } from './reply.ts';
import { knownWords } from './words.ts';

/** A parser's result: a value, no such record, unreadable data, or another member's record. */
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

function classifyError({ messages, errorCode }: KybioReply, words: readonly KnownWords[]): ReadResult<never> {
  // A mention is enough for a read, since no increment depends on it.
  const found = findMention(messages, words) ?? findWords(messages, errorCode, words);
  const ourFault = found === null ? undefined : ourFaultReasons[found.category];
  if (ourFault !== undefined) return failed('paused', ourFault, messages);
  if (found?.notFound === true)
    return failed('nothing', { cause: 'refused-by-kybio', pause: null }, messages);
  if (found?.category === 'back-end')
    return failed('no-answer', { cause: 'back-end-error', pause: null }, messages);
  return failed('refused', { cause: 'unknown-words', pause: null }, messages);
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

/**
 * Classifies a read: whether KYBIO answered, and what the queue waits for if not. `paused` has a pause reason, and so
 * may `no-answer` (a portal's page, a 5xx).
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
  return failed('no-answer', strangeReason(response.status, parsed.error), [statusWords(response)]);
}

/**
 * Whether KYBIO itself answered: its JSON under HTTP 200, whatever it says. That alone ends no pause: errors of a
 * broken back end, our credentials, clock or quota are such answers too.
 */
export const wasAnswered = (exchange: Exchange): boolean =>
  exchange.response?.status === 200 &&
  exchange.response.body !== null &&
  parseReply(exchange.response.body).ok;
