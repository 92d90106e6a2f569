import { createHmac, createSecretKey } from 'node:crypto';
import type { Db } from './open.ts';
import { createRunInTransaction } from './run-in-transaction.ts';
import { type SealedTable, sealedColumns, sealedTables, sealVersion } from './sealed-columns.ts';

/** The journal's note where the settings are not as this till left them. */
export const SETTINGS_ALTERED = 'settings altered from outside';

/**
 * Keeps one sum of the MACs of all rows for each of these tables, changed in the row's transaction: without the
 * till's key no row can be altered, removed or added unnoticed.
 */
export interface Seals {
  /**
   * Runs `write`, which changes at most the row with this key, and returns its result: the whole row as written, or
   * nothing where it wrote none, removed it or does not say.
   */
  change(table: SealedTable, key: readonly string[], write: () => unknown): unknown;
  /** False before the first `make`. */
  areMade(): boolean;
  /** The tables that are not as this till left them. */
  altered(): readonly SealedTable[];
  /** Seals all rows as they are. */
  make(): void;
  /**
   * Seals with this program's columns what an older one sealed with its own, once verified by those; what does not
   * verify stays, and `altered` reports it. In one transaction.
   */
  renew(): void;
}

/** For a session without the journal's key: seals nothing, and what is written shows as altered later. */
export const noSeals: Seals = {
  change: (_table, _key, write) => write(),
  areMade: () => true,
  altered: () => [],
  make: () => undefined,
  renew: () => undefined,
};

const keyColumns: Readonly<Record<SealedTable, readonly string[]>> = {
  setting: ['key'],
  member: ['customer_uid'],
  call_meter: ['store_day', 'purpose'],
  evidence: ['increment_id'],
};

/** Rows written on every open, before there is a key. */
const unsealed: Readonly<Partial<Record<SealedTable, string>>> = { setting: " WHERE key <> 'opened'" };

const MODULUS = 2n ** 256n;
const hex = (sum: bigint): string => sum.toString(16).padStart(64, '0');

/** Most rows are found as they were last left: the call meter, a member's data. */
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

interface Seal {
  readonly version: number;
  readonly sum: string;
  readonly mac: string;
}

/** `columnsOf` replaces this program's columns in tests of another version. */
export function createSeals(
  db: Db,
  key: Buffer,
  columnsOf: Readonly<Record<SealedTable, readonly (readonly string[])[]>> = sealedColumns,
): Seals {
  const keyObject = createSecretKey(key);
  const hmac = (text: string): string => createHmac('sha256', keyObject).update(text).digest('hex');
  const macOf = (name: string, version: number, sum: string) =>
    hmac(`counterfoil seal\n${name}\n${version}\n${sum}`);
  const textOf = (table: SealedTable, version: number, row: unknown): string => {
    const columns = columnsOf[table][version - 1] ?? [];
    const values = columns.map((name) => (row as Readonly<Record<string, unknown>>)[name]);
    return `counterfoil row\n${table}\n${version}\n${JSON.stringify(values)}`;
  };
  const macOfText = (text: string): bigint => BigInt(`0x${hmac(text)}`);
  const known = lastUsed(macOfText);
  const rowOf = Object.fromEntries(
    sealedTables.map((table) => {
      const where = keyColumns[table].map((column) => `${column} = ?`).join(' AND ');
      return [table, db.prepare(`SELECT * FROM ${table} WHERE ${where}`)];
    }),
  );
  const kept = db.prepare('SELECT version, sum, mac FROM seal WHERE name = ?');
  const sealOf = (table: SealedTable) => kept.get(table) as Seal | undefined;
  const keep = db.prepare(
    `INSERT INTO seal (name, version, sum, mac) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, sum = excluded.sum, mac = excluded.mac`,
  );
  const move = db.prepare('UPDATE seal SET sum = ?, mac = ? WHERE name = ? AND version = ? AND sum = ?');
  const count = db.prepare('SELECT COUNT(*) AS seals FROM seal');

  const sumOf = (table: SealedTable, version: number): string => {
    let sum = 0n;
    const rows = db.prepare(`SELECT * FROM ${table}${unsealed[table] ?? ''}`);
    for (const row of rows.iterate()) sum += macOfText(textOf(table, version, row));
    return hex(sum % MODULUS);
  };
  const isAsLeft = (table: SealedTable, seal: Seal): boolean =>
    // An unknown version proves nothing.
    columnsOf[table][seal.version - 1] !== undefined &&
    seal.mac === macOf(table, seal.version, seal.sum) &&
    seal.sum === sumOf(table, seal.version);
  const lastSeals = new Map<SealedTable, Omit<Seal, 'mac'>>();
  const moveSeal = (table: SealedTable, by: bigint, from: Omit<Seal, 'mac'> | undefined): boolean => {
    if (from === undefined) return false;
    const { version } = from;
    const sum = hex((((BigInt(`0x${from.sum}`) + by) % MODULUS) + MODULUS) % MODULUS);
    if (move.run(sum, macOf(table, version, sum), table, version, from.sum).changes !== 1) return false;
    lastSeals.set(table, { version, sum });
    return true;
  };
  const changed = (table: SealedTable, keyValues: readonly string[], write: () => unknown): unknown => {
    const version = (lastSeals.get(table) ?? sealOf(table))?.version ?? sealVersion(columnsOf, table);
    const macOfRow = (row: unknown): bigint => (row === undefined ? 0n : known(textOf(table, version, row)));
    const before = macOfRow(rowOf[table]?.get(...keyValues));
    const written = write();
    const by = macOfRow(written ?? rowOf[table]?.get(...keyValues)) - before;
    // From the sum this process left, unless that was rolled back since.
    if (!moveSeal(table, by, lastSeals.get(table))) moveSeal(table, by, sealOf(table));
    return written;
  };
  const makeSeal = (table: SealedTable): void => {
    const version = sealVersion(columnsOf, table);
    const sum = sumOf(table, version);
    keep.run(table, version, sum, macOf(table, version, sum));
    lastSeals.delete(table);
  };
  const runInTransaction = createRunInTransaction(db);
  return {
    change: (table, keyValues, write) => runInTransaction(() => changed(table, keyValues, write)),
    areMade: () => (count.get() as { seals: number }).seals > 0,
    altered: () =>
      sealedTables.filter((table) => {
        const seal = sealOf(table);
        return seal === undefined || !isAsLeft(table, seal);
      }),
    make: () => {
      for (const table of sealedTables) makeSeal(table);
    },
    renew: () =>
      runInTransaction(() => {
        for (const table of sealedTables) {
          const seal = sealOf(table);
          const isOlder = seal !== undefined && seal.version < sealVersion(columnsOf, table);
          if (isOlder && isAsLeft(table, seal)) makeSeal(table);
        }
      }),
  };
}
