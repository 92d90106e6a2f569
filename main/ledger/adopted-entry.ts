import type { RecordedEntry } from './entry-types.ts';
import { noStatedOrigin } from './tables/entry-origin.ts';
import { noStatedTerms, type StatedTerms } from './tables/entry-terms.ts';

/** What an `adopted` row of version 1 says of its entry. It shipped, so it stays as it is. */
export type AdoptedEntry = Pick<
  RecordedEntry,
  | 'sequence'
  | 'id'
  | 'till'
  | 'account_host'
  | 'account_app_id'
  | 'customer_uid'
  | 'customer_number'
  | 'customer_name'
  | 'kind'
  | 'balance_increment_e4'
  | 'point_increment_e4'
  | 'data_change_time'
  | 'cashier'
  | 'note'
  | 'request_id'
  | 'created_at_ms'
  | 'store_day'
  | 'corrects'
  | 'state'
  | 'version'
  | 'touched'
  | 'cause'
  | 'messages'
  | 'not_before_ms'
  | 'balance_before'
  | 'balance_after'
  | 'point_before'
  | 'point_after'
  | 'settled_at_ms'
  | 'acknowledged'
  | 'attempts'
>;

/** The same of version 2. */
export type AdoptedEntryWithTerms = AdoptedEntry &
  Pick<
    StatedTerms,
    | 'tender'
    | 'given_e4'
    | 'bonus_e4'
    | 'purchase_e4'
    | 'reason'
    | 'rules_version'
    | 'rule'
    | 'approved_by'
    | 'bonus_let_go_e4'
  >;

/** Whoever brings a column says here what the rows from before it lack: the compiler asks. */
export const entryOfAdoptedWithTerms = (entry: AdoptedEntryWithTerms): RecordedEntry => ({
  ...entry,
  rule_id: null,
  ...noStatedOrigin,
});

export const entryOfAdopted = (entry: AdoptedEntry): RecordedEntry =>
  entryOfAdoptedWithTerms({ ...entry, ...noStatedTerms });
