import { describe, expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { amount } from '../../../preload/contract/index.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { openTestTill } from '../../kit/till.ts';
import { closeWith, commit, openOne, shown, zOf } from './steps.ts';
import { asShiftTill, countOf, openShiftTill } from './support.ts';

/** A till whose shift was counted forty minutes ago. */
async function openCounted() {
  const till = await openShiftTill();
  const { clock } = till.driven;
  await openOne(till);
  await till.must('shifts:beginCount', {});
  await commit(till, '100');
  const countedAtMs = clock.nowMs();
  clock.set(countedAtMs + 2_400_000);
  return { till, clock, countedAtMs };
}

describe('over a start', () => {
  it('a count goes on where the power went, with what was typed, under the same number', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await till.must('shifts:beginCount', {});
    const count = countOf('12.34', [{ tender: 'card', sum: amount('3') }]);
    await till.must('shifts:keepCount', { count });
    const again = asShiftTill(await till.driven.restart());
    expect(shown(again).open).toMatchObject({
      number: 1,
      stage: 'counting',
      countSoFar: count,
      outcome: null,
    });
    await commit(again, '100');
    await again.must('shifts:close', { reason: null });
    const third = asShiftTill(await again.driven.restart());
    expect(shown(third)).toMatchObject({ open: null, lastClosed: 1 });
    expect(await third.must('shifts:open', { float: amount('1'), drawer: 'own' })).toEqual({ number: 2 });
    expect(shown(third).open?.countSoFar).toBeNull();
  });

  it('a shift of yesterday can always be closed, and is told', async () => {
    const till = await openShiftTill();
    await openOne(till);
    expect(shown(till).open).toMatchObject({ isSinceYesterday: false, businessDay: '2026-01-15' });
    await till.driven.pass(86_400_000);
    expect(shown(till).open?.isSinceYesterday).toBe(true);
    await closeWith(till, '100');
    expect(await zOf(till, 1)).toMatchObject({ businessDay: '2026-01-15', clockBack: null });
  });

  it('a clock that was set back is told with both times, and makes nothing negative', async () => {
    const till = await openShiftTill();
    const { clock } = till.driven;
    await openOne(till);
    const beforeMs = clock.nowMs();
    clock.set(beforeMs - 7_200_000);
    till.enter(0, '10', 'cash');
    await closeWith(till, '110');
    const report = await zOf(till, 1);
    expect(report.clockBack).toEqual({ beforeMs, nowMs: beforeMs - 7_200_000 });
    expect(report.hours).toMatchObject([{ entries: 1, principal: '10' }]);
    expect(shown(till).open).toBeNull();
  });

  it('a clock that was set back between two shifts is told by the second', async () => {
    const till = await openShiftTill();
    const { clock } = till.driven;
    await openOne(till);
    await closeWith(till, '100');
    const { atMs } = await zOf(till, 1);
    clock.set(atMs - 86_400_000);
    await openOne(till);
    await closeWith(till, '100');
    expect(await zOf(till, 2)).toMatchObject({ clockBack: { beforeMs: atMs, nowMs: atMs - 86_400_000 } });
  });

  it('one that was set back between the count and the close is told, where something was done in between', async () => {
    const { till, clock, countedAtMs } = await openCounted();
    till.enter(0, '10', 'cash');
    clock.set(countedAtMs + 900_000);
    await till.must('shifts:close', { reason: null });
    expect(await zOf(till, 1)).toMatchObject({
      ...{ atMs: countedAtMs, closedAtMs: countedAtMs + 900_000 },
      clockBack: { beforeMs: countedAtMs + 2_400_000, nowMs: countedAtMs + 900_000 },
    });
  });

  it('one that was set back after a close, and not over its count, is told by the next', async () => {
    const { till, clock, countedAtMs } = await openCounted();
    await till.must('shifts:close', { reason: null });
    const { closedAtMs } = await zOf(till, 1);
    clock.set(countedAtMs + 900_000);
    await openOne(till);
    clock.set(countedAtMs + 7_200_000);
    await closeWith(till, '100');
    expect(await zOf(till, 1)).toMatchObject({ clockBack: null });
    expect(await zOf(till, 2)).toMatchObject({
      clockBack: { beforeMs: closedAtMs, nowMs: countedAtMs + 900_000 },
    });
  });

  it('goes on from the copy where the journal’s key was lost, says so, and gives no number twice', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    await openOne(till, '50');
    await till.driven.till.close();
    const secrets = { pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 8) };
    const { store, clock } = till.driven;
    const other = await openTestTill(store, {
      folder: till.driven.till.folder,
      world: { clock, vault: createMemoryVault({ appKey: store.appKey, ...secrets }, realRandom) },
    });
    const { service } = other.session.day.shifts;
    expect(service.shown()).toMatchObject({ lastClosed: 1, open: { number: 2, float: '50' } });
    expect(service.wholeReport(theManager)).toMatchObject({ value: { isFromCopy: true } });
    // Still there, though nothing of it is proven any more.
    expect(service.report(1)).toMatchObject({ ok: true, value: { number: 1, kind: 'z' } });
  });

  it('knows what was counted last where its last Z alone is left', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    till.driven.till.session.kernel.settings.remove('shift');
    await till.driven.till.close();
    const secrets = { pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 8) };
    const { store, clock } = till.driven;
    const other = await openTestTill(store, {
      folder: till.driven.till.folder,
      world: { clock, vault: createMemoryVault({ appKey: store.appKey, ...secrets }, realRandom) },
    });
    expect(other.session.day.shifts.service.shown()).toMatchObject({
      ...{ lastClosed: 1, open: null },
      opening: { counted: '100', shift: 1, uncounted: '0' },
    });
  });

  it('a till that was given another name goes on with its shift: one number, no gap', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    await openOne(till);
    till.enter(0, '10', 'cash');
    await till.driven.till.close();
    const { store, clock } = till.driven;
    const renamed = await openTestTill(store, {
      ...{ folder: till.driven.till.folder, config: { tillName: 'Front' }, world: { clock } },
    });
    const again = asShiftTill({ ...till.driven, till: renamed });
    expect(shown(again)).toMatchObject({ open: { number: 2, float: '100' } });
    again.enter(1, '20', 'cash');
    await closeWith(again, '130');
    expect(await zOf(again, 2)).toMatchObject({ number: 2, till: 'Front', isFromCopy: false, toSequence: 2 });
    expect((await zOf(again, 2)).tenders[0]).toMatchObject({ expected: '130', variance: '0' });
    expect(await zOf(again, 1)).toMatchObject({ number: 1, till: 'Counter 1' });
    expect(await again.must('shifts:open', { float: amount('1'), drawer: 'own' })).toEqual({ number: 3 });
    expect(renamed.session.day.shifts.service.shiftRange(3)).toEqual({ from: 3, to: 2 });
  });
});
