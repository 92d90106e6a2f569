import { describe, expect, it } from 'vitest';
import { createDayGroups, type DayGroups } from '../../../main/day/day-groups.ts';
import { createDayBook } from '../../../main/day/reports/day-book.ts';
import { figuresOf } from '../../../main/day/reports/figures.ts';
import { createBusinessDays } from '../../../main/day/shifts/business-day.ts';
import type { OnProgress, Progress } from '../../../main/kernel/progress.ts';
import { addDays, storeDay } from '../../../main/kernel/store-time.ts';
import { openOutbox } from '../../kit/outbox.ts';

const zone = 'Asia/Singapore';
const everything = { from: '2000-01-01', to: '2099-12-31' };

/** A day book over a real outbox, that looks at three entries at a time and counts its steps. */
function open(endsAtMinute = 0) {
  const till = openOutbox();
  const groups = createDayGroups(till.db, { tillId: null, ownEpochs: [] }, 3);
  const stepped: string[] = [];
  const counted: DayGroups = {
    marks: groups.marks,
    firstDayAfter: groups.firstDayAfter,
    step: (day, after, turns) => {
      stepped.push(day);
      return groups.step(day, after, turns);
    },
  };
  let pauses = 0;
  let repairs = 0;
  let meanwhile = (): void => undefined;
  const book = createDayBook({
    groups: counted,
    pause: async () => {
      pauses += 1;
      meanwhile();
    },
    repaired: () => repairs,
    beginsAt: createBusinessDays(zone, () => endsAtMinute).beginsAt,
  });
  return {
    ...{ till, stepped },
    today: storeDay(till.clock.nowMs(), zone),
    pauses: () => pauses,
    repair: () => {
      repairs += 1;
    },
    during: (action: () => void) => {
      meanwhile = action;
    },
    look: async () => {
      stepped.length = 0;
      return book.days(everything);
    },
    daysAfter: (sequence: number) => book.daysAfter(sequence, everything),
    days: async (tell?: OnProgress, callOff?: AbortSignal) => [
      ...(await book.days(everything, tell, callOff)),
    ],
    enter: (uid = '1', change = {}) =>
      till.add({ customerUid: uid, customerNumber: uid, customerName: `Member ${uid}`, ...change }),
  };
}

