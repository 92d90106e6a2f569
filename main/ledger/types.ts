import type { Amount, EntryFacts, EntryState } from '../../preload/contract/index.ts';
import type { Exchange, IncrementFields, Outcome, SignedBody } from '../hosts/port/index.ts';

/** What the counter asks the outbox to keep; everything else the outbox decides itself. */
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
  /** Where it came from by a paper; absent or null of what is entered here. */
  readonly origin?: EntryFacts['origin'];
}

/** A row of the outbox, with what others say of it. */
export interface Increment extends EntryFacts {
  /** The sequence of the entry that this one takes back, and whether one takes this one back. */
  readonly correctsSequence: number | null;
  readonly corrected: boolean;
  /** The entry that takes this one back: open, in doubt or confirmed. One that was refused or cancelled does not. */
  readonly takenBack: {
    readonly sequence: number;
    readonly state: EntryState;
    readonly isWhole: boolean;
    /** What it takes. */
    readonly balance: Amount;
    readonly point: Amount;
  } | null;
  /** Refused, and nobody has acknowledged it. */
  readonly unacknowledged: boolean;
}

/** What the member held just before sending (protocol rule 6). */
export interface Baseline {
  readonly balance: Amount;
  readonly point: Amount;
  readonly atMs: number;
}

/** Whose outbox this is and where its increments go. */
export interface OutboxIdentity {
  readonly till: string;
  readonly accountHost: string;
  readonly accountAppId: string;
  readonly storeTimeZone: string;
  readonly tillNumber: number;
  readonly tillCount: number;
}

export type Sign = (fields: IncrementFields) => SignedBody;

/** An attempt that was committed before its first byte leaves. */
export interface BegunAttempt {
  readonly increment: Increment;
  readonly number: number;
  /** By the monotonic clock. */
  readonly begunAtMs: number;
}

export interface AttemptEnd {
  readonly exchange: Exchange;
  readonly outcome: Outcome;
  /** Earliest next send of this entry, Unix ms. */
  readonly notBeforeMs: number;
  /** The same bytes were sent again to a host that is proven to refuse them. */
  readonly duplicateMeansApplied: boolean;
}

/** A queued entry as the sync loop plans with it. */
export interface SendCandidate {
  readonly id: string;
  readonly version: number;
  readonly sequence: number;
  readonly customerUid: string;
  /** An attempt of it was or may have been at KYBIO. */
  readonly touched: boolean;
  readonly createdAtMs: number;
  readonly notBeforeMs: number;
}

/** The entry of a member behind which the member's later ones wait. */
export interface EntryAhead {
  readonly id: string;
  readonly sequence: number;
  readonly state: EntryState;
}
