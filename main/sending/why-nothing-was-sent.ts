import type { LinkState } from '../hosts/link/index.ts';
import type { EntryAhead, SendCandidate } from '../ledger/index.ts';

export interface WhatWaits {
  readonly link: Pick<LinkState, 'reach' | 'pauses'>;
  /** The system sees no network. */
  readonly networkGone: boolean;
  readonly sending: number;
  readonly unknown: number;
  readonly candidates: readonly Pick<SendCandidate, 'customerUid'>[];
  readonly entriesAhead: ReadonlyMap<string, EntryAhead>;
  /** How long entries go one at a time, ever more rarely, since the last ones were not answered; 0 where they do not. */
  readonly heldBackMs: number;
  /** How long what waits is held for this till's turn among the chain's; 0 where it is not. */
  readonly inTurnMs: number;
  /** A person lets one go all the same. */
  readonly insists: boolean;
}

export type WhyNothingWasSent =
  | 'nothing-waiting'
  | 'paused'
  | 'offline'
  | 'behind-checking'
  | 'held-back'
  | 'in-turn';

/**
 * Why "Send now" sends nothing, as far as is known when it is pressed: what the attempt finds out comes later. Null
 * where something goes.
 */
export function whyNothingWasSent({
  link,
  networkGone,
  sending,
  unknown,
  candidates,
  entriesAhead,
  heldBackMs,
  inTurnMs,
  insists,
}: WhatWaits): WhyNothingWasSent | null {
  if (candidates.length === 0 && sending === 0) return unknown > 0 ? 'behind-checking' : 'nothing-waiting';
  const heldBack = heldBackMs > 0 && !insists;
  // Where only the last answer is missing, a reading ends the pause in a moment, and the wait stays.
  const isMissingAnswer = link.pauses.every(({ reason }) => reason === 'unanswered');
  if (link.pauses.length > 0 && !(isMissingAnswer && heldBackMs > 0)) return 'paused';
  if (link.reach === 'offline' || networkGone) return 'offline';
  if (sending > 0) return null;
  const isBehindUndecided = ({ customerUid }: Pick<SendCandidate, 'customerUid'>) =>
    entriesAhead.get(customerUid)?.state === 'unknown';
  if (candidates.every(isBehindUndecided)) return 'behind-checking';
  if (heldBack) return 'held-back';
  return inTurnMs > 0 && !insists ? 'in-turn' : null;
}
