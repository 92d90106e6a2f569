import { type Amount, amount } from '../../preload/contract/index.ts';
import type { HostMember } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { createRunInTransaction } from '../kernel/database/run-in-transaction.ts';
import { noSeals, type Seals } from '../kernel/database/seals.ts';
import type { Changed } from '../kernel/room.ts';
import type { Baseline } from '../ledger/index.ts';
import { phoneDigits } from './fold.ts';
import { createNameIndex } from './name-index.ts';

/** A member as stored for offline use. */
export interface KnownMember extends HostMember {
  /** When KYBIO returned it, Unix ms. */
  readonly asOfMs: number;
}

/** The member directory and the newest readings. */
export interface DirectoryRepository {
  /**
   * Stores a reading. `isBaseline` is false for one that overlapped a send of ours (protocol rule 6): it is shown,
   * never used as evidence.
   */
  keep(member: HostMember, readAtMs: number, isBaseline: boolean): void;
  /** Stores a page of readings in one commit: a hundred commits would block the till. */
  keepAll(
    readings: readonly { readonly member: HostMember; readonly isBaseline: boolean }[],
    readAtMs: number,
  ): void;
  /** The next members after this uid, at most so many. */
  after(customerUid: string, most: number): readonly KnownMember[];
  /** Whoever else had this member's card here has it no more. */
  takeCard(member: Pick<HostMember, 'customerUid' | 'number'>): void;
  /** Stores a confirmed reply's sums, newer than any reading before it. */
  keepSums(customerUid: string, balance: Amount, point: Amount, atMs: number): void;
  /** Drops a member's baseline until the next reading. */
  forgetBaseline(customerUid: string): void;
  /** The same for every member: this till lost what it sent since. */
  forgetBaselines(): void;
  /** Deletes members last read before then, at most so many and none with an open entry; returns how many. */
  forgetOlder(beforeMs: number, most: number): number;
  /** Deletes one member. */
  forgetMember(customerUid: string): void;
  /** Erased here and not come again: a list of members does not bring them back, a look-up at the counter does (ADR 94). */
  isForgotten(customerUid: string): boolean;
  /** How many members were taken out one by one since the start. */
  erasures(): number;
  baseline(customerUid: string): Baseline | null;
  byUid(customerUid: string): KnownMember | null;
  /**
   * Finds by card number without case (exact match first), phone, or parts of the name; see `NameIndex`. A query with
   * a digit is searched in names only if it is neither number nor phone.
   */
  find(query: string, limit: number): readonly KnownMember[];
  /** At most one: a card belongs to the member KYBIO named last. */
  byNumber(number: string): readonly KnownMember[];
  byPhone(phone: string): readonly KnownMember[];
  count(): number;
  /** The members with a card that were queried last. */
  readLast(limit: number): readonly KnownMember[];
  /** As KYBIO writes them, of the first thousands of members: all of a large directory would hold the till up. */
  categories(): readonly string[];
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

const MOST_LOOKED_AT = 5_000;
const MOST_CATEGORIES = 50;

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

export function createDirectoryRepository(
  db: Db,
  seals: Seals = noSeals,
  changed: Changed<'directory'> = () => undefined,
  wasErased: (customerUid: string) => boolean = () => false,
): DirectoryRepository {
  const many = (rest: string) => {
    const statement = db.prepare(`SELECT ${columns} FROM member ${rest}`);
    return (...values: unknown[]) => (statement.all(...values) as MemberRow[]).map(toMember);
  };
  const upsert = db.prepare(
    `INSERT INTO member (${columns}, baseline_balance, baseline_point, baseline_at_ms)
     VALUES (@customerUid, @number, @name, @categoryName, @phone, @balance, @point, @enable, @expiryDate, @readAtMs,
       @baselineBalance, @baselinePoint, @baselineAtMs)
     ON CONFLICT (customer_uid) DO UPDATE SET number = excluded.number, name = excluded.name,
       category_name = excluded.category_name, phone = excluded.phone, balance = excluded.balance,
       point = excluded.point, enable = excluded.enable, expiry_date = excluded.expiry_date,
       as_of_ms = excluded.as_of_ms,
       baseline_balance = COALESCE(excluded.baseline_balance, baseline_balance),
       baseline_point = COALESCE(excluded.baseline_point, baseline_point),
       baseline_at_ms = COALESCE(excluded.baseline_at_ms, baseline_at_ms)
     RETURNING *`,
  );
  const sums = db.prepare(
    `UPDATE member SET balance = @balance, point = @point, as_of_ms = @atMs, baseline_balance = @balance,
       baseline_point = @point, baseline_at_ms = @atMs WHERE customer_uid = @customerUid RETURNING *`,
  );
  const forget = db.prepare(
    'UPDATE member SET baseline_balance = NULL, baseline_point = NULL, baseline_at_ms = NULL WHERE customer_uid = ?',
  );
  const baselineOf = db.prepare(
    'SELECT baseline_balance, baseline_point, baseline_at_ms FROM member WHERE customer_uid = ?',
  );
  const byUid = many('WHERE customer_uid = ?');
  const after = many('WHERE customer_uid > ? ORDER BY customer_uid LIMIT ?');
  const byNumber = many('WHERE number = ?');
  const byPhone = many("WHERE phone = ? AND phone <> '' ORDER BY name");
  const byAnyCase = many(
    "WHERE number = @number COLLATE NOCASE AND number <> '' ORDER BY number = @number DESC, name",
  );
  // The previous holder's card number becomes unknown.
  const loseCard = db.prepare("UPDATE member SET number = '' WHERE customer_uid = ? RETURNING *");
  const names = createNameIndex(db);
  const readLast = many("WHERE number <> '' ORDER BY as_of_ms DESC LIMIT ?");
  const categories = db
    .prepare(
      `SELECT DISTINCT category_name FROM (SELECT category_name FROM member LIMIT ${MOST_LOOKED_AT})
       WHERE category_name <> '' ORDER BY category_name LIMIT ${MOST_CATEGORIES}`,
    )
    .pluck();
  const counted = db.prepare('SELECT COUNT(*) AS members FROM member');

  const takeCard: DirectoryRepository['takeCard'] = ({ customerUid, number }) => {
    for (const { customerUid: before } of number === '' ? [] : byNumber(number))
      if (before !== customerUid) seals.change('member', [before], () => loseCard.get(before));
  };
  const keep: DirectoryRepository['keep'] = (member, readAtMs, isBaseline) => {
    const { customerUid, number, name, categoryName, phone, balance, point, enable, expiryDate } = member;
    const row = {
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
      baselineBalance: isBaseline ? balance : null,
      baselinePoint: isBaseline ? point : null,
      baselineAtMs: isBaseline ? readAtMs : null,
    };
    takeCard(member);
    seals.change('member', [customerUid], () => upsert.get(row));
    names.changed(customerUid);
    changed('directory');
  };
  const runInTransaction = createRunInTransaction(db);
  const isForgotten = (customerUid: string) => wasErased(customerUid) && byUid(customerUid)[0] === undefined;

  // Main waits for each that is written.
  const withBaseline = db.prepare(
    `SELECT customer_uid FROM member WHERE baseline_balance IS NOT NULL OR baseline_point IS NOT NULL
       OR baseline_at_ms IS NOT NULL`,
  );
  const remove = db.prepare('DELETE FROM member WHERE customer_uid = ?');
  const older = db.prepare(
    `SELECT customer_uid FROM member WHERE as_of_ms < ? AND customer_uid NOT IN
       (SELECT customer_uid FROM increment WHERE state IN ('queued', 'sending', 'unknown', 'review')) LIMIT ?`,
  );
  const forgetOlder = db.transaction((beforeMs: number, most: number) => {
    const found = older.all(beforeMs, most) as { customer_uid: string }[];
    for (const { customer_uid: uid } of found) seals.change('member', [uid], () => void remove.run(uid));
    return found.length;
  });
  const forgetBaselines = db.transaction(() => {
    for (const { customer_uid: uid } of withBaseline.all() as { customer_uid: string }[])
      seals.change('member', [uid], () => void forget.run(uid));
  });

  let erasures = 0;
  return {
    keep,
    takeCard,
    forgetOlder: (beforeMs, most) => {
      const gone = forgetOlder.immediate(beforeMs, most);
      if (gone === 0) return 0;
      names.changedAll();
      changed('directory');
      return gone;
    },
    forgetMember: (customerUid) => {
      erasures += 1;
      seals.change('member', [customerUid], () => void remove.run(customerUid));
      names.changed(customerUid);
      changed('directory');
    },
    isForgotten,
    erasures: () => erasures,
    forgetBaselines: () => void forgetBaselines.immediate(),
    keepAll: (readings, readAtMs) =>
      runInTransaction(() => {
        for (const { member, isBaseline } of readings) keep(member, readAtMs, isBaseline);
      }),
    after: (customerUid, most) => after(customerUid, most),
    keepSums: (customerUid, balance, point, atMs) =>
      void seals.change('member', [customerUid], () => sums.get({ customerUid, balance, point, atMs })),
    forgetBaseline: (customerUid) =>
      void seals.change('member', [customerUid], () => void forget.run(customerUid)),
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
    find: (query, limit) => {
      const found = [...byAnyCase({ number: query }), ...byPhone(phoneDigits(query) ?? query)];
      const isNumber = found.length > 0 && /\d/.test(query);
      const named = isNumber ? [] : names.find(query, limit).flatMap((uid) => byUid(uid));
      return [...new Map([...found, ...named].map((member) => [member.customerUid, member])).values()].slice(
        0,
        limit,
      );
    },
    byNumber: (number) => byNumber(number),
    byPhone: (phone) => byPhone(phone),
    count: () => (counted.get() as { members: number }).members,
    readLast: (limit) => readLast(limit),
    categories: () => categories.all() as string[],
  };
}
