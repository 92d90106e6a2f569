import type { EntryFacts, EntryOrigin, EntryTerms } from '../../../preload/contract/index.ts';

export const inOrigin = { originTill: 'till', originEpoch: 'epoch', originNumber: 'number' } as const;

type FlatFacts = Omit<EntryFacts, 'terms' | 'origin' | 'attempts'> &
  EntryTerms & { readonly [N in keyof typeof inOrigin]: EntryOrigin[(typeof inOrigin)[N]] };
export type FactName = keyof FlatFacts;

/** How main stores a fact; its name, type and who sees it are in the contract. */
export interface StoredFact {
  /** Its name in table and journal rows. */
  readonly column: string;
  /** Where a joined table has it. */
  readonly beside?: string;
  /** `exact` is a sum as the host gave it, `scaled` one in ten-thousandths; unconverted if absent. */
  readonly way?: 'scaled' | 'exact' | 'flag' | 'list';
  /**
   * Where it comes from: the journal `row`, the `names` it refers to, the `signed` bytes, later `steps`;
   * if absent, stated when the entry is added.
   */
  readonly by?: 'row' | 'names' | 'signed' | 'steps';
  /** Stated, but later steps may change it. */
  readonly changes?: true;
  /** How exports show it, not at all if absent; `masked` is free text that may contain a phone. */
  readonly exported?: 'plain' | 'masked' | 'time';
  /** Its name in exports, if it differs. */
  readonly exportedAs?: string;
}

/** How each fact of an entry is stored and exported, in the order of the columns and of exports. A new one goes after `personId`. */
export const storedFacts = {
  sequence: {
    column: 'sequence',
    by: 'row',
    exported: 'plain',
  },
  id: { column: 'id', exported: 'plain' },
  till: { column: 'till', exported: 'plain' },
  customerNumber: { column: 'customer_number', beside: 'c.card', by: 'names', exported: 'plain' },
  customerName: { column: 'customer_name', beside: 'c.name', by: 'names', exported: 'masked' },
  customerUid: { column: 'customer_uid', by: 'signed', exported: 'plain' },
  kind: { column: 'kind', exported: 'plain' },
  balanceIncrement: {
    column: 'balance_increment_e4',
    way: 'scaled',
    by: 'signed',
    exported: 'plain',
  },
  pointIncrement: {
    column: 'point_increment_e4',
    way: 'scaled',
    by: 'signed',
    exported: 'plain',
  },
  dataChangeTime: { column: 'data_change_time', by: 'signed', exported: 'plain' },
  actor: { column: 'cashier', exported: 'plain', exportedAs: 'cashier' },
  note: { column: 'note', exported: 'masked' },
  requestId: { column: 'request_id' },
  createdAtMs: {
    column: 'created_at_ms',
    by: 'row',
    exported: 'time',
    exportedAs: 'createdAt',
  },
  storeDay: { column: 'store_day', exported: 'plain' },
  corrects: { column: 'corrects' },
  tender: { column: 'tender', changes: true, exported: 'plain' },
  given: { column: 'given_e4', way: 'scaled', changes: true, exported: 'plain' },
  bonus: { column: 'bonus_e4', way: 'scaled', exported: 'plain' },
  purchase: { column: 'purchase_e4', way: 'scaled', exported: 'plain' },
  reason: { column: 'reason', exported: 'masked' },
  rulesVersion: { column: 'rules_version', exported: 'plain' },
  rule: { column: 'rule', exported: 'plain' },
  approvedBy: { column: 'approved_by', exported: 'plain' },
  bonusLetGo: { column: 'bonus_let_go_e4', way: 'scaled', exported: 'plain' },
  ruleId: { column: 'rule_id', exported: 'plain' },
  originTill: { column: 'origin_till', exported: 'plain' },
  originEpoch: { column: 'origin_epoch', exported: 'plain' },
  originNumber: { column: 'origin_number', exported: 'plain' },
  personId: { column: 'person_id', exported: 'plain', exportedAs: 'cashierId' },
  state: { column: 'state', by: 'steps', exported: 'plain' },
  version: { column: 'version', by: 'steps' },
  touched: { column: 'touched', way: 'flag', by: 'steps' },
  cause: { column: 'cause', by: 'steps', exported: 'plain' },
  messages: { column: 'messages', way: 'list', by: 'steps', exported: 'masked' },
  balanceBefore: { column: 'balance_before', way: 'exact', by: 'steps', exported: 'plain' },
  balanceAfter: { column: 'balance_after', way: 'exact', by: 'steps', exported: 'plain' },
  pointBefore: { column: 'point_before', way: 'exact', by: 'steps', exported: 'plain' },
  pointAfter: { column: 'point_after', way: 'exact', by: 'steps', exported: 'plain' },
  settledAtMs: {
    column: 'settled_at_ms',
    by: 'steps',
    exported: 'time',
    exportedAs: 'settledAt',
  },
  acknowledged: { column: 'acknowledged', way: 'flag', by: 'steps' },
} as const satisfies Readonly<Record<FactName, StoredFact>>;

type Stored = typeof storedFacts;
export type By = NonNullable<StoredFact['by']> | 'stated';
type ByOf<N extends FactName> = Stored[N] extends { readonly by: infer B } ? B : 'stated';
type WayOf<N extends FactName> = Stored[N] extends { readonly way: infer W } ? W : 'plain';

type InRow<Way, Value> = Way extends 'flag'
  ? number
  : Way extends 'plain'
    ? Value
    : string | Extract<Value, null>;

/** Columns by source, as rows have them: sums in ten-thousandths are text. */
export type ColumnsBy<G extends By> = {
  readonly [N in FactName as ByOf<N> extends G ? Stored[N]['column'] : never]: InRow<WayOf<N>, FlatFacts[N]>;
};

/** Facts known when an entry is created. */
export type MadeName = {
  [N in FactName]: ByOf<N> extends 'row' | 'steps' ? never : N;
}[FactName];
