import type { AppError, ErrorCode } from '../../preload/contract/index.ts';

/** An action that an error sentence suggests; `waysOut.<way>` in the locale files. */
export type WayOut =
  | 'make-pin'
  | 'recover'
  | 'replace-key'
  | 'continue'
  | 'settings'
  | 'check-up'
  | 'set-up'
  | 'slips'
  | 'approve';

const ways: Partial<Record<ErrorCode, WayOut>> = {
  'manager-pin-missing': 'make-pin',
  'manager-pin-not-made': 'make-pin',
  'manager-pin-exists': 'recover',
  'key-lost': 'replace-key',
  'offline-too-long': 'continue',
  'member-waiting-cap': 'settings',
  'till-waiting-cap': 'settings',
  'check-up-running': 'check-up',
  'check-up-open': 'check-up',
  'not-set-up': 'set-up',
  'receipt-scanned': 'slips',
  'approval-needed': 'approve',
};

/** The action for an error; null where the till cannot do it. */
export function wayOut({ code, details }: AppError): WayOut | null {
  // Removed from outside: only the recovery code proves who makes a new one.
  if (code === 'manager-pin-missing' && details?.['reason'] === 'taken-out') return 'recover';
  // The key is there again, and the PIN cannot be tested under it.
  if (code === 'key-lost' && details?.['reason'] === 'pin') return 'recover';
  return ways[code] ?? null;
}
