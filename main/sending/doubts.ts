import type { Result } from '../../preload/contract/index.ts';
import type { HostProfile } from '../hosts/index.ts';
import type { IncrementReply } from '../hosts/port/index.ts';
import type { Increment } from '../ledger/index.ts';
import type { Doubt, OwnSince, SumsInReply, Suspect } from './next-reply.ts';
import type { Sums } from './undecided.ts';
import type { OtherAnswers } from './whose-reply.ts';

/** A suspicion that waits for a manager. */
export interface OpenDoubt extends Doubt {
  readonly id: string;
  readonly openedAtMs: number;
  readonly seenBy: string;
  readonly content: unknown;
}

type SeenBy = Pick<Increment, 'id' | 'customerUid' | 'accountHost' | 'accountAppId'>;

export interface DoubtRepository {
  /**
   * Settled entries of the member that may still turn out otherwise: uncertain ones settled after `uncertainMs`
   * first, then those replied to since `repliedMs`, newest first, since a middlebox may deliver any request twice;
   * refused ones only if sent more than once. Includes `seenBy` itself if it has a second way in.
   */
  suspects(
    seenBy: SeenBy,
    since: { readonly uncertainMs: number; readonly repliedMs: number },
    profile: HostProfile,
  ): readonly Suspect[];
  /** What the member's undecided entries would add; each may or may not be in the sums. */
  undecided(seenBy: SeenBy): readonly Sums[];
  /**
   * The member's sums after the newest reply to another entry, plus ours since; each part as last reported. Null if
   * unknown: no reply, or an entry sent before it was decided after it.
   */
  afterLastReply(seenBy: SeenBy): SumsInReply | null;
  /** The baseline before the first of several sends of an entry; null if it was sent once. */
  beforeFirstSending(entryId: string): Sums | null;
  /** Whether this reply has confirmed another entry of the member, or has its second: then it answers no other. */
  isOfAnother(entry: SeenBy & Pick<Increment, 'dataChangeTime'>, reply: IncrementReply): boolean;
  /** What else a success reported for this entry may answer. */
  otherAnswers(
    entry: SeenBy & Pick<Increment, 'balanceIncrement' | 'pointIncrement'>,
    nowMs: number,
  ): OtherAnswers;
  /** Our increments since the reply to `seenBy`; those under way then may be in its sums. */
  ownSince(seenBy: SeenBy): OwnSince;
  /** One suspicion of a kind for an entry: reopened once resolved, unchanged while it waits. */
  open(doubt: Doubt, seenBy: string, atMs: number, content: unknown): void;
  /** Null if there never was one. */
  standing(doubt: Doubt): 'waiting' | 'corrected' | 'dismissed' | null;
  /** Whether the entry may have been applied twice. */
  mayBeThereTwice(entryId: string, profile: HostProfile): boolean;
  /** Unanswered ones, and those whose correction failed. */
  waiting(): readonly OpenDoubt[];
  byId(id: string): OpenDoubt | null;
  /** False if another manager was quicker. */
  resolve(id: string, resolution: 'corrected' | 'dismissed', atMs: number): boolean;
  /** The request id of its next correction. */
  requestId(id: string): string;
  /** Whether a reversal made after the reply that raised it takes the entry back. */
  isTakenBackSince(doubt: OpenDoubt): boolean;
  /** Resolves it and runs `add` in one commit. Errors: entry-changed, and those of `add`. */
  correct<T>(id: string, atMs: number, add: () => Result<T>): Result<T>;
}

export interface PaperFollowUp {
  /**
   * An entry was settled: its stored receipt is now evaluated as if scanned. Runs inside the commit that settles it.
   */
  settled(entry: Increment): void;
}
