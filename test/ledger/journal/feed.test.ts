import { expect, it } from 'vitest';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { createJournalFeed, type FeedRow } from '../../../main/ledger/journal/feed.ts';
import { createTestClock } from '../../kit/clock.ts';
import { type Outbox, openOutbox } from '../../kit/outbox.ts';
import { silentLogger } from '../../kit/till.ts';

const soon = () => Promise.resolve();

function open(file?: string) {
  const till: Outbox = openOutbox(file === undefined ? {} : { file });
  const clock = createTestClock();
  const { db, journal } = till;
  const feed = createJournalFeed({ db, journal, settings: createSettings(db), clock, logger: silentLogger });
  return { ...till, hand: clock, feed };
}

const eventsOf = (rows: readonly FeedRow[]) => rows.map(({ event }) => event);

it('tells what was committed, in its order, and nothing that was rolled back', async () => {
  const { db, feed, add, attempt } = open();
  add();
  const heard: string[] = [];
  feed.subscribe((rows) => void heard.push(...eventsOf(rows)));
  await soon();
  expect(heard).toEqual([]);
  expect(() =>
    db.transaction(() => {
      add({ customerUid: '2' });
      throw new Error('the disk is full');
    })(),
  ).toThrow('the disk is full');
  await soon();
  expect(heard).toEqual([]);
  attempt(add({ customerUid: '3' }).id, 'applied');
  expect(heard).toEqual([]);
  await soon();
  expect(heard).toEqual(['added', 'sending', 'ended']);
});

it('tells each of its readers, and none that has left', async () => {
  const { feed, add } = open();
  const [one, other]: [number[], number[]] = [[], []];
  const leave = feed.subscribe((rows) => void one.push(...rows.map(({ entry }) => entry ?? 0)));
  feed.subscribe((rows) => void other.push(...rows.map(({ entry }) => entry ?? 0)));
  add();
  await soon();
  leave();
  add({ customerUid: '2' });
  await soon();
  // The first entry of an account is told after the account.
  expect([one, other]).toEqual([
    [0, 1],
    [0, 1, 2],
  ]);
});

it('tells a reader that failed the same rows again', async () => {
  const { hand, feed, add } = open();
  const heard: string[][] = [];
  let fails = 1;
  feed.subscribe((rows) => {
    fails -= 1;
    if (fails >= 0) throw new Error('no paper');
    heard.push(eventsOf(rows));
  });
  add();
  await soon();
  expect(heard).toEqual([]);
  hand.advance(1_000);
  expect(heard).toEqual([['account', 'added']]);
});

it('goes on after a restart where a reader had come to, and acts on no row twice', async () => {
  const first = open();
  const printed: string[] = [];
  const print = ({ event, entry }: FeedRow) => void printed.push(`${event} ${entry}`);
  first.add();
  first.feed.follow('printer', print);
  first.add({ customerUid: '2' });
  await soon();
  expect(printed).toEqual(['added 2']);
  first.feed.stop();
  // Nobody prints.
  first.add({ customerUid: '3' });
  await soon();
  first.db.close();
  const again = open(first.file);
  again.feed.follow('printer', print);
  await soon();
  expect(printed).toEqual(['added 2', 'added 3']);
});

it('keeps nothing of a row that a reader could not act on', async () => {
  const { db, hand, feed, add } = open();
  db.exec('CREATE TEMP TABLE printed (entry INTEGER)');
  let jams = true;
  feed.follow('printer', ({ entry }) => {
    db.prepare('INSERT INTO printed VALUES (?)').run(entry);
    if (jams && entry !== null) throw new Error('the paper is jammed');
  });
  add();
  await soon();
  const printed = () => db.prepare('SELECT entry FROM printed').all();
  expect(printed()).toEqual([{ entry: null }]);
  jams = false;
  hand.advance(1_000);
  expect(printed()).toEqual([{ entry: null }, { entry: 1 }]);
});
