import type { Amount, EntryState, MatchPile, MatchReason } from '../../../preload/contract/index.ts';
import type { HostLogRow } from '../../hosts/port/index.ts';
import type { Scope } from './question.ts';

/** An entry of this till that moves money, as far as it is compared. */
export interface OurEntry {
  readonly sequence: number;
  readonly customerUid: string;
  readonly sum: Amount;
  /** `dataChangeTime`: the second that it was sent with. */
  readonly time: string;
  /** When it was entered, by the store's clock: its second may be an earlier one. */
  readonly madeAt: string;
  /** When it ended, by the store's clock; null while it is open. */
  readonly endedAt: string | null;
  readonly state: EntryState;
  /** An attempt of it may have been at KYBIO. */
  readonly touched: boolean;
  /** KYBIO's own reply said that it was applied; else a person or evidence did. */
  readonly hasReply: boolean;
}

/** A row of the log, by its place in what was read. */
export interface LogLine {
  readonly place: number;
  /** On which page it came. */
  readonly page: number;
  readonly row: HostLogRow;
}

export interface MatchInput {
  readonly entries: readonly OurEntry[];
  readonly lines: readonly LogLine[];
  /** The check-up has seen that rows carry the second that was sent. */
  readonly carriesOurTime: boolean;
  /** What was asked about; rows and entries close to it are there to explain each other. */
  readonly scope: Scope;
  /** When KYBIO was asked, by the store's clock. */
  readonly askedAt: string;
  readonly isKnown: (customerUid: string) => boolean;
}

/** Entries, rows, or both, and why they lie where they do. */
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

/** A row with its time and its whole sum worked out. */
export interface Timed extends LogLine {
  readonly sum: Amount;
  /** Null where KYBIO's time is none. */
  readonly atMs: number | null;
}
