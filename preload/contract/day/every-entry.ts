import type { EntryFilter } from './find.ts';

/** No condition. */
export const everyEntry: EntryFilter = {
  text: '',
  customerUid: null,
  fromDay: null,
  toDay: null,
  sumOf: 'principal',
  least: null,
  most: null,
  cashier: '',
  tender: null,
  state: null,
  kind: null,
  shift: null,
};
