import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { amount, ok } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { createTestClock } from '../kit/clock.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { asSeen, openTestTill } from '../kit/till.ts';
import { watched } from '../support/statements.ts';

/** As SQLite lays its log out: a page has a header of its own in it. */
const LOG_HEADER = 32;
const PAGE_IN_LOG = 24 + 4_096;

// What whoever waits at the counter waits for is counted: times say little on another machine.

/** A till whose member is known, and what a press on Confirm comes to in main. */
async function openCounter() {
  const clock = createTestClock(Date.now());
  const { session } = await openTestTill(await startPracticeStore(), { world: { clock } });
  const { members, counter, ledger } = session;
  const found = await members.lookUp.find('8008010001');
  const [member] = found.ok ? found.value.members : [];
  const seen = asSeen(session, member?.customerUid ?? '');
  const topUp = (balance: string) =>
    counter.topUps.create(
      {
        requestId: realRandom.uuid(),
        ...seen,
        note: '',
        again: true,
        balanceIncrement: amount(balance),
        pointIncrement: amount('0'),
      },
      atTheTill,
    );
  // Statements are prepared at the first.
  expect(topUp('1')).toMatchObject({ ok: true });
  clock.pass(60_000);
  return { topUp, ledger, db: session.kernel.db };
}

it('a confirm takes eleven statements, and what it answers is what was written', async () => {
  const ran = watched();
  const { topUp, ledger } = await openCounter();
  const before = ran.length;
  const made = topUp('2');
  expect(ran.slice(before)).toHaveLength(11);
  if (!made.ok) throw new Error(made.error.code);
  expect(ok(ledger.outbox.byId(made.value.id))).toEqual(made);
});

it('a confirm writes five pages to the log, but where one of them is full', async () => {
  const { topUp, db } = await openCounter();
  const pages = Array.from({ length: 15 }, () => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    topUp('2');
    return (statSync(`${db.name}-wal`).size - LOG_HEADER) / PAGE_IN_LOG;
  });
  expect(pages.sort((left, right) => left - right)[7]).toBe(5);
});
