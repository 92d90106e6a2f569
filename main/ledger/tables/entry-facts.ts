import type { EntryFacts, EntryOrigin, EntryTerms } from '../../../preload/contract/index.ts';

/** The facts of an entry's origin, by their names there. */
export const inOrigin = { originTill: 'till', originEpoch: 'epoch', originNumber: 'number' } as const;

type FlatFacts = Omit<EntryFacts, 'terms' | 'origin' | 'attempts'> &
  EntryTerms & { readonly [N in keyof typeof inOrigin]: EntryOrigin[(typeof inOrigin)[N]] };
export type FactName = keyof FlatFacts;

/** Main's part of an entry's description; the contract's has its name, its type and who sees it. */
export interface StoredFact {
  /** Its name in rows, of the table and of the journal. */
  readonly column: string;
  /** How the table of increments has it, or where it lies beside that. */
  readonly sql?: string;
  readonly beside?: string;
  /** How a value lies there, where it is not as it is: `exact` is a sum as the host said it, `scaled` one in ten-thousandths. */
  readonly way?: 'scaled' | 'exact' | 'flag' | 'list';
  /**
   * Who tells it: the `row` of the journal, the `account` or the `names` that it refers to, the bytes that were `signed`, the
   * `steps` of the entry; where absent it is stated when the entry is added.
   */
  readonly by?: 'row' | 'account' | 'names' | 'signed' | 'steps';
  /** Stated, and a step may change it all the same. */
  readonly changes?: true;
  /** The format that brought it; entries from before have null. The first where absent. */
  readonly since?: number;
  /** How exports tell it; `masked` is a text in which somebody may have written a phone. Not at all where absent. */
  readonly exported?: 'plain' | 'masked' | 'time';
  /** Its name there, where it is another. */
  readonly exportedAs?: string;
}

const kinds = "TEXT NOT NULL CHECK (kind IN ('top-up', 'award', 'reversal'))";
const states = `TEXT NOT NULL
    CHECK (state IN ('queued', 'sending', 'confirmed', 'rejected', 'unknown', 'review', 'cancelled'))`;
const second = `TEXT NOT NULL CHECK (data_change_time GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]')`;
const flag = (column: string) => `INTEGER NOT NULL CHECK (${column} IN (0, 1))`;

/**
 * Where each fact of an entry is stored, since which format, and how it is exported; in the order of the columns. A new
 * one stands behind `personId`, with the next format: its column, its version of `added` and `adopted`, what older rows lack
 * and its place in an export follow. What landed stays as it is.
 */
