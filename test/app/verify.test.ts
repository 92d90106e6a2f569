import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { isTillFile, verifyCommand } from '../../main/app/commands.ts';
import { openLiveSession } from '../../main/app/open-session.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createHeadSlots } from '../../main/ledger/journal/head.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { number, uid } from '../kit/losing.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger } from '../kit/till.ts';

const journalKey = Buffer.alloc(32, 9);

/** Behind the till's back. */
function inDatabase(file: string, work: (db: Database.Database) => void): void {
  const db = new Database(file);
  work(db);
  db.close();
}

const removeHead = (folder: string) => {
  for (const name of ['head-a.json', 'head-b.json']) rmSync(join(folder, name), { force: true });
};

/** A till that is closed, with one top-up of 10 that waits for the network. */
async function waiting() {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  await till.session.members.lookUp.find(number);
  await store.setPlug(false);
  till.topUp(uid, '10.00');
  await till.close();
  const { folder } = till;
  const file = databaseFile(liveFolder(folder));
  const place = { key: journalKey, slotFolder: liveFolder(folder), copyFolder: join(folder, 'copy', 'live') };
  return {
    ...{ store, folder, file, place },
    verify: () =>
      verifyCommand({ file, clock: realClock, random: realRandom, protocol: kybio }, store.appKey, place),
  };
}

it('a trigger that somebody put into the schema is noticed, and nothing is taken in or sent through it', async () => {
  const { store, folder, file, verify } = await waiting();
  expect(verify()).toMatchObject({ ok: true, problems: [] });
  // It waits for the next entry and makes more of it, once the journal has told of it.
  inDatabase(file, (db) => {
    db.exec(`DROP TRIGGER journal_is_frozen;
      CREATE TRIGGER helpful AFTER INSERT ON increment BEGIN
        UPDATE increment SET balance_increment_e4 = 19990000 WHERE id = NEW.id;
        UPDATE journal SET content = replace(content, ':10,', ':1999,') WHERE entry = NEW.sequence;
      END`);
  });
  expect(verify()).toMatchObject({
    ok: false,
    problems: ['schema: trigger helpful is not this till’s', 'schema: trigger journal_is_frozen is gone'],
  });
  await store.setPlug(true);
  const vault = createMemoryVault(
    { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey },
    realRandom,
  );
  const opened = await openLiveSession({
    ...{
      folder,
      headCopyFolder: join(folder, 'copy'),
      clock: realClock,
      random: realRandom,
      protocol: kybio,
    },
    ...{ logger: silentLogger, vault, changed: () => undefined },
  });
  expect(opened).toMatchObject({ ok: false, error: { code: 'database-corrupt' } });
});

it('a till that sends while it is verified is not called broken', async () => {
  const { store, folder, file, place } = await waiting();
  const till = await openTestTill(store, { folder });
  // At the moment when its heads are looked at, the till takes in one more, and a head covers it.
  const whileItSends = {
    ...place,
    get slotFolder() {
      till.topUp(uid, '11.00');
      inDatabase(file, (db) => {
        const head = createJournalRepository(db, journalKey, realClock).head();
        createHeadSlots(place.slotFolder, journalKey).write(head);
      });
      return place.slotFolder;
    },
  };
  const parts = { file, clock: realClock, random: realRandom, protocol: kybio };
  expect(verifyCommand(parts, store.appKey, whileItSends)).toMatchObject({ ok: true, problems: [] });
});

/** Past the triggers, which are put back: only the rows tell. */
function attack(file: string, sql: string): void {
  inDatabase(file, (db) => {
    const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
      name: string;
      sql: string;
    }[];
    db.pragma('foreign_keys = OFF');
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    db.exec(sql);
    for (const trigger of triggers) db.exec(trigger.sql);
  });
}
const emptied = ['journal', 'attempt', 'increment', 'setting', 'member', 'seal', 'call_meter'].map(
  (table) => `DELETE FROM ${table};`,
);
const noSettings = "DELETE FROM setting WHERE key = 'till.config';";
const gone = { ok: false, entries: 0, problems: ['the settings of the till are gone'] };

it('says no of entries without settings and without a journal, with a head or without', async () => {
  const { file, folder, verify } = await waiting();
  attack(file, `DELETE FROM journal; ${noSettings}`);
  expect(verify()).toMatchObject(gone);
  removeHead(liveFolder(folder));
  removeHead(join(folder, 'copy', 'live'));
  expect(verify()).toMatchObject(gone);
  expect(isTillFile(file)).toBe(true);
});

it('says no of a database that is empty although its head or the copy of it speaks of rows', async () => {
  const { file, folder, verify } = await waiting();
  attack(file, emptied.join(''));
  expect(verify()).toMatchObject(gone);
  // A practice store beside it must not be verified in its place.
  expect(isTillFile(file)).toBe(true);
  removeHead(liveFolder(folder));
  expect(verify()).toMatchObject(gone);
  removeHead(join(folder, 'copy', 'live'));
  expect(verify()).toMatchObject({ ok: true, entries: 0 });
});

it('says no of a till whose copy of the head is gone: its folder may be an older one', async () => {
  const { folder, verify } = await waiting();
  removeHead(join(folder, 'copy', 'live'));
  expect(verify()).toMatchObject({
    ...{ ok: false, entries: 1, journal: { ok: false, firstBroken: null } },
    problems: ['journal: the copy of its head outside the data folder is missing'],
  });
});
