import { expect, it } from 'vitest';
import { journalViews } from '../../main/app/journal-views.ts';
import * as opening from '../../main/app/open-session.ts';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import * as open from '../../main/kernel/database/open.ts';
import * as retention from '../../main/members/member-retention-service.ts';
import { planted } from '../faults/faults.ts';
import { createTestClock } from '../kit/clock.ts';
import { backUp, inDatabase } from '../kit/data-folder.ts';
import { isInSample } from '../kit/depth.ts';
import { number, uid } from '../kit/losing.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, temporaryFolder } from '../kit/till.ts';
import { isSafeSqlite } from '../support/sqlite-version.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { opening, open, retention };
type Modules = typeof sound;

const hourMs = 3_600_000;

const forgotten: ModuleCheck<Modules> = {
  number: '28',
  title:
    'a member of whom nothing was read for as long as a manager says is forgotten, none with an open entry',
  breaches: async ({ opening: { openLiveSession } }) => {
    const clock = createTestClock();
    const store = await startPracticeStore();
    const till = await openTestTill(store, { open: openLiveSession, world: { clock } });
    const { session } = till;
    const keptMs = 2 * 24 * hourMs;
    session.counter.policy.save({ ...session.counter.policy.current(), memberKeptMs: keptMs }, theManager);
    for (const member of [meiLing, limWei]) await session.members.lookUp.find(member.number);
    await store.setPlug(false);
    till.topUp(limWei.customerUid, '10.00');
    session.members.retention.start();
    const isKnown = ({ customerUid }: { customerUid: string }) =>
      session.members.directory.byUid(customerUid) !== null;
    clock.advance(keptMs - hourMs);
    const before = [meiLing, limWei].every(isKnown);
    clock.advance(2 * hourMs);
    session.members.retention.stop();
    return through({
      'forgotten too early': !before,
      'kept for ever': isKnown(meiLing),
      'one with an open entry is forgotten': !isKnown(limWei),
    });
  },
  controls: [
    {
      ...planted('members-kept-for-ever'),
      finds: 'kept for ever',
    },
    {
      ...planted('members-with-open-entries-forgotten'),
      finds: 'one with an open entry is forgotten',
    },
  ],
};

/** Rows of the journal are frozen by a trigger: whoever alters one knows that, and puts it back. */
function alterJournal(folder: string): void {
  inDatabase(folder, (db) => {
    const triggers = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
      readonly name: string;
      readonly sql: string;
    }[];
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    db.exec("UPDATE journal SET reason = 'another' WHERE event = 'added'");
    for (const { sql } of triggers) db.exec(sql);
  });
}

/** A till with one entry that waits for the network; what becomes of it after something was done to its folder. */
async function afterwards({ opening: { openLiveSession } }: Modules, harm: 'altered' | 'put back') {
  const store = await startPracticeStore();
  const first = await openTestTill(store, { open: openLiveSession });
  const { folder } = first;
  await first.session.members.lookUp.find(number);
  await store.setPlug(false);
  const { id } = first.topUp(uid, '10.00');
  await first.close();
  if (harm === 'altered') {
    alterJournal(folder);
  } else {
    const putBack = backUp(`${folder}/live`);
    const second = await openTestTill(store, { folder, open: openLiveSession });
    second.topUp(uid, '20.00');
    await second.close();
    putBack();
  }
  const till = await openTestTill(store, { folder, open: openLiveSession });
  till.session.start();
  return { alarm: till.session.journalProblem, state: till.session.ledger.outbox.byId(id)?.state };
}

const journal: ModuleCheck<Modules> = {
  number: '29',
  title:
    'a journal that was altered, or is older than its head says, alarms, and what is open is sent by nobody',
  breaches: async (modules) => {
    const altered = await afterwards(modules, 'altered');
    const older = await afterwards(modules, 'put back');
    return through({
      'an altered row: no alarm': altered.alarm !== 'broken',
      'an altered row: it goes on': altered.state !== 'review',
      'an older folder: no alarm': older.alarm !== 'rolled-back',
      'an older folder: it goes on': older.state !== 'review',
    });
  },
  controls: [
    {
      ...planted('chain-not-checked'),
      finds: 'an altered row: it goes on',
    },
    {
      ...planted('older-journal-passes'),
      finds: 'an older folder: no alarm',
    },
    {
      ...planted('alarm-holds-nothing'),
      finds: 'an older folder: it goes on',
    },
    {
      ...planted('alarm-not-told'),
      finds: 'an altered row: no alarm',
    },
  ],
};

const durable: ModuleCheck<Modules> = {
  number: '30',
  title: 'SQLite 3.51.3 or newer, a write-ahead log, and FULL, which is read back or nothing opens',
  breaches: async ({ open: { openDatabase } }) => {
    const opened = openDatabase(`${temporaryFolder()}/counterfoil.db`, journalViews);
    if (!opened.ok) return [`does not open: ${opened.error.details?.['sqlite'] ?? opened.error.code}`];
    const db = opened.value;
    const pragma = (name: string) => db.pragma(name, { simple: true });
    const version = db.prepare('SELECT sqlite_version()').pluck().get();
    const found = through({
      'an older SQLite': !isSafeSqlite(String(version)),
      'no write-ahead log': pragma('journal_mode') !== 'wal',
      'not FULL': pragma('synchronous') !== 2,
    });
    db.close();
    return found;
  },
  controls: [
    {
      ...planted('not-full'),
      finds: 'does not open: journal wal, synchronous 1',
    },
    {
      ...planted('not-full-nor-read-back'),
      finds: 'not FULL',
    },
    {
      ...planted('no-log-nor-read-back'),
      finds: 'no write-ahead log',
    },
  ],
};

if (isInSample)
  it.each([
    ['3.51.3', true],
    ['3.54.1', true],
    ['4.0.0', true],
    ['3.51.2', false],
    ['3.45.1', false],
    ['3.6.0', false],
    ['2.99.9', false],
    ['3.51', false],
    ['', false],
  ])('30: SQLite %s is new enough: %j', (version, isNewEnough) => {
    expect(isSafeSqlite(version)).toBe(isNewEnough);
  });

checkModules(sound, [forgotten, journal, durable]);
