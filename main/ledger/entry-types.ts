import type { EntryState } from '../../preload/contract/index.ts';
import type { StatedOrigin } from './tables/entry-origin.ts';
import type { StatedTerms } from './tables/entry-terms.ts';

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
export interface MemberNames {
  readonly customer_number: string;
  readonly customer_name: string;
}

/** As the journal's rows have it since version 3, which name the member otherwise (`named-members.ts`). */
export type Unnamed<T extends MemberNames> = Omit<T, keyof MemberNames>;

/** What is stated of an entry beside the bytes that were signed for it. */
export interface StatedFacts extends MemberNames, StatedTerms, StatedOrigin {
  readonly id: string;
  readonly kind: string;
  readonly cashier: string;
  readonly note: string;
  readonly request_id: string;
  readonly store_day: string;
  readonly corrects: string | null;
}

/** What never changes of an entry. Amounts are integers in ten-thousandths, as text. */
export interface EntryFacts extends StatedFacts {
  readonly till: string;
  readonly account_host: string;
  readonly account_app_id: string;
  readonly customer_uid: string;
  readonly balance_increment_e4: string;
  readonly point_increment_e4: string;
  readonly data_change_time: string;
}

/** An entry with its attempts, folded from its events; the names are those of the table's columns. */
export interface RecordedEntry extends EntryFacts {
  readonly sequence: number;
  readonly created_at_ms: number;
  readonly state: EntryState;
  /** 1 when it was added, one more after every step. */
  readonly version: number;
  readonly touched: number;
  readonly cause: string | null;
  /** A list in JSON. */
  readonly messages: string;
  readonly not_before_ms: number;
  readonly balance_before: string | null;
  readonly balance_after: string | null;
  readonly point_before: string | null;
  readonly point_after: string | null;
  readonly settled_at_ms: number | null;
  /** Somebody has seen that KYBIO refused it (ADR 17). */
  readonly acknowledged: number;
  readonly attempts: readonly AttemptRow[];
}
