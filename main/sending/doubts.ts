import type { Result } from '../../preload/contract/index.ts';
import type { HostProfile } from '../hosts/index.ts';
import type { IncrementReply } from '../hosts/port/index.ts';
import type { Increment } from '../ledger/index.ts';
import type { Doubt, OwnSince, SumsInReply, Suspect } from './next-reply.ts';
import type { Sums } from './undecided.ts';
import type { OtherAnswers } from './whose-reply.ts';

/** A doubt that waits for a manager. */
export interface OpenDoubt extends Doubt {
  readonly id: string;
  readonly openedAtMs: number;
  /** The entry whose reply raised it. */
  readonly seenBy: string;
  readonly content: unknown;
}

export type SeenBy = Pick<Increment, 'id' | 'customerUid' | 'accountHost' | 'accountAppId'>;

export interface DoubtRepository {
  /**
   * Ended entries of this member on this account that could still turn out otherwise: what was never certain and ended
   * after `uncertainMs` first, then what was replied to since `repliedMs`, the newest first: a middlebox may deliver any
   * request twice. Of the refused ones only what was sent more than once. The one whose reply it is is among them
   * where it may have come by another way.
   */
  suspects(
    seenBy: SeenBy,
    since: { readonly uncertainMs: number; readonly repliedMs: number },
    profile: HostProfile,
  ): readonly Suspect[];
  /** What this member's undecided entries would add, each of which is in the sums or not. */
  undecided(seenBy: SeenBy): readonly Sums[];
  /**
   * What KYBIO said this member held after the newest reply to another entry of ours, with ours since; each part
   * as it was last told. Null where that is not known: none was replied to, or one that was sent before it was
   * decided after it.
   */
  afterLastReply(seenBy: SeenBy): SumsInReply | null;
  /** The baseline before the first of several sendings of an entry; null where it was sent once. */
  beforeFirstSending(entryId: string): Sums | null;
  /** Whether a reply has confirmed another entry of the member, or has that one's second: then it answers no other. */
  isOfAnother(entry: SeenBy & Pick<Increment, 'dataChangeTime'>, reply: IncrementReply): boolean;
  /** What else a success of this entry may be the answer to. */
  otherAnswers(
    entry: SeenBy & Pick<Increment, 'balanceIncrement' | 'pointIncrement'>,
    nowMs: number,
  ): OtherAnswers;
  /** Ours since the reply to `seenBy`: what was under way then is in its sums or not. */
  ownSince(seenBy: SeenBy): OwnSince;
  /** One doubt of a kind for an entry: what a manager has resolved is asked anew, what waits goes on waiting. */
  open(doubt: Doubt, seenBy: string, atMs: number, content: unknown): void;
  /** How the doubt of this kind about an entry stands; null where there never was one. */
  standing(doubt: Doubt): 'waiting' | 'corrected' | 'dismissed' | null;
  /** Whether the entry may have gone in twice. */
  mayBeThereTwice(entryId: string, profile: HostProfile): boolean;
  /** Those without an answer, and those whose correction came to nothing. */
  waiting(): readonly OpenDoubt[];
  byId(id: string): OpenDoubt | null;
  /** False where another manager was quicker. */
  resolve(id: string, resolution: 'corrected' | 'dismissed', atMs: number): boolean;
  /** The request id of its next correction, another one after each that was made. */
  requestId(id: string): string;
  /** True where a reversal that was made after the reply which raised it takes the entry back. */
  isTakenBackSince(doubt: OpenDoubt): boolean;
  /** Resolved by what `add` adds, both in one commit or neither. Errors: entry-changed, and those of `add`. */
  correct<T>(id: string, atMs: number, add: () => Result<T>): Result<T>;
}

/** What receipts say of entries. */
export interface PapersBeside {
  /**
   * An entry has settled, by its reply or by a person: a paper that was kept beside it is followed now as one that is
   * scanned at this moment. Belongs inside the commit that settles it.
   */
  settled(entry: Increment): void;
}
