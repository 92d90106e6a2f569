import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGroupCommit } from '../../../main/kernel/database/group-commit.ts';
import { temporaryFolder } from '../../kit/till.ts';

/** A database of its own, of which another connection sees what is committed; what is ready is committed when told to. */
function open() {
  const file = join(temporaryFolder(), 'shared.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE told (word TEXT NOT NULL UNIQUE)');
  const beside = new Database(file, { readonly: true });
  onTestFinished(() => {
    db.close();
    beside.close();
  });
  const due: (() => void)[] = [];
  const shared = createGroupCommit(db, { soon: (action) => void due.push(action) });
  const insert = db.prepare('INSERT INTO told (word) VALUES (?)');
  const seen = beside.prepare('SELECT word FROM told ORDER BY rowid').pluck();
  return {
    db,
    tell: (word: string) =>
      shared(
        () => void insert.run(word),
        () => [...seen.all()],
      ),
    fail: (word: string) =>
      shared(
        () => {
          insert.run(word);
          throw new Error(`not ${word}`);
        },
        () => undefined,
      ),
    insert: (word: string) =>
      shared(
        () => insert.run(word).changes,
        (changes) => changes,
      ),
    seen: () => seen.all(),
    due: () => due.length,
    run: () => {
      for (const action of due.splice(0)) action();
    },
  };
}

describe('a shared commit', () => {
  it('holds what is ready at one moment, and each is told after all of it is on the disk', async () => {
    const till = open();
    const both = [till.tell('one'), till.tell('two')];
    expect(till.due()).toBe(1);
    expect(till.seen()).toEqual([]);
    till.run();
    expect(await Promise.all(both)).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    const later = till.tell('three');
    expect(till.due()).toBe(1);
    till.run();
    expect(await later).toEqual(['one', 'two', 'three']);
  });

  it('undoes what throws, and nothing of the others', async () => {
    const till = open();
    const told = [till.insert('one'), till.fail('two'), till.insert('one'), till.insert('three')];
    till.run();
    const ends = await Promise.allSettled(told);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(till.seen()).toEqual(['one', 'three']);
  });

  it('fails for all where the commit fails, with nothing of any there, and goes on with the next', async () => {
    const till = open();
    till.db.exec(`CREATE TABLE other (word TEXT REFERENCES told (word) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER breaks AFTER INSERT ON told WHEN NEW.word = 'bad' BEGIN INSERT INTO other VALUES ('nobody'); END;`);
    till.db.pragma('foreign_keys = ON');
    const told = [till.insert('good'), till.insert('bad')];
    till.run();
    for (const one of told) await expect(one).rejects.toThrow('FOREIGN KEY');
    expect(till.seen()).toEqual([]);
    const later = till.insert('good');
    till.run();
    await later;
    expect(till.seen()).toEqual(['good']);
  });

  it('fails for all where the disk refuses one and with it ends the transaction', async () => {
    const till = open();
    const insertOrEnd = till.db.prepare("INSERT OR ROLLBACK INTO told (word) VALUES ('one')");
    const shared = createGroupCommit(till.db, { soon: (action) => void setImmediate(action) });
    const told = [
      shared(
        () => insertOrEnd.run(),
        () => undefined,
      ),
      shared(
        () => insertOrEnd.run(),
        () => undefined,
      ),
      shared(
        () => till.db.prepare("INSERT INTO told (word) VALUES ('two')").run(),
        () => undefined,
      ),
    ];
    const ends = await Promise.allSettled(told);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(till.seen()).toEqual([]);
  });

  it('does nothing any more once the till has closed', () => {
    const till = open();
    void till.tell('one');
    till.db.close();
    expect(till.run).not.toThrow();
    expect(till.seen()).toEqual([]);
  });
});
