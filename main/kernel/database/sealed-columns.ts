/** The tables that are not views of the journal. */
export const sealedTables = ['setting', 'member', 'call_meter', 'evidence'] as const;
export type SealedTable = (typeof sealedTables)[number];

/**
 * Which columns a seal covers, by version: the first list is version 1. A shipped list is frozen; a migration that
 * adds a column adds a list, and tables sealed by an older list are verified by it and sealed again.
 */
export const sealedColumns: Readonly<Record<SealedTable, readonly (readonly string[])[]>> = {
  setting: [['key', 'value']],
  member: [
    [
      'customer_uid',
      'number',
      'name',
      'category_name',
      'phone',
      'balance',
      'point',
      'enable',
      'expiry_date',
      'as_of_ms',
      'baseline_balance',
      'baseline_point',
      'baseline_at_ms',
    ],
  ],
  call_meter: [['store_day', 'purpose', 'calls']],
  evidence: [['increment_id', 'gathered_at_ms', 'content']],
};

/** The version this program seals with. */
export const sealVersion = (columns: typeof sealedColumns, table: SealedTable): number =>
  columns[table].length;
