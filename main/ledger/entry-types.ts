import type { By, ColumnsBy } from './tables/entry-facts.ts';

/** One attempt to send an entry, as the tables have it; the journal has more of its end. */
export interface AttemptRow {
  readonly number: number;
  readonly started_at_ms: number;
  readonly baseline_balance: string | null;
  readonly baseline_point: string | null;
  readonly baseline_at_ms: number | null;
  readonly phase: string;
  readonly ended_at_ms: number | null;
  readonly outcome: string | null;
  readonly cause: string | null;
  /** JSON list. */
  readonly messages: string;
}

/** The member's names as people read them, empty if unknown; who is credited is in the signed bytes. */
export type MemberNames = ColumnsBy<'names'>;

/** As rows have it, which refer to the member's names (`named-members.ts`). */
export type Unnamed<T extends MemberNames> = Omit<T, keyof MemberNames>;

/** What the journal states beside the signed bytes. */
export type StatedFacts = ColumnsBy<'stated' | 'names'>;

/** Columns that are set when an entry is created (`entry-facts.ts`). */
export type MadeColumns = ColumnsBy<'names' | 'signed' | 'stated'>;

/** An entry with its attempts, folded from its events, under the table's column names. */
export interface RecordedEntry extends ColumnsBy<By> {
  readonly attempts: readonly AttemptRow[];
}
