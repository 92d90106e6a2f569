import { expect, it } from 'vitest';
import { createJournalFeed, type FeedRow } from '../../../main/ledger/journal/feed.ts';
import { atTheTill } from '../../kit/actors.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { silentLogger } from '../../kit/till.ts';
import { watched } from '../../support/statements.ts';

const soon = () => Promise.resolve();

function open() {
  const till = openOutbox();
  const clock = createTestClock();
  const { db, journal } = till;
  const feed = createJournalFeed({ db, journal, clock, logger: silentLogger });
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
  expect([one, other]).toEqual([[1], [1, 2]]);
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
  expect(heard).toEqual([['added']]);
});

it('tells nothing of a transaction that is still open, and nothing of one that was taken back', async () => {
  const { db, hand, feed, add } = open();
  const heard: string[] = [];
  feed.subscribe((rows) => void heard.push(...eventsOf(rows)));
  db.exec('BEGIN IMMEDIATE');
  add();
  await soon();
  expect(heard).toEqual([]);
  db.exec('ROLLBACK');
  hand.advance(1_000);
  expect(heard).toEqual([]);
  db.exec('BEGIN IMMEDIATE');
  add();
  await soon();
  db.exec('COMMIT');
  hand.advance(1_000);
  expect(heard).toEqual(['added']);
});

it('a row that has the number of one that was taken back is told, and the other is not', async () => {
  const { db, feed, add, transitions } = open();
  const { id } = add();
  await soon();
  const heard: string[] = [];
  const undone = () =>
    db.transaction(() => {
      add({ customerUid: '2' });
      // Whoever comes in the middle of it misses nothing either.
      feed.subscribe((rows) => void heard.push(...eventsOf(rows)));
      throw new Error('the disk is full');
    })();
  expect(undone).toThrow('the disk is full');
  transitions.cancel(id, atTheTill);
  await soon();
  expect(heard).toEqual(['cancelled']);
});

it('tells what was collected, and reads none of it again', async () => {
  const ran = watched();
  const { feed, add } = open();
  const heard: FeedRow[] = [];
  for (let readers = 0; readers < 3; readers += 1) feed.subscribe((rows) => void heard.push(...rows));
  add();
  const before = ran.length;
  await soon();
  expect(heard).toHaveLength(3);
  // Where the journal ends.
  expect(ran.slice(before)).toEqual([expect.stringContaining('SELECT chain, number, lower(hex(mac))')]);
});
