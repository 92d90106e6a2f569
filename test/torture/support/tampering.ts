import Database from 'better-sqlite3';

/** One thing that somebody else does to a database file, past every trigger and constraint. */
export interface Tampering {
  readonly name: string;
  readonly apply: (db: Database.Database) => void;
}

interface Column {
  readonly name: string;
  readonly pk: number;
}

type Row = Readonly<Record<string, unknown>>;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export interface Attacker {
  /** The database's file as it is after somebody has changed it. */
  fileAfter(change: (db: Database.Database) => void): Buffer;
  /** What `look` sees in a database that somebody has changed; its statements may be kept from one to the next. */
  after<T>(change: (db: Database.Database) => void, look: (db: Database.Database) => T): T;
  close(): void;
}

/** Where a file says whether it has a write-ahead log: 1 without, which a database in memory must say. */
const FORMAT_AT = [18, 19] as const;

function inMemory(file: string): Database.Database {
  const onDisk = new Database(file, { readonly: true });
  const bytes = onDisk.serialize();
  onDisk.close();
  for (const at of FORMAT_AT) bytes[at] = 1;
  const db = new Database(bytes);
  return lawless(db);
}

/** Nothing that the schema forbids is forbidden here. */
function lawless(db: Database.Database): Database.Database {
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  return db;
}

/** Each change is made on the file as it was, and taken back. */
export function createAttacker(file: string): Attacker {
  // What is not committed shows only in a copy of a file's database, not of one in memory.
  const db = lawless(new Database(file));
  const open = inMemory(file);
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  const dropAll = triggers.map(({ name }) => `DROP TRIGGER ${quoted(name)}`).join(';');
  const makeAll = triggers.map(({ sql }) => sql).join(';');
  open.exec(dropAll);
  return {
    fileAfter: (change) => {
      db.exec(`BEGIN; ${dropAll}`);
      try {
        change(db);
        db.exec(makeAll);
        return db.serialize();
      } finally {
        db.exec('ROLLBACK');
      }
    },
    after: (change, look) => {
      open.exec('BEGIN');
      try {
        change(open);
        return look(open);
      } finally {
        open.exec('ROLLBACK');
      }
    },
    close: () => {
      db.close();
      open.close();
    },
  };
}

const states = ['queued', 'sending', 'unknown', 'review', 'confirmed', 'rejected', 'cancelled'];

/** Other values for one field, each of the kind that the column takes. */
function otherValues(table: string, column: string, value: unknown): readonly unknown[] {
  if (table === 'increment' && column === 'state') return states.filter((state) => state !== value);
  if (table === 'attempt' && column === 'phase')
    return ['connecting', 'sent', 'answered'].filter((phase) => phase !== value);
  if (value === null) return [column.endsWith('_ms') || column.endsWith('_socket') ? 1 : '1'];
  if (typeof value === 'number') return value === 0 || value === 1 ? [1 - value, 1_017] : [value + 1_000];
  if (Buffer.isBuffer(value)) {
    const changed = Buffer.from(value);
    changed[changed.length - 3] = (changed[changed.length - 3] ?? 0) ^ 1;
    return [changed];
  }
  if (typeof value !== 'string') throw new Error(`no other value for a ${typeof value}`);
  return [otherText(value)];
}

/** The last letter or digit becomes another one, so that numbers stay numbers and JSON stays JSON. */
function otherText(text: string): string {
  const at = text.search(/[0-9a-zA-Z](?=[^0-9a-zA-Z]*$)/);
  if (at < 0) return `${text}x`;
  const letter = text[at] ?? '';
  const other = /\d/.test(letter) ? String((Number(letter) + 5) % 10) : letter === 'e' ? 'a' : 'e';
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** Written anew on every open and read by nobody. */
const isLeftOut = (table: string, row: Row): boolean => table === 'setting' && row['key'] === 'opened';

/** Every field of every row altered, every row deleted, every two neighbours swapped; by the schema itself. */
export function everyTampering(file: string): readonly Tampering[] {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    return tables.flatMap((table) => {
      const columns = db.pragma(`table_info(${quoted(table)})`) as Column[];
      const rows = (db.prepare(`SELECT * FROM ${quoted(table)}`).all() as Row[]).filter(
        (row) => !isLeftOut(table, row),
      );
      return [
        ...rows.flatMap((row) => [...edits(table, columns, row), deletion(table, columns, row)]),
        ...swaps(table, columns, rows),
      ];
    });
  } finally {
    db.close();
  }
}

function keyOf(columns: readonly Column[], row: Row): { where: string; values: unknown[] } {
  const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
  return {
    where: keys.map((name) => `${quoted(name)} = ?`).join(' AND '),
    values: keys.map((name) => row[name]),
  };
}

const called = (table: string, columns: readonly Column[], row: Row): string =>
  `${table} ${keyOf(columns, row)
    .values.map((value) => String(value).slice(0, 20))
    .join(' ')}`;

function edits(table: string, columns: readonly Column[], row: Row): Tampering[] {
  const { where, values } = keyOf(columns, row);
  return columns.flatMap(({ name }) =>
    otherValues(table, name, row[name]).map((other) => ({
      name: `${called(table, columns, row)}: ${name} becomes ${Buffer.isBuffer(other) ? 'other bytes' : String(other).slice(0, 30)}`,
      apply: (db: Database.Database) => {
        const changed = db
          .prepare(`UPDATE ${quoted(table)} SET ${quoted(name)} = ? WHERE ${where}`)
          .run(other, ...values);
        if (changed.changes !== 1) throw new Error('nothing was altered');
      },
    })),
  );
}

function deletion(table: string, columns: readonly Column[], row: Row): Tampering {
  const { where, values } = keyOf(columns, row);
  return {
    name: `${called(table, columns, row)}: deleted`,
    apply: (db) => void db.prepare(`DELETE FROM ${quoted(table)} WHERE ${where}`).run(...values),
  };
}

/** All but the key changes places. */
function swaps(table: string, columns: readonly Column[], rows: readonly Row[]): Tampering[] {
  const rest = columns.filter(({ pk }) => pk === 0).map(({ name }) => name);
  return rows.slice(1).flatMap((row, index) => {
    const before = rows[index] as Row;
    if (rest.length === 0 || rest.every((name) => String(before[name]) === String(row[name]))) return [];
    return [
      {
        name: `${called(table, columns, before)} and the next: swapped`,
        apply: (db: Database.Database) => {
          const put = (to: Row, from: Row, away: boolean) => {
            const { where, values } = keyOf(columns, to);
            const moved = (value: unknown) => {
              if (typeof value === 'string') return `${value} away`;
              return typeof value === 'number' ? value + 1_000_000 : value;
            };
            const set = rest.map((name) => `${quoted(name)} = ?`).join(', ');
            const changed = rest.map((name) => (away ? moved(from[name]) : from[name]));
            db.prepare(`UPDATE ${quoted(table)} SET ${set} WHERE ${where}`).run(...changed, ...values);
          };
          // By way of values that no unique index has.
          put(before, before, true);
          put(row, before, false);
          put(before, row, false);
        },
      },
    ];
  });
}
