import type { StatedFacts, Unnamed } from '../entry-types.ts';
import type { ColumnsBy } from './entry-facts.ts';
import { blankOf, factFormats, statedBetween, unstated } from './fact-columns.ts';

// The order of the values of an `added` row, version by version: rows that lie in journals are read by it. These lists are
// written out in full and are never changed; what a later format brought stands behind them.

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
const unnamedFactNames = [
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
/** The format of the last list that is written out. */
const WRITTEN_OUT = 4;

/** A list for version 3 and for each later one, oldest first. */
export const unnamedLists: readonly (readonly (keyof Unnamed<StatedFacts>)[])[] = factFormats
  .filter((format) => format >= WRITTEN_OUT)
  .map((format) => [...unnamedFactNames, ...statedBetween(WRITTEN_OUT, format)]);

/** Reads the values of a list by their names; what it has no more of, and what came later, is null. */
export function statedBy<N extends keyof StatedFacts>(names: readonly N[]) {
  const blank = blankOf([...Object.keys(unstated), ...names].map((name) => [name, null] as const));
  return (values: readonly unknown[]) => {
    const stated = { ...blank };
    for (const [index, name] of names.entries()) stated[name] = values[index] ?? null;
    return stated as ColumnsBy<'stated'> & Pick<StatedFacts, N>;
  };
}
