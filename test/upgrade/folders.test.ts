import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../main/kernel/database/migrations/index.ts';
import { sealedTables } from '../../main/kernel/database/sealed-columns.ts';
import { factFormats } from '../../main/ledger/tables/fact-columns.ts';
import { eventNames } from '../kernel/database/drawn-events.ts';
import { goesOn } from './as-running.ts';
import { copyOfFormat, formats } from './folders.ts';
import { today } from './program.ts';
import { openShop } from './shop.ts';
import { verify } from './till.ts';

it('there is a folder of every format', () => {
  const known = new Set([...migrations.map(({ formatVersion }) => formatVersion), ...factFormats]);
  expect(new Set(formats)).toEqual(new Set([...known].map((format) => `format-${format}`)));
});

/** The formats with which an event, and the tables as they are now, came. */
const since = { 'tender-changed': 5, tables: 8 } as const;
const numberOf = (format: string): number => Number(format.replace('format-', ''));

describe.each(formats)('the folder of %s', (format) => {
  it('has an entry of every kind', () => {
    const { entries } = copyOfFormat(format);
    const states = new Set(entries.map(({ state }) => state));
    const all = ['cancelled', 'confirmed', 'queued', 'rejected', 'review', 'sending', 'unknown'];
    expect([...states].sort()).toEqual(all);
  });

  it('has an event of every kind, every sealed table, heads and a check-up half done', async () => {
    const { data } = copyOfFormat(format);
    const program = await today();
    const db = new Database(program.databaseFile(program.liveFolder(data)), { readonly: true });
    const all = (sql: string) => db.prepare(sql).pluck().all();
    const isLater = numberOf(format) < since['tender-changed'];
    // That an attempt was cut off is written by whoever starts next.
    const written = eventNames.filter(
      (name) => name !== 'interrupted' && !(isLater && name === 'tender-changed'),
    );
    expect(all('SELECT DISTINCT event FROM journal WHERE entry IS NOT NULL')).toEqual(
      expect.arrayContaining(written),
    );
    expect(all('SELECT DISTINCT chain FROM journal ORDER BY chain')).toEqual([1, 2]);
    for (const table of sealedTables) expect(all(`SELECT COUNT(*) FROM ${table}`)).not.toEqual([0]);
    expect(all("SELECT key FROM setting WHERE key IN ('policy', 'manager.pin', 'check-up')")).toHaveLength(3);
    expect(all("SELECT value FROM setting WHERE key = 'check-up'")[0]).toMatch(/"phase":"running"/);
    db.close();
    for (const place of [program.liveFolder(data), join(data, 'copy', 'live')])
      for (const head of ['head-a.json', 'head-b.json']) expect(existsSync(join(place, head))).toBe(true);
  });

  it('has no member’s name, card or phone in the journal, since these stand beside it', async () => {
    const { data } = copyOfFormat(format);
    const program = await today();
    const db = new Database(program.databaseFile(program.liveFolder(data)), { readonly: true });
    const isBefore = numberOf(format) < 4;
    const journal = JSON.stringify(db.prepare('SELECT * FROM journal').raw().all());
    const texts = db
      .prepare('SELECT name FROM member UNION SELECT number FROM member UNION SELECT phone FROM member')
      .pluck()
      .all() as string[];
    const found = texts.filter((text) => text !== '' && journal.includes(text));
    if (isBefore) expect(found.length).toBeGreaterThan(10);
    else expect(found).toEqual([]);
    db.close();
  });

  it('is well as it lies there', async () => {
    const { data, ledger, atMs } = copyOfFormat(format);
    const isAsNow = numberOf(format) >= since.tables;
    const problems = isAsNow ? [] : [expect.stringMatching('another version of this program made them')];
    expect(verify(await today(), data, openShop(ledger, atMs))).toMatchObject({ ok: isAsNow, problems });
  });

  it('is a till that goes on', async () => {
    await goesOn(await today(), copyOfFormat(format));
  });
});
