import type { StatedFacts, Unnamed } from '../entry-types.ts';
import type { ColumnsBy } from './entry-facts.ts';
import { blankOf, factFormats, statedBetween, unstated } from './fact-columns.ts';

// The order of values in `added` rows, by version. These lists are never changed, and so written out in full; later
// formats append to them.

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

/** Version 2. */
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

/** From version 3 on, after the number and digest of the member. */
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
/** The format of the list above. */
const WRITTEN_OUT = 4;

/** One list for version 3 and each later one, oldest first. */
export const unnamedLists: readonly (readonly (keyof Unnamed<StatedFacts>)[])[] = factFormats
  .filter((format) => format >= WRITTEN_OUT)
  .map((format) => [...unnamedFactNames, ...statedBetween(WRITTEN_OUT, format)]);

/** Makes a reader of values by name; missing ones and later facts are null. */
export function statedBy<N extends keyof StatedFacts>(names: readonly N[]) {
  const blank = blankOf([...Object.keys(unstated), ...names].map((name) => [name, null] as const));
  return (values: readonly unknown[]) => {
    const stated = { ...blank };
    for (const [index, name] of names.entries()) stated[name] = values[index] ?? null;
    return stated as ColumnsBy<'stated'> & Pick<StatedFacts, N>;
  };
}
