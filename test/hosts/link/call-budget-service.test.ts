import { describe, expect, it } from 'vitest';
import { createCallBudget } from '../../../main/hosts/calls/call-budget-service.ts';
import { CALL_COUNT_KEY, type CallCount } from '../../../main/hosts/calls/call-count.ts';
import { createCallDays } from '../../../main/hosts/calls/call-days.ts';
import { createCallMeter } from '../../../main/hosts/calls/call-meter-repository.ts';
import type { OtherTill } from '../../../main/hosts/calls/other-tills.ts';
import { createLink } from '../../../main/hosts/link/link.ts';
import { afterAnsweredRead, withPause } from '../../../main/hosts/link/link-state.ts';
import { withoutPauses } from '../../../main/hosts/link/pauses.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { storeDay } from '../../../main/kernel/store-time.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { silentLogger } from '../../kit/till.ts';

const DAY_MS = 86_400_000;

function openPurse(numbering = { tillNumber: 1, tillCount: 3 }, others: readonly OtherTill[] = []) {
  const { db } = openOutbox();
  const clock = createTestClock();
  const settings = createSettings(db);
  const link = createLink(settings, clock, realRandom, silentLogger);
  const meter = createCallMeter(db, clock, 'Asia/Singapore');
  const today = () => storeDay(clock.nowMs(), 'Asia/Singapore');
  const callBudget = createCallBudget({
    ...{ meter, settings, link, clock, today, numbering, logger: silentLogger },
    days: createCallDays(db, clock, today),
    policy: () => ({ callsPerDay: 300, callsKeptForIncrements: 120 }),
    isFree: false,
    waiting: () => 0,
    others: () => others,
  });
  return {
    ...{ clock, link, meter, callBudget, today },
    spend: (calls: number) => {
      for (let call = 0; call < calls; call += 1) meter.count('increment');
    },
    enough: () => link.update((state, at) => withPause(state, 'quota', '', at.nowMs)),
    free: () =>
      link.update((state, at) =>
        afterAnsweredRead(
          withoutPauses(state, (reason) => reason === 'quota'),
          at,
        ),
      ),
    count: (of: CallCount) => settings.set(CALL_COUNT_KEY, JSON.stringify(of)),
  };
}

describe('the purse of a till', () => {
  it('is a part of the account until a quota answer teaches less, and a week later that part again', () => {
    const till = openPurse();
    till.spend(84);
    expect(till.callBudget.left('probe')).toBe(16);
    till.enough();
    expect(till.callBudget.left('probe')).toBe(0);
    expect(till.callBudget.may('increment')).toBe(true);
    till.clock.pass(DAY_MS);
    till.free();
    expect(till.callBudget.left('probe')).toBe(84);
    till.clock.pass(8 * DAY_MS);
    expect(till.callBudget.left('probe')).toBe(100);
  });

  it('is not taught by a day that is yet to come, of a clock that was ahead', () => {
    const till = openPurse();
    till.clock.jump(300 * DAY_MS, 0);
    till.spend(30);
    till.enough();
    till.clock.jump(-300 * DAY_MS, 0);
    till.free();
    expect(till.callBudget.left('probe')).toBe(100);
  });

  it('is not taught by a refusal right after the store’s midnight, which was none of KYBIO’s', () => {
    const till = openPurse();
    till.spend(84);
    till.enough();
    till.clock.pass(DAY_MS);
    till.free();
    till.spend(2);
    till.enough();
    till.clock.pass(DAY_MS);
    till.free();
    expect(till.callBudget.left('probe')).toBe(84);
  });

  it('is counted anew where calls come free before the day is over', () => {
    const till = openPurse();
    till.spend(84);
    till.enough();
    till.clock.pass(3_600_000);
    till.free();
    expect(till.callBudget.shown()).toMatchObject({ used: 84, left: 300, toldAtMs: null });
  });

  it('is what KYBIO counts, of this day alone', () => {
    const till = openPurse();
    till.spend(10);
    const atMs = till.clock.nowMs();
    till.count({ day: till.today(), limit: 300, used: 240, mine: 10, atMs, before: [] });
    till.spend(5);
    expect(till.callBudget.shown()).toMatchObject({ left: 55, toldAtMs: atMs });
    till.clock.pass(DAY_MS);
    expect(till.callBudget.shown()).toMatchObject({ left: 300, toldAtMs: null });
  });

  it('gives each till its part of the pages of the directory, by what the poorest day left over', () => {
    const till = openPurse();
    till.spend(40);
    till.clock.pass(DAY_MS);
    // Others are taken to have made a third more: the account needed 156.
    expect(till.callBudget.left('directory')).toBe(5);
    till.meter.count('directory');
    expect(till.callBudget.left('directory')).toBe(4);
  });

  it('gives none for a week after the account had no more', () => {
    const till = openPurse();
    till.spend(20);
    till.enough();
    till.clock.pass(DAY_MS);
    till.free();
    expect(till.callBudget.left('directory')).toBe(0);
    till.clock.pass(8 * DAY_MS);
    till.spend(1);
    till.clock.pass(DAY_MS);
    expect(till.callBudget.left('directory')).toBeGreaterThan(0);
  });
});
