import type { EntryFilter } from '../../preload/contract/index.ts';

/** A filter that every entry passes. */
export const anything: EntryFilter = {
  ...{ text: '', customerUid: null, fromDay: null, toDay: null, sumOf: 'principal', least: null, most: null },
  ...{ cashier: '', tender: null, state: null, kind: null, shift: null },
};

/** Whenever it was entered. */
export const anyTime = { fromMs: null, beforeMs: null };
