import type { LinkState } from '../hosts/link/index.ts';
import type { EntryAhead, SendCandidate } from '../ledger/index.ts';

export interface WhatWaits {
  readonly link: Pick<LinkState, 'reach' | 'pauses'>;
  readonly sending: number;
  readonly unknown: number;
  readonly candidates: readonly Pick<SendCandidate, 'customerUid'>[];
  readonly entriesAhead: ReadonlyMap<string, EntryAhead>;
  /** Failure back-off, ms; 0 for none. */
  readonly heldBackMs: number;
  /** A person insists on sending one. */
  readonly insists: boolean;
}

export type WhyNothingWasSent = 'nothing-waiting' | 'paused' | 'offline' | 'behind-checking' | 'held-back';

/** Why "Send now" sends nothing, as far as known when it is pressed; null if something goes. */
export function whyNothingWasSent({
  link,
  sending,
  unknown,
  candidates,
  entriesAhead,
  heldBackMs,
  insists,
}: WhatWaits): WhyNothingWasSent | null {
  if (candidates.length === 0 && sending === 0) return unknown > 0 ? 'behind-checking' : 'nothing-waiting';
  // A reading ends this pause at once; the back-off stays.
  const isMissingAnswer = link.pauses.every(({ reason }) => reason === 'unanswered');
  if (link.pauses.length > 0 && !(isMissingAnswer && heldBackMs > 0)) return 'paused';
  if (link.reach === 'offline') return 'offline';
  if (sending > 0) return null;
  const isBehindUndecided = ({ customerUid }: Pick<SendCandidate, 'customerUid'>) =>
    entriesAhead.get(customerUid)?.state === 'unknown';
  if (candidates.every(isBehindUndecided)) return 'behind-checking';
  return heldBackMs > 0 && !insists ? 'held-back' : null;
}
