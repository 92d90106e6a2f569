import { describe, expect, it } from 'vitest';
import { createCallMeter } from '../../main/hosts/calls/call-meter-repository.ts';
import { createKybioClient } from '../../main/hosts/kybio/client.ts';
import { createLink } from '../../main/hosts/link/link.ts';
import { withPause } from '../../main/hosts/link/link-state.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { createRunInTransaction } from '../../main/kernel/database/run-in-transaction.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createDirectoryFillService } from '../../main/members/directory-fill-service.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createMemberReader } from '../../main/members/member-reader.ts';
import { budgetOf } from '../kit/call-budget.ts';
import { createTestClock } from '../kit/clock.ts';
import { openOutbox } from '../kit/outbox.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

/** The real service, reader, client and store; only the waiting is in the test's hand. */
function openFill(store: PracticeStore, file?: string) {
  const till = openOutbox(file === undefined ? {} : { file });
  const clock = createTestClock();
  const settings = createSettings(till.db);
  const directory = createDirectoryRepository(till.db);
  const meter = createCallMeter(till.db, clock, 'Asia/Singapore');
  const link = createLink(settings, clock, realRandom, silentLogger);
  const account = { baseUrl: store.baseUrl, appId: store.appId, appKey: store.appKey };
  const client = createKybioClient({ account, clock: realClock });
  const shared = { directory, meter, link, clock, settings, logger: silentLogger };
  let changed: () => void = () => undefined;
  let hasKey = true;
  const page = createMemberReader({
    ...{ ...shared, client: () => client, transitions: till.transitions },
    runInTransaction: createRunInTransaction(till.db),
  });
  const read = {
    ...page,
    page: (cursor: string | null) => page.page(cursor).finally(() => setImmediate(() => changed())),
  };
  const fill = createDirectoryFillService({
    hasRoom: () => true,
    ...shared,
    reader: read,
    callBudget: budgetOf(meter),
    canCall: () => hasKey,
    tryWrite: () => settings.set('disk.tried', '1'),
    pauseMs: 2_000,
    changed: () => undefined,
  });
  return {
    ...{ fill, clock, directory, meter, link, settings, db: till.db, file: till.file },
    pages: () => store.calls().filter(({ method }) => method === 'queryCustomerPages').length,
    loseKey: () => {
      hasKey = false;
    },
    /** Time passes and one timer rings; resolves when the page that it asked for, if any, is kept. */
    tick: async (byMs: number, asks = true) => {
      const done = new Promise<void>((resolve) => {
        changed = resolve;
      });
      clock.pass(byMs);
      clock.ringDue();
      await (asks ? done : new Promise<void>((resolve) => setImmediate(resolve)));
    },
    close: () => client.close(),
  };
}