export const storedFacts = {
  sequence: {
    column: 'sequence',
    sql: 'INTEGER PRIMARY KEY CHECK (sequence > 0)',
    by: 'row',
    exported: 'plain',
  },
  id: { column: 'id', sql: 'TEXT NOT NULL UNIQUE', exported: 'plain' },
  till: { column: 'till', beside: 'a.till', by: 'account', exported: 'plain' },
  accountHost: {
    column: 'account_host',
    beside: 'a.host',
    by: 'account',
    exported: 'plain',
    exportedAs: 'host',
  },
  accountAppId: {
    column: 'account_app_id',
    beside: 'a.app_id',
    by: 'account',
    exported: 'plain',
    exportedAs: 'appId',
  },
  customerNumber: { column: 'customer_number', beside: 'c.card', by: 'names', exported: 'plain' },
  customerName: { column: 'customer_name', beside: 'c.name', by: 'names', exported: 'masked' },
  customerUid: { column: 'customer_uid', sql: 'TEXT NOT NULL', by: 'signed', exported: 'plain' },
  kind: { column: 'kind', sql: kinds, exported: 'plain' },
  balanceIncrement: {
    column: 'balance_increment_e4',
    sql: 'INTEGER NOT NULL',
    way: 'scaled',
    by: 'signed',
    exported: 'plain',
  },
  pointIncrement: {
    column: 'point_increment_e4',
    sql: 'INTEGER NOT NULL',
    way: 'scaled',
    by: 'signed',
    exported: 'plain',
  },
  dataChangeTime: { column: 'data_change_time', sql: second, by: 'signed', exported: 'plain' },
  actor: { column: 'cashier', sql: 'TEXT NOT NULL', exported: 'plain', exportedAs: 'cashier' },
  note: { column: 'note', sql: 'TEXT NOT NULL', exported: 'masked' },
  requestId: { column: 'request_id', sql: 'TEXT NOT NULL' },
  createdAtMs: {
    column: 'created_at_ms',
    sql: 'INTEGER NOT NULL',
    by: 'row',
    exported: 'time',
    exportedAs: 'createdAt',
  },
  storeDay: { column: 'store_day', sql: 'TEXT NOT NULL', exported: 'plain' },
  corrects: { column: 'corrects', sql: 'TEXT' },
  tender: { column: 'tender', sql: 'TEXT', changes: true, since: 3, exported: 'plain' },
  given: { column: 'given_e4', sql: 'INTEGER', way: 'scaled', changes: true, since: 3, exported: 'plain' },
  bonus: { column: 'bonus_e4', sql: 'INTEGER', way: 'scaled', since: 3, exported: 'plain' },
  purchase: { column: 'purchase_e4', sql: 'INTEGER', way: 'scaled', since: 3, exported: 'plain' },
  reason: { column: 'reason', sql: 'TEXT', since: 3, exported: 'masked' },
  rulesVersion: { column: 'rules_version', sql: 'INTEGER', since: 3, exported: 'plain' },
  rule: { column: 'rule', sql: 'TEXT', since: 3, exported: 'plain' },
  approvedBy: { column: 'approved_by', sql: 'TEXT', since: 3, exported: 'plain' },
  bonusLetGo: { column: 'bonus_let_go_e4', sql: 'INTEGER', way: 'scaled', since: 3, exported: 'plain' },
  ruleId: { column: 'rule_id', sql: 'TEXT', since: 4, exported: 'plain' },
  originTill: { column: 'origin_till', sql: 'TEXT', since: 4, exported: 'plain' },
  originEpoch: { column: 'origin_epoch', sql: 'TEXT', since: 4, exported: 'plain' },
  originNumber: { column: 'origin_number', sql: 'INTEGER', since: 4, exported: 'plain' },
  personId: { column: 'person_id', sql: 'TEXT', since: 4, exported: 'plain', exportedAs: 'cashierId' },
  state: { column: 'state', sql: states, by: 'steps', exported: 'plain' },
  version: { column: 'version', sql: 'INTEGER NOT NULL', by: 'steps' },
  touched: { column: 'touched', sql: flag('touched'), way: 'flag', by: 'steps' },
  cause: { column: 'cause', sql: 'TEXT', by: 'steps', exported: 'plain' },
  messages: { column: 'messages', sql: 'TEXT NOT NULL', way: 'list', by: 'steps', exported: 'masked' },
  notBeforeMs: { column: 'not_before_ms', sql: 'INTEGER NOT NULL', by: 'steps' },
  balanceBefore: { column: 'balance_before', sql: 'TEXT', way: 'exact', by: 'steps', exported: 'plain' },
  balanceAfter: { column: 'balance_after', sql: 'TEXT', way: 'exact', by: 'steps', exported: 'plain' },
  pointBefore: { column: 'point_before', sql: 'TEXT', way: 'exact', by: 'steps', exported: 'plain' },
  pointAfter: { column: 'point_after', sql: 'TEXT', way: 'exact', by: 'steps', exported: 'plain' },
  settledAtMs: {
    column: 'settled_at_ms',
    sql: 'INTEGER',
    by: 'steps',
    exported: 'time',
    exportedAs: 'settledAt',
  },
  acknowledged: { column: 'acknowledged', sql: flag('acknowledged'), way: 'flag', by: 'steps' },
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

/** The columns of what these tell of an entry, as rows have them: sums in ten-thousandths are text. */
export type ColumnsBy<G extends By> = {
  readonly [N in FactName as ByOf<N> extends G ? Stored[N]['column'] : never]: InRow<WayOf<N>, FlatFacts[N]>;
};

/** The facts that an entry is made with. */
export type MadeName = {
  [N in FactName]: ByOf<N> extends 'row' | 'steps' ? never : N;
}[FactName];
