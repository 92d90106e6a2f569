import { expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { anything } from '../../kit/find.ts';
import { ledgerOf, openShiftTill, type ShiftTill } from '../shifts/support.ts';

// Figures are reckoned from the practice store's ledger, by the times that it has of each increment.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What the ledger has of each day, where a day goes on for so many hours after midnight. */
function byLedger(till: ShiftTill, hours: number): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const { dataChangeTime, balanceIncrement } of ledgerOf(till).increments) {
    const wallMs = Date.parse(`${dataChangeTime.replace(' ', 'T')}Z`);
    const day = new Date(wallMs - hours * HOUR_MS).toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + Number(balanceIncrement));
  }
  return days;
}

const look = async (till: ShiftTill) => {
  const { view } = await till.must('reports:look', {}, theManager);
  if (view === null) throw new Error('called off');
  return view;
};

const found = async (till: ShiftTill, fromDay: string, toDay: string) => {
  const { entries } = await till.must('find:entries', {
    filter: { ...anything, fromDay, toDay },
    before: null,
  });
  return entries.reduce((sum, { balanceIncrement }) => sum + Number(balanceIncrement), 0);
};

/** Entries around midnight and around three, the last of them at 03:00 of the day after the first one's. */
async function tradeOverNight(till: ShiftTill) {
  const { driven } = till;
  const { clock } = driven;
  const midnightMs = Date.parse('2026-01-16T00:00:00+08:00');
  const ids: string[] = [];
  const enterAt = async (atMs: number, place: number, sum: string) => {
    await driven.pass(atMs - clock.nowMs());
    const { id } = till.enter(place, sum, 'cash');
    ids.push(id);
    await driven.drive(() => driven.till.session.ledger.outbox.byId(id)?.state === 'confirmed');
  };
  await enterAt(midnightMs - HOUR_MS, 0, '10');
  await enterAt(midnightMs + HOUR_MS / 2, 1, '20');
  await enterAt(midnightMs + 2.9 * HOUR_MS, 0, '7');
  await enterAt(midnightMs + 3 * HOUR_MS, 2, '3');
  return ids;
}

it('the owner’s days and those that are looked for end when the shop’s do', async () => {
  const till = await openShiftTill({ businessDayEndsAtMinute: 180 });
  await tradeOverNight(till);
  const ledger = byLedger(till, 3);
  expect([...ledger]).toEqual([
    ['2026-01-15', 37],
    ['2026-01-16', 3],
  ]);

  const view = await look(till);
  expect(view.today).toBe('2026-01-16');
  for (const { from, all } of view.day)
    expect([from, Number(all.net)]).toEqual([from, ledger.get(from) ?? 0]);
  expect(Number(view.week.at(-1)?.all.net)).toBe(40);
  expect(view.week.at(-1)).toMatchObject({ from: '2026-01-12', to: '2026-01-18' });

  for (const [day, sum] of ledger) expect(await found(till, day, day)).toBe(sum);
  expect(await found(till, '2026-01-15', '2026-01-16')).toBe(40);
  expect(await found(till, '2026-01-17', '9999-12-31')).toBe(0);
  expect(await found(till, '0000-01-01', '2026-01-14')).toBe(0);
  expect(till.driven.till.session.day.shifts.service.shown().today).toBe('2026-01-16');
});

it('a day that ends at another time is another one, also of what is long past', async () => {
  const till = await openShiftTill();
  await tradeOverNight(till);
  const expectAsLedger = async (hours: number) => {
    const ledger = byLedger(till, hours);
    for (const { from, all } of (await look(till)).day)
      expect([hours, from, Number(all.net)]).toEqual([hours, from, ledger.get(from) ?? 0]);
    for (const [day, sum] of ledger)
      expect([hours, day, await found(till, day, day)]).toEqual([hours, day, sum]);
  };
  await till.driven.pass(DAY_MS);
  const {
    counter: { policy },
  } = till.driven.till.session;
  for (const minute of [0, 60, 180, 1_380]) {
    policy.save({ ...policy.current(), businessDayEndsAtMinute: minute }, theManager);
    // What ends in the evening is named for what comes after.
    await expectAsLedger(minute < 720 ? minute / 60 : minute / 60 - 24);
  }
});
