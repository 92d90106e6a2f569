import type { Amount, EntryCause, EntryKind, EntryState, EntryTerms } from '../../preload/contract/index.ts';
import type { Exchange, IncrementFields, Outcome, SignedBody } from '../hosts/port/index.ts';
import type { EntryOrigin } from './tables/entry-origin.ts';

/** What the counter asks the outbox to keep; everything else the outbox decides itself. */
export interface IncrementDraft {
  readonly requestId: string;
  readonly kind: EntryKind;
  readonly customerUid: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
  /** A name as people read it, and the id of who has it; null where nobody is set up. */
  readonly actor: string;
  readonly personId: string | null;
  readonly note: string;
  /** The id of the entry that a reversal takes back. */
  readonly corrects: string | null;
  readonly terms: EntryTerms;
  /** Where it came from by a paper; absent or null of what is entered here. */
  readonly origin?: EntryOrigin | null;
}

/** A row of the outbox. What comes before `state` never changes. */
export interface Increment extends IncrementDraft {
  readonly id: string;
  readonly sequence: number;
  readonly origin: EntryOrigin | null;
  readonly till: string;
  readonly accountHost: string;
  readonly accountAppId: string;
  readonly dataChangeTime: string;
  readonly createdAtMs: number;
  readonly storeDay: string;
  readonly state: EntryState;
  readonly version: number;
  readonly touched: boolean;
  readonly cause: EntryCause | null;
  readonly messages: readonly string[];
  readonly notBeforeMs: number;
  readonly balanceBefore: Amount | null;
  readonly balanceAfter: Amount | null;
  readonly pointBefore: Amount | null;
  readonly pointAfter: Amount | null;
  readonly settledAtMs: number | null;
  readonly attempts: number;
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
