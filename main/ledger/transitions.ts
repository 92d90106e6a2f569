import type { EntryCause, EntryState, Result } from '../../preload/contract/index.ts';
import type { SignedBody } from '../hosts/port/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

/** What tells whether a send lies between two looks, whether one is under way, and whether an entry is undecided. */
export interface SendsBegun {
  /** Another number after each attempt that this till has begun; compared, and nothing else. */
  readonly begun: number;
  readonly sending: boolean;
  readonly undecided: boolean;
  /** When the last of them ended; null where none has. */
  readonly endedAtMs: number | null;
}

/** An answer to "was it applied?", with who gave it and on what. */
export interface Decision {
  readonly state: EntryState;
  readonly cause: EntryCause | null;
  readonly who: Actor;
  readonly reason: string;
  readonly evidence: unknown;
}

/**
 * How entries change: each transition names the old state and version, in one transaction (protocol rule 8). It reads its
 * entry once, before it writes, and what it returns is what it has folded.
 */
export interface TransitionsRepository {
  /**
   * `queued` → `sending`, and the attempt with its baseline, in one commit before the first byte
   * leaves (protocol rule 2). Null when the entry is no longer what the candidate says.
   */
  beginAttempt(
    candidate: Pick<SendCandidate, 'id' | 'version'>,
    baseline: Baseline | null,
    newConnection: boolean,
    from?: 'queued' | 'unknown',
  ): BegunAttempt | null;
  /** `sending` → whatever the attempt's end means. `within` writes what belongs to the same commit. */
  endAttempt(begun: BegunAttempt, end: AttemptEnd, within?: (settled: Increment) => void): Increment;
  /**
   * `queued` → `cancelled`, only while untouched (protocol rule 4). Errors: entry-not-found, entry-touched,
   * entry-changed.
   */
  cancel(id: string, who: Actor): Result<Increment>;
  /** Found in `sending` at start-up: the process died not knowing (protocol rule 2). Returns how many. */
  recoverInterrupted(): number;
  /** `queued` → `review`: what cannot be vouched for is never sent. */
  quarantine(candidate: SendCandidate): void;
  /**
   * `queued` or `unknown` → `review`, where evidence does not settle it, or for another cause where it is there already;
   * `who` found it, the program where absent. Returns what the entry is then; null where it has changed.
   */
  sendToReview(
    entry: { readonly id: string; readonly version: number },
    cause: EntryCause,
    who?: Actor,
  ): Increment | null;
  /**
   * `unknown` or `review` → what evidence or a manager says (journaled with who, why and on what). Returns what the entry
   * is then; null where it has changed meanwhile: then nothing was decided.
   */
  decide(
    entry: { readonly id: string; readonly version: number; readonly state: EntryState },
    decision: Decision,
  ): Increment | null;
  /** New signatures for the same bytes after a change of key: only where the journal vouches, never while sending. */
  resign(sign: (body: Buffer) => SignedBody, vouches: (id: string) => boolean): number;
  /** Attempts that were or may be at KYBIO: tells whether a reading overlapped a send (protocol rule 6). */
  sendsOf(customerUid: string): SendsBegun;
  /** The same for all members together; an undecided entry of one does not blur the others. */
  sendsOfAll(): Pick<SendsBegun, 'begun' | 'sending'>;
}
