import type { ReadFailure } from '../port/member-host.ts';

/** It was refused in words, also where nobody can tell whether they are KYBIO's. */
export const isRefusedInWords = ({ kind, cause }: ReadFailure): boolean =>
  kind === 'refused' || cause === 'unknown-words';

/**
 * A host may not have one of the calls, or not give it to this account: that says nothing of the way to
 * KYBIO, nor of what the other calls bring.
 */
export const isCallRefused = ({ cause, pause }: ReadFailure): boolean =>
  cause === 'refused-status' || pause === 'permission';
