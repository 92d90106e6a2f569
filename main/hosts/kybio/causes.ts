import type { EntryCause, PauseReason } from '../../../preload/contract/index.ts';
import type { Exchange, FailureKind } from '../port/member-host.ts';
import type { WordsCategory } from './known-words.ts';
import type { NotKybio } from './reply.ts';

/** The cause of an attempt's end, and the queue's pause for it (null: none). */
export interface Reason {
  readonly cause: EntryCause;
  readonly pause: PauseReason | null;
}

const reason = (cause: EntryCause, pause: PauseReason | null = null): Reason => ({ cause, pause });

/** Row 1 of the outcome table: nothing left the machine. */
export const notSentReasons: Readonly<Record<FailureKind, Reason>> = {
  dns: reason('dns'),
  'connection-refused': reason('connection-refused'),
  unreachable: reason('unreachable'),
  'connect-timeout': reason('connect-timeout'),
  // The deadline passed before anything was sent: shown like a connect timeout.
  timeout: reason('connect-timeout'),
  'proxy-refused': reason('proxy-refused'),
  'proxy-password': reason('proxy-password'),
  'proxy-unreachable': reason('proxy-unreachable'),
  'proxy-unsupported': reason('proxy-unsupported'),
  'proxy-unknown': reason('proxy-unknown'),
  tls: reason('tls'),
  certificate: reason('certificate', 'certificate'),
  aborted: reason('aborted-before-sending'),
  reset: reason('not-sent'),
  'too-large': reason('not-sent'),
  undecodable: reason('not-sent'),
  other: reason('not-sent'),
};

/** The reason of a sent exchange without a complete, readable response. */
export function lostReason(kind: FailureKind, headRead: boolean): Reason {
  if (kind === 'aborted') return reason('aborted');
  if (kind === 'timeout') return reason('timeout');
  if (kind === 'too-large' || kind === 'undecodable') return reason('unreadable');
  // Only where the phase event is unproven: the certificate must be fixed all the same.
  if (kind === 'certificate') return reason('reply-lost', 'certificate');
  return reason(headRead ? 'truncated' : 'reply-lost');
}

/**
 * Statuses that refuse before processing, where no KYBIO JSON comes with them, and their pauses. KYBIO answers 200
 * even for a bad key, so a 401 is a gateway's, and its pause ends with an answered read. Redirects and 511 are a
 * portal's.
 */
const refusedStatuses: ReadonlyMap<number, PauseReason> = new Map([
  [301, 'portal'],
  [302, 'portal'],
  [307, 'portal'],
  [308, 'portal'],
  [401, 'permission'],
  [404, 'server'],
  [405, 'permission'],
  [407, 'permission'],
  [413, 'permission'],
  [415, 'permission'],
  [421, 'server'],
  [511, 'portal'],
]);

export const refusedReason = (status: number): Reason | null => {
  const pause = refusedStatuses.get(status);
  return pause === undefined ? null : reason('refused-status', pause);
};

/** Complete responses that are neither KYBIO's nor a refusal: the work may already have been done. */
export function strangeReason(status: number, why: NotKybio): Reason {
  if (status >= 500) return reason('server-error', 'server');
  if (status === 303) return reason('other-status', 'portal');
  if (status === 403) return reason('other-status', 'permission');
  if (status !== 200) return reason('other-status');
  if (why === 'html') return reason('portal-page', 'portal');
  return reason(why === 'no-status' ? 'not-kybio' : 'unreadable');
}

/** KYBIO JSON under a status that is not 200. */
export const otherStatusReason = (status: number): Reason =>
  reason('other-status', status >= 500 ? 'server' : null);

/** Known words that mean not applied, for a reason other than this entry. */
export const ourFaultReasons: Partial<Readonly<Record<WordsCategory, Reason>>> = {
  credentials: reason('credentials', 'credentials'),
  signature: reason('credentials', 'credentials'),
  'time-stamp': reason('time-stamp', 'clock'),
  permission: reason('permission', 'permission'),
  quota: reason('quota', 'quota'),
};

/** A status in words for log and banner, with a redirect's host but not its whole address. */
export function statusWords(response: NonNullable<Exchange['response']>): string {
  const host = /^https?:\/\/([^/?#\s]{1,200})/i.exec(response.location)?.[1];
  return host === undefined ? `HTTP ${response.status}` : `HTTP ${response.status} → ${host}`;
}
