import type { Amount, Entry, EntryFacts, EntryState } from '../../preload/contract/index.ts';
import type { Exchange, IncrementFields, Outcome, SignedBody } from '../hosts/port/index.ts';

/** What the counter hands to the outbox, which adds the rest. */
export interface IncrementDraft
  extends Pick<
    EntryFacts,
    | 'requestId'
    | 'kind'
    | 'customerUid'
    | 'customerNumber'
    | 'customerName'
    | 'balanceIncrement'
    | 'pointIncrement'
    | 'actor'
    | 'personId'
    | 'note'
    | 'corrects'
    | 'terms'
  > {
  /** The receipt it was imported from; absent or null if entered here. */
  readonly origin?: EntryFacts['origin'];
}

/** A row of the outbox, with what other entries say about it. */
export interface Increment extends EntryFacts {
  /** The sequence of the entry that this one takes back. */
  readonly correctsSequence: number | null;
  readonly corrected: boolean;
  /** The entry that takes this one back, unless refused or cancelled. */
  readonly takenBack: {
    readonly sequence: number;
    readonly state: EntryState;
    readonly isWhole: boolean;
    readonly balance: Amount;
    readonly point: Amount;
  } | null;
  /** A manager's, for a settled entry that the till did not decide itself. */
  readonly decision: Entry['decision'];
  /** Refused and not acknowledged. */
  readonly unacknowledged: boolean;
}

/** The member's sums just before sending (protocol rule 6). */
export interface Baseline {
  readonly balance: Amount;
  readonly point: Amount;
  readonly atMs: number;
}

export interface OutboxIdentity {
  readonly till: string;
  readonly accountHost: string;
  readonly accountAppId: string;
  readonly storeTimeZone: string;
  readonly tillNumber: number;
  readonly tillCount: number;
}

export type Sign = (fields: IncrementFields) => SignedBody;

/** An attempt as committed, before its first byte leaves. */
export interface BegunAttempt {
  readonly increment: Increment;
  readonly number: number;
  /** On the monotonic clock. */
  readonly begunAtMs: number;
}

export interface AttemptEnd {
  readonly exchange: Exchange;
  readonly outcome: Outcome;
}

export interface SendCandidate {
  readonly id: string;
  readonly version: number;
  readonly sequence: number;
  readonly customerUid: string;
  /** May have reached KYBIO. */
  readonly touched: boolean;
  readonly createdAtMs: number;
}

/** The entry that a member's later ones wait for. */
export interface EntryAhead {
  readonly id: string;
  readonly sequence: number;
  readonly state: EntryState;
}
