import { describe, expect, it } from 'vitest';
import { openOutbox } from '../../kit/outbox.ts';
import { sqliteCode } from './support.ts';

describe('the journal', () => {
  it('never lets a row change, and never loses one', () => {
    const { db, add, attempt } = openOutbox();
    attempt(add().id, 'applied');
    const columns = db.prepare("SELECT name FROM pragma_table_info('journal')").pluck().all() as string[];
    expect(columns.length).toBeGreaterThan(8);
    for (const column of columns)
      expect(sqliteCode(() => db.exec(`UPDATE journal SET ${column} = ${column}`))).toBe(
        'SQLITE_CONSTRAINT_TRIGGER',
      );
    expect(sqliteCode(() => db.exec('DELETE FROM journal'))).toBe('SQLITE_CONSTRAINT_TRIGGER');
  });
});

describe('the outbox’s table', () => {
  it.each([
    ['state', "'lost'"],
    ['touched', '2'],
    ['version', "'one'"],
    ['state', 'NULL'],
  ])('takes no %s of %s', (column, value) => {
    const { db, add } = openOutbox();
    add();
    expect(sqliteCode(() => db.exec(`UPDATE increment SET ${column} = ${value}`))).toMatch(
      /^SQLITE_CONSTRAINT_(CHECK|DATATYPE|NOTNULL)$/,
    );
  });

  it.each(['wait', 'applied', 'rejected', 'unknown'] as const)(
    'takes a member’s second once, beside an entry that comes to %s',
    (what) => {
      const till = openOutbox();
      const { id } = till.add();
      if (what !== 'wait') till.attempt(id, what);
      const copy = (second: string) =>
        till.db.exec(`CREATE TEMP TABLE copy AS SELECT * FROM increment;
          UPDATE copy SET sequence = 99, id = 'other', request_id = 'other', data_change_time = ${second};
          INSERT INTO increment SELECT * FROM copy`);
      expect(sqliteCode(() => copy('data_change_time'))).toBe('SQLITE_CONSTRAINT_TRIGGER');
      till.db.exec('DROP TABLE copy');
      copy("'2020-01-01 00:00:00'");
    },
  );

  it('is STRICT everywhere', () => {
    const { db } = openOutbox();
    const loose = db.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'",
    );
    expect(loose.pluck().all()).toEqual([]);
  });
});
