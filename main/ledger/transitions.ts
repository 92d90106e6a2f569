import type { EntryCause, EntryState, Result } from '../../preload/contract/index.ts';
import type { SignedBody } from '../hosts/port/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

/** Whether a send lies between two readings, is under way, or is undecided. */
export interface SendsBegun {
  /** The number of the newest attempt that this till began. */
  readonly begun: number;
  readonly sending: boolean;
  readonly undecided: boolean;
  /** When the last attempt ended. */
  readonly endedAtMs: number | null;
}

/** An answer to "was it applied?" */
export interface Decision {
  readonly state: EntryState;
  readonly cause: EntryCause | null;
  readonly who: Actor;
  readonly reason: string;
  readonly evidence: unknown;
}

/**
 * Entry transitions: each names the old state and version, in one transaction (protocol rule 8). It reads its entry
 * once, before it writes, and returns what it folded.
 */
export interface TransitionsRepository {
  /**
   * `queued` (or `unknown`) → `sending`, with the attempt and its baseline, in one commit before the first byte leaves
   * (protocol rule 2). Null if the entry is no longer the candidate.
   */
  beginAttempt(
    candidate: Pick<SendCandidate, 'id' | 'version'>,
    baseline: Baseline | null,
    from?: 'queued' | 'unknown',
  ): BegunAttempt | null;
  /** `sending` → what the attempt's end means. `within` runs in the same commit. */
  endAttempt(begun: BegunAttempt, end: AttemptEnd, within?: (settled: Increment) => void): Increment;
  /**
   * `queued` → `cancelled`, only while untouched (protocol rule 4).
   * Errors: entry-not-found, entry-touched, entry-changed.
   */
  cancel(id: string, who: Actor): Result<Increment>;
  /** `sending` → `unknown` at start-up, since the process died (protocol rule 2). Returns how many. */
  recoverInterrupted(): number;
  /** `queued` → `review` for an entry that does not verify. */
  quarantine(candidate: SendCandidate): void;
  /**
   * `queued`, `unknown` or `review` → `review` with this cause; `who` is the program if absent. Null if the entry has
   * changed.
   */
  sendToReview(
    entry: { readonly id: string; readonly version: number },
    cause: EntryCause,
    who?: Actor,
  ): Increment | null;
  /**
   * `unknown` → confirmed or review, `review` → the decision, journaled with who and why. Null, with nothing decided, if
   * the entry has changed or may not take this step: what is unknown never queues itself.
   */
  decide(
    entry: { readonly id: string; readonly version: number; readonly state: EntryState },
    decision: Decision,
  ): Increment | null;
  /**
   * New signatures for the same bytes after a change of key: of entries that verify, never while sending. Returns how
   * many.
   */
  resign(sign: (body: Buffer) => SignedBody, isVerified: (id: string) => boolean): number;
  /** Attempts that may have reached KYBIO: tells whether a reading overlapped a send (protocol rule 6). */
  sendsOf(customerUid: string): SendsBegun;
  /** The same over all members; one member's undecided entry does not affect the others. */
  sendsOfAll(): Pick<SendsBegun, 'begun' | 'sending'>;
}
