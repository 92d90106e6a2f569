import { expect, it } from 'vitest';
import { openSnapshot } from '../../main/app/snapshot.ts';
import { businessDay } from '../../main/day/shifts/business-day.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { ledgerOf, openShiftTill, type ShiftTill } from '../day/shifts/support.ts';

// What is shown as today. Every figure is reckoned from the practice store's ledger, by the times that it has.

const HOUR_MS = 3_600_000;
const zone = 'Asia/Singapore';
const midnightMs = Date.parse('2026-01-16T00:00:00+08:00');

const passTo = ({ driven }: ShiftTill, atMs: number) => driven.pass(atMs - driven.clock.nowMs());

async function enterAt(till: ShiftTill, atMs: number, place: number, sum: string): Promise<void> {
  const { driven } = till;
  await passTo(till, atMs);
  const { id } = till.enter(place, sum, 'cash');
  await driven.drive(() => driven.till.session.ledger.outbox.byId(id)?.state === 'confirmed');
}

/** As a screen shows it that has just been read. */
function shown({ driven }: ShiftTill) {
  const { today, activity, budget } = openSnapshot(driven.till.session);
  const listed = activity.map(({ balanceIncrement }) => Number(balanceIncrement));
  return { ...today, listed, used: budget.used };
}

/** Newest first, what the store has of the day of business that it is now. */
function byLedger(till: ShiftTill, endsAtMinute: number): readonly number[] {
  const dayOf = (unixMs: number) => businessDay(unixMs, zone, endsAtMinute);
  const now = dayOf(till.driven.clock.nowMs());
  return ledgerOf(till)
    .increments.filter(
      ({ dataChangeTime }) => dayOf(Date.parse(`${dataChangeTime.replace(' ', 'T')}+08:00`)) === now,
    )
    .map(({ balanceIncrement }) => Number(balanceIncrement))
    .reverse();
}

function expectAsLedger(till: ShiftTill, endsAtMinute: number): void {
  const { done, listed } = shown(till);
  const expected = byLedger(till, endsAtMinute);
  expect(listed).toEqual(expected);
  expect([done.entries, Number(done.balance)]).toEqual([
    expected.length,
    expected.reduce((sum, one) => sum + one, 0),
  ]);
}

/** An evening until three at night and the morning after it, checked after each. */
const night = [
  [-2, '10'],
  [0.5, '20'],
  [2.9, '7'],
  [3, '3'],
  [10, '4'],
] as const;

it.each([
  [0, [[10], [20], [7, 20], [3, 7, 20], [4, 3, 7, 20]]],
  [180, [[10], [20, 10], [7, 20, 10], [3], [4, 3]]],
  // What ends in the evening is named for what comes after.
  [1_320, [[10], [20, 10], [7, 20, 10], [3, 7, 20, 10], [4, 3, 7, 20, 10]]],
])('the tiles and the list of a day that ends at minute %i', async (endsAtMinute, lists) => {
  const till = await openShiftTill({ businessDayEndsAtMinute: endsAtMinute });
  for (const [at, [hours, sum]] of night.entries()) {
    await enterAt(till, midnightMs + hours * HOUR_MS, at, sum);
    expect(shown(till).listed).toEqual(lists[at]);
    expectAsLedger(till, endsAtMinute);
  }
});

it('what is KYBIO’s goes by the calendar all the same: its calls, and the day of its log', async () => {
  const till = await openShiftTill({ businessDayEndsAtMinute: 180 });
  await enterAt(till, midnightMs - 2 * HOUR_MS, 0, '10');
  expect(shown(till)).toMatchObject({ storeDay: '2026-01-15', businessDay: '2026-01-15' });
  expect(shown(till).used).toBeGreaterThan(1);
  await passTo(till, midnightMs + 60_000);
  expect(shown(till)).toMatchObject({
    ...{ storeDay: '2026-01-16', businessDay: '2026-01-15', used: 0 },
    ...{ done: { entries: 1, balance: '10' }, listed: [10] },
  });
  const [entry] = [...till.driven.till.session.ledger.outbox.all()];
  expect(entry?.storeDay).toBe('2026-01-15');
  await passTo(till, midnightMs + 3 * HOUR_MS);
  expect(shown(till)).toMatchObject({
    ...{ storeDay: '2026-01-16', businessDay: '2026-01-16' },
    ...{ done: { entries: 0 }, listed: [] },
  });
});

it('another end is told at once, and what is shown is of the day as it is then', async () => {
  const till = await openShiftTill();
  const { session, told } = till.driven.till;
  const endAt = (minute: number) =>
    session.counter.policy.save(
      { ...session.counter.policy.current(), businessDayEndsAtMinute: minute },
      theManager,
    );
  await enterAt(till, midnightMs - HOUR_MS, 0, '10');
  await enterAt(till, midnightMs + HOUR_MS, 1, '20');
  expectAsLedger(till, 0);
  for (const [minute, listed] of [
    [180, [20, 10]],
    [0, [20]],
    [30, [20]],
    [90, [20, 10]],
    [1_410, [20]],
    [1_320, [20, 10]],
  ] as const) {
    told.clear();
    endAt(minute);
    await till.driven.settle();
    expect([...told]).toEqual(expect.arrayContaining(['today', 'activity', 'shift']));
    expect([minute, shown(till).listed]).toEqual([minute, listed]);
    expectAsLedger(till, minute);
  }
});

it('a clock that is set back over the end shows the evening again, and what came after it once that day begins', async () => {
  const till = await openShiftTill({ businessDayEndsAtMinute: 180 });
  const { clock } = till.driven;
  await enterAt(till, midnightMs + 2 * HOUR_MS, 0, '10');
  await enterAt(till, midnightMs + 3 * HOUR_MS, 1, '20');
  expect(shown(till).listed).toEqual([20]);
  clock.jump(-HOUR_MS, 0);
  expect(shown(till).listed).toEqual([10]);
  expectAsLedger(till, 180);
  await passTo(till, midnightMs + 4 * HOUR_MS);
  expect(shown(till).listed).toEqual([20]);
  expectAsLedger(till, 180);
});

it('what was refused after midnight is of the evening, and acknowledged it leaves with it', async () => {
  const till = await openShiftTill({ businessDayEndsAtMinute: 180 });
  const { driven } = till;
  const { session } = driven.till;
  const refuse = { kind: 'error', messages: ['Customer does not exist'], when: 'before' } as const;
  await passTo(till, midnightMs + HOUR_MS);
  driven.store.addFault({ fault: refuse, method: 'updateBalancePointByIncrement', times: 1 });
  const { id } = till.enter(0, '10', 'cash');
  await driven.drive(() => session.ledger.outbox.byId(id)?.state === 'rejected');
  await till.must('entries:acknowledge', { id });
  const one = { entries: 1, balance: '10' };
  expect(shown(till)).toMatchObject({ refused: one, listed: [10] });
  await passTo(till, midnightMs + 3 * HOUR_MS);
  expect(shown(till)).toMatchObject({ refused: { entries: 0 }, listed: [] });
});
