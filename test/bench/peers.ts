// What other programs do to have an entry on the disk, as they do it.
import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

interface Peer {
  /** On the disk when it returns. */
  write(): void;
  close(): void;
}

/** The least that a disk can do: so many bytes at the end of a file, and synced. */
export function createAppender(folder: string, bytes: number): Peer {
  const file = openSync(join(folder, 'append'), 'a');
  const entry = Buffer.alloc(bytes, 'e');
  return {
    write: () => {
      writeSync(file, entry);
      fdatasyncSync(file);
    },
    close: () => closeSync(file),
  };
}

export const entryOf = (index: number) => ({
  id: `entry-${index}`,
  customerUid: String(231_607_639_459_718_000n + BigInt(index % 5_000)),
  balanceIncrement: '10',
  pointIncrement: '5',
  dataChangeTime: '2026-11-24 09:00:00',
  cashier: 'Counter 1',
  note: '',
  state: 'queued',
});

/** A queue as one table: no signature, no chain, nothing that could tell what was altered or lost. */
export function createQueueTable(folder: string): Peer & { done(index: number): void; count(): number } {
  const db = new Database(join(folder, 'queue.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE queue (id INTEGER PRIMARY KEY, state TEXT NOT NULL, content TEXT NOT NULL)');
  const insert = db.prepare("INSERT INTO queue (state, content) VALUES ('queued', ?)");
  const done = db.prepare("UPDATE queue SET state = 'done' WHERE id = ?");
  let index = 0;
  return {
    write: () => {
      index += 1;
      insert.run(JSON.stringify(entryOf(index)));
    },
    done: (id) => void done.run(id),
    count: () => index,
    close: () => db.close(),
  };
}

/** As electron-store keeps its data: all of it, written beside the old file, synced, and put in its place. */
export function createJsonFile(folder: string, entries: number): Peer {
  const all = Array.from({ length: entries }, (_, index) => entryOf(index));
  const target = join(folder, 'config.json');
  return {
    write: () => {
      all.push(entryOf(all.length));
      const file = openSync(`${target}.tmp`, 'w');
      writeFileSync(file, JSON.stringify({ queue: all }, null, '\t'));
      fsyncSync(file);
      closeSync(file);
      renameSync(`${target}.tmp`, target);
    },
    close: () => undefined,
  };
}
