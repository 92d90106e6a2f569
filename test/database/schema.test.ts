import { describe, expect, it } from 'vitest';
import { openOutbox } from '../outbox/support.ts';
import { sqliteCode } from './support.ts';

const frozen = {
  id: 'other',
  sequence: 99,
  till: 'other',
  account_host: 'other',
  account_app_id: 'other',
  customer_uid: '2',
  customer_number: 'other',
  customer_name: 'other',
  kind: 'award',
  balance_increment_e4: 1,
  point_increment_e4: 1,
  data_change_time: '2020-01-01 00:00:00',
  cashier: 'other',
  note: 'other',
  request_id: 'other',
  created_at_ms: 1,
  store_day: '2020-01-01',
  corrects: null,
  body: Buffer.from('{}'),
};

describe('the outbox’s table', () => {
  it.each(Object.entries(frozen))('never lets %s change', (column, value) => {
    const { db, add } = openOutbox();
    const before = add();
    const change = () => db.prepare(`UPDATE increment SET ${column} = ? WHERE id = ?`).run(value, before.id);
    expect(sqliteCode(change)).toBe('SQLITE_CONSTRAINT_TRIGGER');
    expect(db.prepare('SELECT COUNT(*) FROM increment WHERE id = ?').pluck().get(before.id)).toBe(1);
  });

  it('freezes every column but those that say where an entry stands', () => {
    const { db } = openOutbox();
    const columns = db.prepare("SELECT name FROM pragma_table_info('increment')").pluck().all() as string[];
    expect(columns.filter((column) => !Object.hasOwn(frozen, column)).sort()).toEqual(
      [
        ...['state', 'version', 'touched', 'cause', 'messages', 'not_before_ms', 'settled_at_ms'],
        ...['balance_before', 'balance_after', 'point_before', 'point_after', 'signature', 'key_fingerprint'],
      ].sort(),
    );
  });

  it('never loses a row', () => {
    const { db, add, attempt } = openOutbox();
    attempt(add().id, 'applied');
    for (const table of ['attempt', 'increment'])
      expect(sqliteCode(() => db.exec(`DELETE FROM ${table}`))).toBe('SQLITE_CONSTRAINT_TRIGGER');
  });

  it.each([
    ['state', "'lost'"],
    ['touched', '2'],
    ['version', "'one'"],
    ['not_before_ms', "'soon'"],
    ['state', 'NULL'],
  ])('takes no %s of %s', (column, value) => {
    const { db, add } = openOutbox();
    add();
    expect(sqliteCode(() => db.exec(`UPDATE increment SET ${column} = ${value}`))).toMatch(
      /^SQLITE_CONSTRAINT_(CHECK|DATATYPE|NOTNULL)$/,
    );
  });

  it('is STRICT everywhere', () => {
    const { db } = openOutbox();
    const loose = db.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'",
    );
    expect(loose.pluck().all()).toEqual([]);
  });
});
