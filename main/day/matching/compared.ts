import type { Amount, EntryState, MatchPile, MatchReason } from '../../../preload/contract/index.ts';
import type { HostLogRow } from '../../hosts/port/index.ts';
import type { Scope } from './question.ts';

/** An entry that moves money, as it is compared. */
export interface OurEntry {
  readonly sequence: number;
  readonly customerUid: string;
  readonly sum: Amount;
  /** Its `dataChangeTime`. */
  readonly time: string;
  /** When it was entered, in store time: `time` may be an earlier second. */
  readonly madeAt: string;
  /** When it was settled, in store time; null while it is open. */
  readonly endedAt: string | null;
  readonly state: EntryState;
  /** An attempt of it may have reached KYBIO. */
  readonly touched: boolean;
  /** KYBIO's own reply confirmed it, not a person or evidence. */
  readonly hasReply: boolean;
}

export interface LogLine {
  /** Its position in all that was read. */
  readonly place: number;
  readonly page: number;
  readonly row: HostLogRow;
}

export interface MatchInput {
  readonly entries: readonly OurEntry[];
  readonly lines: readonly LogLine[];
  /** The check-up found that rows carry the second that was sent. */
  readonly carriesOurTime: boolean;
  /** What was asked about; rows and entries near it only explain each other. */
  readonly scope: Scope;
  /** When KYBIO was asked, in store time. */
  readonly askedAt: string;
  readonly isKnown: (customerUid: string) => boolean;
}

/** Entries, rows, or both, with the reason for their pile. */
export interface Match {
  readonly pile: MatchPile;
  readonly reason: MatchReason;
  readonly entries: readonly OurEntry[];
  readonly lines: readonly Timed[];
}

export interface Matched {
  readonly matches: readonly Match[];
  readonly logEndsAt: string | null;
}

export interface Timed extends LogLine {
  readonly sum: Amount;
  /** Null where KYBIO's time cannot be read. */
  readonly atMs: number | null;
}
