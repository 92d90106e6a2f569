import type { By, ColumnsBy } from './tables/entry-facts.ts';

/** One attempt to send an entry, as the tables keep it. What else was known at its end stands in the journal. */
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
  /** A list in JSON. */
  readonly messages: string;
  /** Tells two replies apart (`replyMark`); null where there was none. */
  readonly reply_mark: string | null;
}

/** Whom an entry is for, as people read it; who is credited is in the signed bytes. Both are empty where nobody is named. */
export type MemberNames = ColumnsBy<'names'>;

/** As the journal's rows have it since version 3, which name the member otherwise (`named-members.ts`). */
export type Unnamed<T extends MemberNames> = Omit<T, keyof MemberNames>;

/** What is stated of an entry beside the bytes that were signed for it. */
export type StatedFacts = ColumnsBy<'stated' | 'names'>;

/** The columns of what never changes of an entry (`entry-facts.ts`). */
export type MadeColumns = ColumnsBy<'account' | 'names' | 'signed' | 'stated'>;

/** An entry with its attempts, folded from its events; the names are those of the table's columns. */
export interface RecordedEntry extends ColumnsBy<By> {
  readonly attempts: readonly AttemptRow[];
}
