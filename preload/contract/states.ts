import { z } from 'zod';

/** The states of an increment, as in the protocol, "The entry and its states". */
export const entryStates = [
  'queued',
  'sending',
  'confirmed',
  'rejected',
  'unknown',
  'review',
  'cancelled',
] as const;
export const entryStateSchema = z.enum(entryStates);
export type EntryState = z.infer<typeof entryStateSchema>;

/** What an increment is for. A reversal takes back a confirmed entry and names it. */
export const entryKinds = ['top-up', 'award', 'reversal'] as const;
export const entryKindSchema = z.enum(entryKinds);
export type EntryKind = z.infer<typeof entryKindSchema>;

/** Why the whole queue waits (protocol rule 7). No entry fails by a pause. */
export const pauseReasons = [
  'credentials',
  'permission',
  'portal',
  'certificate',
  'server',
  'clock',
  'quota',
  'contradiction',
  'unknown-words',
  'unanswered',
  'disk',
  'key-lost',
  'manager',
  'other-machine',
  'till-number',
] as const;
export const pauseReasonSchema = z.enum(pauseReasons);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** Why an entry is not settled yet, or how it ended; the screen has words for each (`causes.<cause>`). */
export const entryCauses = [
  // Nothing left the machine
  'dns',
  'connection-refused',
  'unreachable',
  'connect-timeout',
  'proxy-refused',
  'tls',
  'certificate',
  'aborted-before-sending',
  'not-sent',
  // Refused before processing
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'refused-status',
  'overloaded',
  // May have been applied
  'reply-lost',
  'timeout',
  'truncated',
  'unreadable',
  'portal-page',
  'not-kybio',
  'server-error',
  'back-end-error',
  'duplicate',
  'unknown-words',
  'reused-socket-error',
  'other-status',
  'other-member',
  'other-amounts',
  'contradicts-itself',
  'aborted',
  'restarted',
  // Ended
  'refused-by-kybio',
  // Never sent: its signature does not fit its bytes
  'not-vouched-for',
  // For a manager to look at
  'evidence-unclear',
  'restored',
  'sent-before',
  'possible-double',
  'possible-missing',
  'cancelled-by-cashier',
  'replaced',
] as const;
export const entryCauseSchema = z.enum(entryCauses);
export type EntryCause = z.infer<typeof entryCauseSchema>;
