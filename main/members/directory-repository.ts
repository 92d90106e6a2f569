import { type Amount, amount } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { KybioMember } from '../kybio/types.ts';
import type { Baseline } from '../outbox/types.ts';

/** A member as this till keeps one for the time without a network. */
export interface KnownMember extends KybioMember {
  /** When KYBIO said so, Unix ms. */
  readonly asOfMs: number;
}

/** The cached directory and the newest readings. */
export interface DirectoryRepository {
  /**
   * Keeps what was just read. `isBaseline` is false for a reading that overlapped a send of ours
   * (exactly-once rule 6): it is shown, and never reasoned from.
   */
  keep(member: KybioMember, readAtMs: number, isBaseline: boolean): void;
  /** The sums of a confirmed reply, newer than any reading before it. */
  keepSums(customerUid: string, balance: Amount, point: Amount, atMs: number): void;
  baseline(customerUid: string): Baseline | null;
  byUid(customerUid: string): KnownMember | null;
  /** Exact card number, exact phone or part of a name, best first. */
  find(query: string, limit: number): readonly KnownMember[];
  byPhone(phone: string): readonly KnownMember[];
  count(): number;
}

interface MemberRow {
  readonly customer_uid: string;
  readonly number: string;
  readonly name: string;
  readonly category_name: string;
  readonly phone: string;
  readonly balance: string;
  readonly point: string;
  readonly enable: number | null;
  readonly expiry_date: string | null;
  readonly as_of_ms: number;
}

const toMember = (row: MemberRow): KnownMember => ({
  customerUid: row.customer_uid,
  number: row.number,
  name: row.name,
  categoryName: row.category_name,
  phone: row.phone,
  balance: amount(row.balance),
  point: amount(row.point),
  enable: row.enable,
  expiryDate: row.expiry_date,
  asOfMs: row.as_of_ms,
});

const columns =
  'customer_uid, number, name, category_name, phone, balance, point, enable, expiry_date, as_of_ms';

export function createDirectoryRepository(db: Db): DirectoryRepository {
  const many = (rest: string) => {
    const statement = db.prepare(`SELECT ${columns} FROM member ${rest}`);
    return (...values: unknown[]) => (statement.all(...values) as MemberRow[]).map(toMember);
  };
  const upsert = db.prepare(
    `INSERT INTO member (${columns}, baseline_balance, baseline_point, baseline_at_ms)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
     ON CONFLICT (customer_uid) DO UPDATE SET number = ?2, name = ?3, category_name = ?4, phone = ?5, balance = ?6,
       point = ?7, enable = ?8, expiry_date = ?9, as_of_ms = ?10,
       baseline_balance = COALESCE(?11, baseline_balance), baseline_point = COALESCE(?12, baseline_point),
       baseline_at_ms = COALESCE(?13, baseline_at_ms)`,
  );
  const sums = db.prepare(
    `UPDATE member SET balance = ?2, point = ?3, as_of_ms = ?4, baseline_balance = ?2, baseline_point = ?3,
       baseline_at_ms = ?4 WHERE customer_uid = ?1`,
  );
  const baselineOf = db.prepare(
    'SELECT baseline_balance, baseline_point, baseline_at_ms FROM member WHERE customer_uid = ?',
  );
  const byUid = many('WHERE customer_uid = ?');
  const byPhone = many("WHERE phone = ? AND phone <> '' ORDER BY name");
  const search = many(
    `WHERE number = ?1 OR (phone = ?1 AND phone <> '') OR name LIKE ?2 ESCAPE '\\'
     ORDER BY number = ?1 DESC, phone = ?1 DESC, name LIMIT ?3`,
  );
  const counted = db.prepare('SELECT COUNT(*) AS members FROM member');

  return {
    keep: (member, readAtMs, isBaseline) => {
      const { customerUid, number, name, categoryName, phone, balance, point, enable, expiryDate } = member;
      const baseline = isBaseline ? [balance, point, readAtMs] : [null, null, null];
      upsert.run(
        customerUid,
        number,
        name,
        categoryName,
        phone,
        balance,
        point,
        enable,
        expiryDate,
        readAtMs,
        ...baseline,
      );
    },
    keepSums: (customerUid, balance, point, atMs) => void sums.run(customerUid, balance, point, atMs),
    baseline: (customerUid) => {
      const row = baselineOf.get(customerUid) as
        | { baseline_balance: string | null; baseline_point: string | null; baseline_at_ms: number | null }
        | undefined;
      if (
        row === undefined ||
        row.baseline_balance === null ||
        row.baseline_point === null ||
        row.baseline_at_ms === null
      ) {
        return null;
      }
      return {
        balance: amount(row.baseline_balance),
        point: amount(row.baseline_point),
        atMs: row.baseline_at_ms,
      };
    },
    byUid: (customerUid) => byUid(customerUid)[0] ?? null,
    find: (query, limit) =>
      search(query, `%${query.replace(/[\\%_]/g, (special) => `\\${special}`)}%`, limit),
    byPhone: (phone) => byPhone(phone),
    count: () => (counted.get() as { members: number }).members,
  };
}
