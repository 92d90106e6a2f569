import { z } from 'zod';

/**
 * Every failure a person can meet. The renderer has a sentence for each (`errors.<code>` in the
 * locale files) that says what happened, what it means for the money and what to do.
 */
export const errorCodes = [
  // The bridge
  'invalid-request',
  'unknown-channel',
  'forbidden-sender',
  'too-large',
  'internal',
  'not-set-up',
  'not-in-practice',
  // The form
  'amount-invalid',
  'points-invalid',
  'nothing-to-add',
  'above-cap',
  'note-too-long',
  // The offline policy
  'member-waiting-cap',
  'till-waiting-cap',
  'offline-too-long',
  'asked-twice',
  'would-go-below-zero',
  'check-up-running',
  'check-up-not-possible',
  'check-up-open',
  'no-free-second',
  // Members
  'member-not-found',
  'member-unknown-offline',
  'member-disabled',
  'member-deleted',
  'member-expired',
  'member-blank',
  'member-changed',
  'other-member-read',
  'member-id-inexact',
  'scan-unread',
  // Entries
  'entry-not-found',
  'entry-touched',
  'entry-changed',
  'entry-not-reversible',
  'entry-not-vouched',
  'evidence-changed',
  'may-still-arrive',
  // The database
  'database-locked',
  'database-read-only',
  'database-corrupt',
  'database-newer',
  'database-failed',
  'disk-full',
  'second-copy',
  'till-not-opened',
  'data-missing',
  'other-account',
  // Backups
  'backup-no-room',
  'backup-place-gone',
  'backup-failed',
  'backup-damaged',
  'backup-newer',
  'backup-other-till',
  'backup-other-machine',
  'backup-not-found',
  'data-damaged',
  'till-open',
  'till-retired',
  'only-live',
  'passphrase-wrong',
  'passphrase-weak',
  // Secrets and people
  'keyring-unavailable',
  'keyring-plain-text',
  'key-lost',
  'manager-pin-missing',
  'manager-pin-exists',
  'manager-pin-wrong',
  'manager-pin-weak',
  'manager-locked',
  'manager-locked-out',
  'manager-pin-not-made',
  'app-key-wrong',
  'recovery-code-wrong',
  'provisioning-invalid',
  // Support
  'file-not-saved',
  'station-not-saved',
  'other-user',
  // KYBIO and the way there
  'host-invalid',
  'host-insecure',
  'host-not-found',
  'host-unreachable',
  'certificate',
  'captive-portal',
  'not-kybio',
  'key-refused',
  'permission',
  'clock-wrong',
  'quota',
  'server-error',
  'no-answer',
  'refused',
  'call-budget-spent',
  // Updates
  'update-off',
  'update-none',
  'update-not-now',
  'update-feed-unreachable',
  'update-feed-redirected',
  'update-feed-certificate',
  'update-feed-answer',
  'update-proxy-password',
  'update-list-too-large',
  'update-list-unsigned',
  'update-list-invalid',
  'update-list-other-product',
  'update-list-replayed',
  'update-list-expired',
  'update-list-from-future',
  'update-older',
  'update-below-floor',
  'update-not-for-this-pc',
  'update-file-missing',
  'update-file-size',
  'update-file-cut-off',
  'update-file-hash',
  'update-file-changed',
  'update-disk-full',
  'update-folder',
  'update-program-read-only',
  'update-needs-administrator',
  'update-rehearsal-failed',
  'update-not-rehearsed',
  'update-failed',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export const appErrorSchema = z.object({
  code: errorCodeSchema,
  /** Values for the sentence, e.g. `{ cap: '500.00' }`. Never a secret, a body or a stack. */
  details: z.record(z.string(), z.string().max(500)).optional(),
  /** Names the line in the log, for `internal` and database failures. */
  reference: z.string().max(40).optional(),
});
export type AppError = z.infer<typeof appErrorSchema>;

export const appError = (code: ErrorCode, details?: Record<string, string>): AppError =>
  details === undefined ? { code } : { code, details };
