import { createHmac, createSecretKey } from 'node:crypto';
import type { Db } from './open.ts';
import { createTogether } from './together.ts';

/** The tables that the journal does not tell of. */
export const sealedTables = ['setting', 'member', 'call_meter', 'evidence', 'doubt'] as const;
export type SealedTable = (typeof sealedTables)[number];

/** The note in the journal where the settings are not as this till left them. */
export const SETTINGS_ALTERED = 'settings altered from outside';

/**
 * Keeps one sum of the MACs of all rows for each of these tables, changed in the same transaction as the
 * row: no row can be altered, taken out or put in behind this till's back without its key.
 */
export interface Seals {
  /**
   * Runs `write`, which changes at most the row with this key, and returns what it returns: the whole row as it
   * wrote it, or nothing where it wrote none, took it out or does not say.
   */
  change(table: SealedTable, key: readonly string[], write: () => unknown): unknown;
  /** False before the first `make`. */
  areMade(): boolean;
  /** The tables that are not as this till left them. */
  altered(): readonly SealedTable[];
  /** Takes all rows as they are. */
  make(): void;
}

/** Without the journal's key: nothing is sealed, and what is written shows as altered later. */
export const noSeals: Seals = {
  change: (_table, _key, write) => write(),
  areMade: () => true,
  altered: () => [],
  make: () => undefined,
};

const keyColumns: Readonly<Record<SealedTable, readonly string[]>> = {
  setting: ['key'],
  member: ['customer_uid'],
  call_meter: ['store_day', 'purpose'],
  evidence: ['increment_id'],
  doubt: ['id'],
};

/** Written anew on every open, before there is a key. */
const unsealed: Readonly<Partial<Record<SealedTable, string>>> = { setting: " WHERE key <> 'opened'" };

const MODULUS = 2n ** 256n;
const hex = (sum: bigint): string => sum.toString(16).padStart(64, '0');

/** How a row is left is mostly how it is found the next time: a call's meter, what is known of a member. */
const LAST_ROWS = 100;

function lastUsed(of: (text: string) => bigint): (text: string) => bigint {
  const known = new Map<string, bigint>();
  return (text) => {
    const value = known.get(text) ?? of(text);
    known.delete(text);
    known.set(text, value);
    const [oldest] = known.keys();
    if (known.size > LAST_ROWS && oldest !== undefined) known.delete(oldest);
    return value;
  };
}

export function createSeals(db: Db, key: Buffer): Seals {
  const keyObject = createSecretKey(key);
  const hmac = (text: string): string => createHmac('sha256', keyObject).update(text).digest('hex');
  const macOf = (name: string, sum: string) => hmac(`counterfoil seal\n${name}\n${sum}`);
  const textOf = (table: SealedTable, row: unknown): string =>
    `counterfoil row\n${table}\n${JSON.stringify(Object.entries(row as object))}`;
  const macOfText = (text: string): bigint => BigInt(`0x${hmac(text)}`);
  const known = lastUsed(macOfText);
  const macOfRow = (table: SealedTable, row: unknown): bigint =>
    row === undefined ? 0n : known(textOf(table, row));
  const rowOf = Object.fromEntries(
    sealedTables.map((table) => {
      const where = keyColumns[table].map((column) => `${column} = ?`).join(' AND ');
      return [table, db.prepare(`SELECT * FROM ${table} WHERE ${where}`)];
    }),
  );
  const kept = db.prepare('SELECT sum, mac FROM seal WHERE name = ?');
  const sumOfSeal = (table: SealedTable) => (kept.get(table) as { sum: string } | undefined)?.sum;
  const keep = db.prepare(
    'INSERT INTO seal (name, sum, mac) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET sum = excluded.sum, mac = excluded.mac',
  );
  const move = db.prepare('UPDATE seal SET sum = ?, mac = ? WHERE name = ? AND sum = ?');
  const count = db.prepare('SELECT COUNT(*) AS seals FROM seal');

  const sumOf = (table: SealedTable): string => {
    let sum = 0n;
    const rows = db.prepare(`SELECT * FROM ${table}${unsealed[table] ?? ''}`);
    for (const row of rows.iterate()) sum += macOfText(textOf(table, row));
    return hex(sum % MODULUS);
  };
  const lastSums = new Map<SealedTable, string>();
  const moveSeal = (table: SealedTable, by: bigint, from: string | undefined): boolean => {
    if (from === undefined) return false;
    const sum = hex((((BigInt(`0x${from}`) + by) % MODULUS) + MODULUS) % MODULUS);
    if (move.run(sum, macOf(table, sum), table, from).changes !== 1) return false;
    lastSums.set(table, sum);
    return true;
  };
  const changed = (table: SealedTable, keyValues: readonly string[], write: () => unknown): unknown => {
    const before = macOfRow(table, rowOf[table]?.get(...keyValues));
    const written = write();
    const by = macOfRow(table, written ?? rowOf[table]?.get(...keyValues)) - before;
    // As this process left it, unless that was rolled back since.
    if (!moveSeal(table, by, lastSums.get(table))) moveSeal(table, by, sumOfSeal(table));
    return written;
  };
  const together = createTogether(db);
  return {
    change: (table, keyValues, write) => together(() => changed(table, keyValues, write)),
    areMade: () => (count.get() as { seals: number }).seals > 0,
    altered: () =>
      sealedTables.filter((table) => {
        const seal = kept.get(table) as { sum: string; mac: string } | undefined;
        return seal === undefined || seal.mac !== macOf(table, seal.sum) || seal.sum !== sumOf(table);
      }),
    make: () => {
      for (const table of sealedTables) {
        const sum = sumOf(table);
        keep.run(table, sum, macOf(table, sum));
      }
    },
  };
}