describe('the book of days', () => {
  it('reads a day in steps, and lets others work between two', async () => {
    const { enter, look, stepped, pauses, today } = open();
    for (let entry = 0; entry < 7; entry += 1) enter(String(1 + (entry % 4)));
    const days = await look();
    const { groups, members } = days.get(today) ?? { groups: [], members: [] };
    expect(figuresOf(groups, members.length)).toMatchObject({ topUps: 7, net: '70', members: 4 });
    expect(stepped).toHaveLength(3);
    // Before the first of them, and after each.
    expect(pauses()).toBe(4);
  });

  it('has what was entered after an entry by itself', async () => {
    const { enter, daysAfter, today } = open();
    enter('1');
    const { sequence } = enter('2');
    expect([...(await daysAfter(sequence)).keys()]).toEqual([]);
    enter('3');
    const { groups, members } = (await daysAfter(sequence)).get(today) ?? { groups: [], members: [] };
    expect(figuresOf(groups, members.length)).toMatchObject({ topUps: 1, net: '10', members: 1 });
  });

  it('counts a member whose name was changed once', async () => {
    const { enter, look, today } = open();
    enter('1');
    enter('1', { customerName: 'Another name' });
    enter('2');
    expect((await look()).get(today)?.members).toHaveLength(2);
  });

  it('reads what is settled once, and what is open each time', async () => {
    const { till, enter, look, stepped } = open();
    const { id } = enter();
    await look();
    await look();
    expect(stepped).toHaveLength(1);
    till.attempt(id, 'applied');
    await look();
    expect(stepped).toHaveLength(1);
    await look();
    expect(stepped).toHaveLength(0);
  });

  it('reads a day anew where an entry came to it', async () => {
    const { till, enter, look, today } = open();
    till.attempt(enter().id, 'applied');
    await look();
    till.attempt(enter().id, 'rejected');
    const { groups } = (await look()).get(today) ?? { groups: [] };
    expect(figuresOf(groups, 0)).toMatchObject({
      topUps: 1,
      lines: { cancelled: { entries: 1, principal: '10' } },
    });
  });

  it('does not rely on what changed while it read', async () => {
    const { till, enter, look, during, today } = open();
    for (let entry = 0; entry < 4; entry += 1) till.attempt(enter(String(entry + 1)).id, 'applied');
    let isOver = false;
    during(() => {
      if (isOver) return;
      isOver = true;
      till.attempt(enter('9').id, 'applied');
    });
    await look();
    const { groups } = (await look()).get(today) ?? { groups: [] };
    expect(figuresOf(groups, 0).topUps).toBe(5);
  });

  it('reads anew what the journal has mended', async () => {
    const { till, enter, look, stepped, repair } = open();
    till.attempt(enter().id, 'applied');
    await look();
    repair();
    await look();
    expect(stepped).toHaveLength(1);
  });

  it('knows no day without entries', async () => {
    expect([...(await open().look())]).toEqual([]);
  });

  it('puts what was entered before the day’s end to the day before, and counts a member of both sides once', async () => {
    const { till, enter, look, today } = open(180);
    const midnightMs = Date.parse(`${addDays(today, 1)}T00:00:00+08:00`);
    const enterAt = (ms: number, uid: string) => {
      till.clock.pass(ms - till.clock.nowMs());
      enter(uid);
    };
    enterAt(midnightMs - 3_600_000, '1');
    enterAt(midnightMs + 30 * 60_000, '1');
    enterAt(midnightMs + 179 * 60_000 + 59_999, '2');
    enterAt(midnightMs + 180 * 60_000, '1');
    const days = await look();
    const told = [...days].map(([day, { groups, members }]) => [day, figuresOf(groups, members.length)]);
    expect(told).toMatchObject([
      [today, { topUps: 3, net: '30', members: 2 }],
      [addDays(today, 1), { topUps: 1, net: '10', members: 1 }],
    ]);
  });

  it('reads anew what the day’s end was set to split otherwise', async () => {
    let endsAtMinute = 0;
    const till = openOutbox();
    const { beginsAt } = createBusinessDays(zone, () => endsAtMinute);
    const groups = createDayGroups(till.db, { tillId: null, ownEpochs: [] }, 3);
    const book = createDayBook({ groups, beginsAt, pause: async () => undefined, repaired: () => 0 });
    const today = storeDay(till.clock.nowMs(), zone);
    till.attempt(till.add().id, 'applied');
    expect([...(await book.days(everything)).keys()]).toEqual([today]);
    // At 13:26 a day that ends at 13:00 is over, and the next one has begun.
    endsAtMinute = 780;
    expect([...(await book.days(everything)).keys()]).toEqual([addDays(today, 1)]);
  });

  it('is called off between two days, and knows what it had reckoned by then', async () => {
    const { till, enter, days, stepped } = open();
    for (let day = 0; day < 3; day += 1) {
      till.attempt(enter(String(day + 1)).id, 'applied');
      till.clock.pass(86_400_000);
    }
    const told: Progress[] = [];
    const callOff = new AbortController();
    const leave = (progress: Progress) => {
      told.push(progress);
      if (progress.done === 1) callOff.abort();
    };
    await expect(days(leave, callOff.signal)).rejects.toThrow();
    expect(stepped).toHaveLength(2);
    expect(told.map(({ done, of }) => `${done} of ${of}`)).toEqual(['0 of 3', '1 of 3']);
    expect(await days()).toHaveLength(3);
    expect(stepped).toHaveLength(3);
  });
});
