import type { ReadFailure } from '../port/member-host.ts';

/** Whether it was refused in words, even if perhaps not KYBIO's. */
export const isRefusedInWords = ({ kind, cause }: ReadFailure): boolean =>
  kind === 'refused' || cause === 'unknown-words';

/**
 * Whether only this call is refused: a host may not offer it to this account, which says nothing of the connection or
 * other calls.
 */
export const isCallRefused = ({ cause, pause }: ReadFailure): boolean =>
  cause === 'refused-status' || pause === 'permission';
