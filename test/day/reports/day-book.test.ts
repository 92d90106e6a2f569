import { expect, it } from 'vitest';
import { createDayGroups } from '../../../main/day/day-groups.ts';
import { createDayBook } from '../../../main/day/reports/day-book.ts';
import { openSums } from '../../../main/day/reports/figures.ts';
import { createBusinessDays } from '../../../main/day/shifts/business-day.ts';
import { addDays, storeDay } from '../../../main/kernel/store-time.ts';
import { openOutbox } from '../../kit/outbox.ts';

const zone = 'Asia/Singapore';
const everything = { from: '2000-01-01', to: '2099-12-31' };

/** A day book over a real outbox, that looks at three entries at a time and counts its pauses. */
function open(endsAtMinute: () => number = () => 0) {
  const till = openOutbox();
  let pauses = 0;
  const daysAfter = createDayBook({
    groups: createDayGroups(till.db, { tillId: null, ownEpochs: [] }, 3),
    pause: async () => {
      pauses += 1;
    },
    beginsAt: createBusinessDays(zone, endsAtMinute).beginsAt,
  });
  return {
    till,
    today: storeDay(till.clock.nowMs(), zone),
    pauses: () => pauses,
    enter: (uid = '1') => till.add({ customerUid: uid, customerNumber: uid, customerName: `Member ${uid}` }),
    look: async (sequence = 0, range = everything) =>
      [...(await daysAfter(sequence, range))].map(([day, groups]) => {
        const { entries, net } = openSums(groups);
        return [day, entries, net];
      }),
  };
}

it('reads a day in steps, and lets others work after each', async () => {
  const { till, enter, look, pauses, today } = open();
  expect(await look()).toEqual([]);
  for (let entry = 0; entry < 7; entry += 1) {
    const { id } = enter(String(1 + (entry % 4)));
    if (entry % 2 === 0) till.attempt(id, 'applied');
  }
  expect(await look()).toEqual([[today, 7, '70']]);
  expect(pauses()).toBe(3);
});

it('has what was entered after an entry by itself', async () => {
  const { enter, look, today } = open();
  enter('1');
  const { sequence } = enter('2');
  expect(await look(sequence)).toEqual([]);
  enter('3');
  expect(await look(sequence)).toEqual([[today, 1, '10']]);
});

it('puts what was entered before the day’s end to the day before, whenever that end was set', async () => {
  let endsAtMinute = 180;
  const { till, enter, look, today } = open(() => endsAtMinute);
  const tomorrow = addDays(today, 1);
  const midnightMs = Date.parse(`${tomorrow}T00:00:00+08:00`);
  for (const atMs of [-3_600_000, 30 * 60_000, 179 * 60_000 + 59_999, 180 * 60_000]) {
    till.clock.pass(midnightMs + atMs - till.clock.nowMs());
    till.attempt(enter().id, 'applied');
  }
  expect(await look()).toEqual([
    [today, 3, '30'],
    [tomorrow, 1, '10'],
  ]);
  expect(await look(0, { from: today, to: today })).toEqual([[today, 3, '30']]);
  expect(await look(0, { from: tomorrow, to: tomorrow })).toEqual([[tomorrow, 1, '10']]);
  endsAtMinute = 0;
  expect(await look()).toEqual([
    [today, 1, '10'],
    [tomorrow, 3, '30'],
  ]);
});