describe('the directory fills itself', () => {
  it('page by page with a pause between, and then leaves KYBIO alone for a day', async () => {
    const store = await startPracticeStore();
    const till = openFill(store);
    till.fill.start();
    await till.tick(0);
    expect(till.directory.count()).toBe(100);
    expect(till.fill.state()).toEqual({ complete: false, updatedAtMs: null });
    await till.tick(1_999, false);
    expect(till.pages()).toBe(1);
    await till.tick(1);
    await till.tick(2_000);
    expect(till.pages()).toBe(3);
    // The one blank record of 230 is there too, told by its state and not left out.
    expect(till.directory.count()).toBe(230);
    expect(till.fill.state()).toEqual({ complete: true, updatedAtMs: till.clock.nowMs() });
    for (let hour = 0; hour < 23; hour += 1) await till.tick(3_600_000, false);
    expect(till.pages()).toBe(3);
    await till.tick(3_700_000);
    expect(till.pages()).toBe(4);
    await till.close();
  });

  it('goes on after a restart with the page that is next', async () => {
    const store = await startPracticeStore();
    const before = openFill(store);
    before.fill.start();
    await before.tick(0);
    before.fill.stop();
    await before.tick(10_000, false);
    await before.close();
    const after = openFill(store, before.file);
    after.fill.start();
    await after.tick(0);
    await after.tick(2_000);
    expect(after.pages()).toBe(3);
    expect(after.fill.state().complete).toBe(true);
    await after.close();
  });

  it('begins anew where KYBIO no longer knows the page that is next', async () => {
    const store = await startPracticeStore();
    const till = openFill(store);
    till.settings.set(
      'directory.cursor',
      '{"parameterType":"LAST_RESULT_MAX_ID","parameterValue":"long gone"}',
    );
    till.fill.start();
    await till.tick(0);
    expect(till.directory.count()).toBe(0);
    await till.tick(60_000);
    expect(till.directory.count()).toBe(100);
    await till.close();
  });

  it('asks a host that never gives the page a few times a day, not once a minute', async () => {
    const store = await startPracticeStore();
    store.addFault({
      fault: { kind: 'error', messages: ['This method is not supported'], when: 'before' },
      method: 'queryCustomerPages',
    });
    const till = openFill(store);
    till.fill.start();
    await till.tick(0);
    for (let hours = 0; hours < 24 * 60; hours += 1) {
      const [wait = 0] = till.clock.waiting();
      if (wait <= 60_000) await till.tick(60_000);
      else await till.tick(60_000, false);
    }
    expect(till.pages()).toBeGreaterThan(5);
    expect(till.pages()).toBeLessThan(16);
    await till.close();
  });

  it('leaves the day’s last calls to the counter, and asks nothing while paused, offline or without a key', async () => {
    const store = await startPracticeStore();
    const spent = openFill(store);
    for (let call = 0; call < 179; call += 1) spent.meter.count('look-up');
    spent.fill.start();
    await spent.tick(0);
    expect(spent.pages()).toBe(1);
    await spent.tick(2_000, false);
    await spent.tick(60_000, false);
    expect(spent.pages()).toBe(1);
    await spent.close();

    for (const hold of ['pause', 'offline', 'key'] as const) {
      const till = openFill(store);
      if (hold === 'pause') till.link.update((state) => withPause(state, 'server', '', 1));
      if (hold === 'offline') till.link.update((state) => ({ ...state, reach: 'offline' }));
      if (hold === 'key') till.loseKey();
      till.fill.start();
      await till.tick(0, false);
      await till.tick(60_000, false);
      expect(till.pages()).toBe(1);
      await till.close();
    }
  });

  it('is none that became whole on a day to come, by a clock that was ahead', async () => {
    const store = await startPracticeStore();
    const till = openFill(store);
    const nowMs = till.clock.nowMs();
    const put = (days: number) =>
      till.settings.set('directory.completedAtMs', String(nowMs + days * 86_400_000));
    put(400);
    expect(till.fill.state()).toEqual({ complete: false, updatedAtMs: null });
    // Clocks may be apart.
    put(0.5);
    expect(till.fill.state().complete).toBe(true);
    await till.close();
  });

  it('asks nothing while the disk takes no write, and goes on when it does', async () => {
    const store = await startPracticeStore();
    const till = openFill(store);
    till.db.pragma('query_only = ON');
    till.fill.start();
    for (let minute = 0; minute < 60; minute += 1) await till.tick(60_000, false);
    expect(till.pages()).toBe(0);
    till.db.pragma('query_only = OFF');
    await till.tick(60_000);
    expect(till.directory.count()).toBe(100);
    expect(till.meter.usedToday()).toBe(1);
    await till.close();
  });

  it('asks less and less often for a page that the disk does not take, though a small write goes through', async () => {
    const store = await startPracticeStore();
    const till = openFill(store);
    till.directory.keepAll = () => {
      throw new Error('disk full');
    };
    till.fill.start();
    await till.tick(0);
    for (let minutes = 0; minutes < 24 * 60; minutes += 1) {
      const [wait = 0] = till.clock.waiting();
      await till.tick(60_000, wait <= 60_000);
    }
    expect(till.pages()).toBeGreaterThan(5);
    expect(till.pages()).toBeLessThan(16);
    expect(till.meter.usedToday()).toBeLessThanOrEqual(till.pages());
    await till.close();
  });
});
