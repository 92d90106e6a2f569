import type { LinkState } from '../hosts/link/index.ts';
import type { EntryAhead, SendCandidate } from '../ledger/index.ts';

export interface WhatWaits {
  readonly link: Pick<LinkState, 'reach' | 'pauses' | 'backoff'>;
  readonly sending: number;
  readonly unknown: number;
  readonly candidates: readonly Pick<SendCandidate, 'customerUid'>[];
  readonly entriesAhead: ReadonlyMap<string, EntryAhead>;
}

export type WhyNothingWasSent = 'nothing-waiting' | 'paused' | 'offline' | 'behind-checking';

/** Why "Send now" sends nothing, as far as known when it is pressed; null if something goes. */
export function whyNothingWasSent({
  link,
  sending,
  unknown,
  candidates,
  entriesAhead,
}: WhatWaits): WhyNothingWasSent | null {
  if (candidates.length === 0 && sending === 0) return unknown > 0 ? 'behind-checking' : 'nothing-waiting';
  // After an unanswered increment a reading ends this pause at once.
  const isMissingAnswer = link.pauses.every(({ reason }) => reason === 'unanswered');
  if (link.pauses.length > 0 && !(isMissingAnswer && link.backoff.isOfIncrement)) return 'paused';
  if (link.reach === 'offline') return 'offline';
  if (sending > 0) return null;
  const isBehindUndecided = ({ customerUid }: Pick<SendCandidate, 'customerUid'>) =>
    entriesAhead.get(customerUid)?.state === 'unknown';
  return candidates.every(isBehindUndecided) ? 'behind-checking' : null;
}
