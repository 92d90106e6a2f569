import {
  type AppError,
  appError,
  type EntryCause,
  type ErrorCode,
  type PauseReason,
} from '../../preload/contract/index.ts';
import { isRefusedInWords } from '../hosts/link/index.ts';
import type { ReadFailure } from '../hosts/port/index.ts';

const byPause: Partial<Record<PauseReason, ErrorCode>> = {
  credentials: 'key-refused',
  permission: 'permission',
  portal: 'captive-portal',
  certificate: 'certificate',
  server: 'server-error',
  clock: 'clock-wrong',
  quota: 'quota',
};

const byCause: Partial<Record<EntryCause, ErrorCode>> = {
  dns: 'host-not-found',
  'connection-refused': 'host-unreachable',
  unreachable: 'host-unreachable',
  'connect-timeout': 'host-unreachable',
  'proxy-refused': 'proxy-refused',
  'proxy-password': 'proxy-password',
  'proxy-unreachable': 'proxy-unreachable',
  'proxy-unsupported': 'proxy-unsupported',
  'proxy-unknown': 'proxy-unknown',
  tls: 'certificate',
  certificate: 'certificate',
  'portal-page': 'captive-portal',
  'not-kybio': 'not-kybio',
  'server-error': 'server-error',
};

/** The error to show for a failed read. */
export function readError(failure: ReadFailure): AppError {
  const words = failure.messages.join(' ').slice(0, 500);
  const details = words === '' ? undefined : { words };
  if (failure.kind === 'nothing') return appError(failure.isBlank ? 'member-blank' : 'member-not-found');
  if (failure.cause === 'other-member') return appError('other-member-read');
  if (isRefusedInWords(failure)) return appError('refused', details);
  // A 404 or a 421: a server is there, and KYBIO is not behind this address.
  if (failure.cause === 'refused-status' && failure.pause === 'server') return appError('not-kybio', details);
  const paused = failure.pause === null ? undefined : byPause[failure.pause];
  return appError(paused ?? byCause[failure.cause] ?? 'no-answer', details);
}
