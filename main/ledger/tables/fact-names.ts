import type { StatedFacts, Unnamed } from '../entry-types.ts';

// The order of the values of an `added` row, version by version, written out in full: rows that lie in journals are read by
// it. A list that shipped is never changed; a new fact comes with a version and a list of its own.

export const factNames = [
  'id',
  'request_id',
  'customer_number',
  'customer_name',
  'kind',
  'store_day',
  'cashier',
  'note',
  'corrects',
] as const satisfies readonly (keyof StatedFacts)[];

/** The names of version 2. */
export const factNamesWithTerms = [
  'id',
  'request_id',
  'customer_number',
  'customer_name',
  'kind',
  'store_day',
  'cashier',
  'note',
  'corrects',
  'tender',
  'given_e4',
  'bonus_e4',
  'purchase_e4',
  'reason',
  'rules_version',
  'rule',
  'approved_by',
  'bonus_let_go_e4',
] as const satisfies readonly (keyof StatedFacts)[];

/** Since version 3, behind the number and the digest that name the member. */
export const unnamedFactNames = [
  'id',
  'request_id',
  'kind',
  'store_day',
  'cashier',
  'note',
  'corrects',
  'tender',
  'given_e4',
  'bonus_e4',
  'purchase_e4',
  'reason',
  'rules_version',
  'rule',
  'approved_by',
  'bonus_let_go_e4',
  'rule_id',
  'origin_till',
  'origin_epoch',
  'origin_number',
  'person_id',
] as const satisfies readonly (keyof Unnamed<StatedFacts>)[];
export type UnnamedFactNames = (typeof unnamedFactNames)[number];
