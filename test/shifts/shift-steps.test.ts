import { describe, expect, it } from 'vitest';
import { createMemoryVault } from '../../main/credentials/vault.ts';
import { theManager } from '../../main/journal/actor.ts';
import { reportCsv } from '../../main/shifts/report-csv.ts';
import { readZFile, writeZFile } from '../../main/shifts/z-file.ts';
import { amount, type ShiftReport, shiftReportSchema } from '../../preload/contract/index.ts';
import { realRandom } from '../kit/practice-store.ts';
import { asShiftTill, countOf, mei, openShiftTill, type ShiftTill } from './support.ts';

const refusal = (code: string, details?: Readonly<Record<string, string>>) => ({
  ok: false,
  error: details === undefined ? { code } : { code, details },
});
const shown = ({ driven }: ShiftTill) => driven.till.session.shifts.service.shown();
const openOne = (till: ShiftTill, float = '100', drawer: 'own' | 'elsewhere' = 'own') =>
  till.must('shifts:open', { float: amount(float), drawer });
const commit = (till: ShiftTill, cash: string) => till.ask('shifts:commitCount', { count: countOf(cash) });
const move = (kind: 'paid-in' | 'paid-out', sum: string, requestId = 'once') =>
  ({ kind, amount: amount(sum), reason: 'Milk', requestId }) as const;

async function closeWith(till: ShiftTill, cash: string) {
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: countOf(cash) });
  return till.must('shifts:close', { reason: null });
}

const z = async (till: ShiftTill, number: number): Promise<ShiftReport> =>
  (await till.must('shifts:report', { number })).report;

describe('a shift', () => {
  it('is never kept in a way that could not be read again', async () => {
    const till = await openShiftTill();
    await openOne(till);
    const { repository } = till.driven.till.session.shifts;
    const record = repository.load();
    if (record === null) throw new Error('it is gone');
    expect(() => repository.save({ ...record, lastTo: -1 }, mei, 'altered')).toThrow();
    expect(repository.load()).toEqual(record);
  });

  it('tells every way to pay apart, also where the shop changed its own ones again and again', async () => {
    const till = await openShiftTill();
    const { policy } = till.driven.till.session;
    await openOne(till);
    for (let at = 0; at < 20; at += 1) {
      const tender = `own:Way ${at}`;
      policy.save({ ...policy.current(), tenders: ['cash', tender] }, theManager);
      till.enter(at % 10, '10', tender);
    }
    await till.must('shifts:beginCount', {});
    await till.must('shifts:commitCount', { count: countOf('100') });
    await till.must('shifts:close', { reason: null });
    const report = await z(till, 1);
    expect(report.tenders).toHaveLength(21);
    expect(shiftReportSchema.safeParse(report).success).toBe(true);
  });

  it('takes no sum that could not be added up any more, and is closed whatever was tried', async () => {
    const till = await openShiftTill();
    await openOne(till);
    for (const id of ['one', 'two'])
      expect(await till.ask('shifts:move', move('paid-in', '9'.repeat(30), id))).toEqual(
        refusal('amount-invalid', { problem: 'above-cap' }),
      );
    await closeWith(till, '100');
    expect((await z(till, 1)).moves).toEqual([]);
  });

  it('is nothing that a till without any speaks of', async () => {
    const till = await openShiftTill();
    till.enter(0, '10', 'cash');
    expect(shown(till)).toMatchObject({ isUsed: false, open: null, enteredOutside: 0, lastClosed: 0 });
    expect(await till.ask('shifts:report', { number: null })).toEqual(refusal('shift-none'));
    expect(await till.ask('shifts:report', { number: 1 })).toEqual(refusal('shift-not-found'));
    expect(await till.ask('shifts:close', { reason: null })).toEqual(refusal('shift-none'));
    expect(await till.ask('shifts:beginCount', {})).toEqual(refusal('shift-none'));
    // What was entered before the first shift belongs to none.
    await openOne(till);
    expect((await till.must('shifts:wholeReport', {})).report).toMatchObject({ cells: [], fromSequence: 2 });
    expect(till.driven.till.session.shifts.service.shiftOf(1)).toBeNull();
  });

  it('takes what was entered while none was open, and says how much that is', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    till.enter(0, '10', 'cash');
    till.enter(1, '20', 'cash');
    expect(shown(till)).toMatchObject({ open: null, enteredOutside: 2, lastClosed: 1, lastCounted: '100' });
    await openOne(till);
    expect(shown(till).enteredOutside).toBe(0);
    await closeWith(till, '130');
    expect(await z(till, 2)).toMatchObject({ fromSequence: 1, toSequence: 2, number: 2 });
    expect(till.driven.till.session.shifts.service.shiftRange(2)).toEqual({ from: 1, to: 2 });
    expect(till.driven.till.session.shifts.service.shiftOf(2)).toBe(2);
  });

  it('is opened once, with a float that the shop allows', async () => {
    const till = await openShiftTill({ floatCap: amount('300') });
    const open = (float: string) => till.ask('shifts:open', { float: amount(float), drawer: 'own' });
    expect(await open('300.01')).toEqual(refusal('float-too-large', { cap: '300' }));
    expect(await open('1.005')).toEqual(refusal('amount-invalid', { problem: 'too-many-decimals' }));
    expect(await open('-1')).toEqual(refusal('amount-invalid', { problem: 'negative' }));
    expect(await open('300')).toEqual({ ok: true, value: { number: 1 } });
    expect(await open('300')).toEqual(refusal('shift-open'));
  });

  it('moves a sum once, and none while the drawer is counted', async () => {
    const till = await openShiftTill();
    await openOne(till);
    expect(await till.ask('shifts:move', move('paid-in', '0'))).toEqual(
      refusal('amount-invalid', { problem: 'zero' }),
    );
    await till.must('shifts:move', move('paid-out', '5'));
    await till.must('shifts:move', move('paid-out', '5'));
    await till.must('shifts:beginCount', {});
    expect(await till.ask('shifts:move', move('paid-in', '5', 'later'))).toEqual(refusal('count-is-open'));
    // It has moved already.
    expect(await till.ask('shifts:move', move('paid-out', '5'))).toEqual({ ok: true, value: {} });
    await commit(till, '95');
    await till.must('shifts:close', { reason: null });
    expect((await z(till, 1)).moves).toMatchObject([
      { id: 'once', kind: 'paid-out', amount: '5', who: 'Mei' },
    ]);
  });

  it('asks for one recount, and then for a reason and a manager', async () => {
    const till = await openShiftTill({ varianceLimit: amount('5') });
    await openOne(till);
    expect(await till.ask('shifts:close', { reason: null })).toEqual(refusal('count-none'));
    expect(await commit(till, '100')).toEqual(refusal('count-none'));
    await till.must('shifts:beginCount', {});
    await commit(till, '94.99');
    expect(shown(till).open).toMatchObject({ stage: 'counted', outcome: { next: 'recount' } });
    expect(await till.ask('shifts:close', { reason: 'Gone', pin: '730194' })).toEqual(refusal('count-again'));
    expect(await commit(till, '100')).toEqual(refusal('count-none'));
    await till.must('shifts:beginCount', {});
    expect(await till.ask('shifts:leaveCount', {})).toEqual(refusal('count-none'));
    await commit(till, '94.98');
    expect(shown(till).open?.outcome).toMatchObject({ next: 'reason', variances: [{ variance: '-5.02' }] });
    expect(await till.ask('shifts:beginCount', {})).toEqual(refusal('count-none'));
    expect(await till.ask('shifts:close', { reason: ' ', pin: '730194' })).toEqual(
      refusal('variance-unexplained'),
    );
    // Nobody is set up: it takes the till's PIN, and there is none yet.
    expect(await till.ask('shifts:close', { reason: 'Gone' })).toEqual(refusal('manager-locked'));
    expect(await till.ask('shifts:close', { reason: 'Gone', pin: '730194' })).toEqual(
      refusal('manager-pin-missing'),
    );
    till.driven.till.session.unlocking.begin(theManager);
    expect(await till.ask('shifts:close', { reason: ' Gone ' })).toEqual({ ok: true, value: { number: 1 } });
    expect(await z(till, 1)).toMatchObject({ reason: 'Gone', approvedBy: 'manager', closedBy: 'Mei' });
    expect((await z(till, 1)).counts.map(({ who }) => who)).toEqual(['Mei', 'Mei']);
  });

  it('is closed without a count of cash where the drawer is counted elsewhere, and says so', async () => {
    const till = await openShiftTill();
    await openOne(till, '0', 'elsewhere');
    till.enter(0, '10', 'cash');
    await till.must('shifts:close', { reason: null });
    const report = await z(till, 1);
    expect(report).toMatchObject({ drawer: 'elsewhere', counts: [], isBlind: false });
    expect(report.tenders[0]).toMatchObject({
      tender: 'cash',
      expected: '10',
      counted: null,
      variance: null,
    });
    expect(shown(till).lastCounted).toBeNull();
  });

  it('stays as it was frozen when the count was committed; what comes after is the next one’s', async () => {
    const till = await openShiftTill();
    await openOne(till);
    const waiting = till.enter(0, '10', 'cash');
    await till.must('shifts:beginCount', {});
    await commit(till, '110');
    const later = till.enter(1, '20', 'cash');
    await till.driven.drive(() => till.driven.till.session.outbox.counts().confirmed === 2);
    await till.must('shifts:close', { reason: null });
    const report = await z(till, 1);
    expect(report.tenders[0]).toMatchObject({ waiting: '10', done: '0', expected: '110' });
    expect(report.unsettled.map(({ id }) => id)).toEqual([waiting.id]);
    await openOne(till, '110');
    await closeWith(till, '130');
    expect(await z(till, 2)).toMatchObject({
      late: [{ id: waiting.id, shift: 1, was: 'queued', state: 'confirmed' }],
      cells: [{ entries: 1, principal: '20' }],
    });
    expect(report.unsettled.some(({ id }) => id === later.id)).toBe(false);
    // Each frozen one is as it was, however often it is read.
    expect(await z(till, 1)).toEqual(report);
    const { reports, isMore } = await till.must('shifts:closed', { before: null });
    expect([reports.map(({ number }) => number), isMore]).toEqual([[2, 1], false]);
    expect((await till.must('shifts:closed', { before: 2 })).reports).toMatchObject([
      { number: 1, entries: 1 },
    ]);
  });
});

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
    expect(await z(till, 1)).toMatchObject({ businessDay: '2026-01-15', clockBack: null });
  });

  it('a clock that was set back is told with both times, and makes nothing negative', async () => {
    const till = await openShiftTill();
    const { clock } = till.driven;
    await openOne(till);
    const beforeMs = clock.nowMs();
    clock.set(beforeMs - 7_200_000);
    till.enter(0, '10', 'cash');
    await closeWith(till, '110');
    const report = await z(till, 1);
    expect(report.clockBack).toEqual({ beforeMs, nowMs: beforeMs - 7_200_000 });
    expect(report.hours).toMatchObject([{ entries: 1, principal: '10' }]);
    expect(shown(till).open).toBeNull();
  });

  it('goes on from the copy where the journal’s key was lost, says so, and gives no number twice', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    await openOne(till, '50');
    await till.driven.till.close();
    const secrets = { pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 8) };
    const { openTestTill } = await import('../kit/till.ts');
    const { store, clock } = till.driven;
    const other = await openTestTill(store, {
      folder: till.driven.till.folder,
      world: { clock, vault: createMemoryVault({ appKey: store.appKey, ...secrets }, realRandom) },
    });
    const { service } = other.session.shifts;
    expect(service.shown()).toMatchObject({ lastClosed: 1, open: { number: 2, float: '50' } });
    expect(service.wholeReport(theManager)).toMatchObject({ value: { isFromCopy: true } });
    // Still there, though nothing of it is proven any more.
    expect(service.report(1)).toMatchObject({ ok: true, value: { number: 1, kind: 'z' } });
  });

  it('another till’s shift is refused by its name, and this till begins its own', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await till.driven.till.close();
    const { openTestTill } = await import('../kit/till.ts');
    const { store, clock } = till.driven;
    const other = await openTestTill(store, {
      ...{ folder: till.driven.till.folder, config: { tillName: 'Counter 2' }, world: { clock } },
    });
    const { service } = other.session.shifts;
    if (other.session.config.tillName !== 'Counter 2') throw new Error('it has the old name');
    const refused = refusal('shift-other-till', { till: 'Counter 1' });
    expect(service.shown()).toMatchObject({ open: null, otherTill: 'Counter 1' });
    expect(service.beginCount(mei)).toEqual(refused);
    expect(service.closingNeeds(null)).toEqual(refused);
    expect(service.report(null)).toEqual(refused);
    expect(service.open(amount('10'), 'own', mei)).toEqual({ ok: true, value: { number: 1 } });
    expect(service.shown()).toMatchObject({ otherTill: null, open: { float: '10' } });
  });
});

describe('a Z as a file', () => {
  it('is read by whoever has the App key, and not where a letter of it is another', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    const report = await z(till, 1);
    const account = { host: 'https://kybio.example', appId: 'A' };
    const text = writeZFile('key', account, report);
    expect(readZFile('key', account, text)).toEqual({ ok: true, report });
    expect(readZFile('other', account, text)).toEqual({ ok: false, problem: 'forged' });
    expect(readZFile('key', { ...account, appId: 'B' }, text)).toEqual({ ok: false, problem: 'other-shop' });
    expect(readZFile('key', account, text.replace('100', '900'))).toEqual({ ok: false, problem: 'forged' });
    expect(readZFile('key', account, 'no file')).toEqual({ ok: false, problem: 'not-a-z' });
  });

  it('is a table that no spreadsheet runs', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await till.must('shifts:move', { ...move('paid-in', '5'), reason: '=1+1' });
    till.enter(0, '10', 'cash');
    await closeWith(till, '115');
    const text = reportCsv(await z(till, 1));
    expect(text.startsWith('\ufeffpart,name,cashier,')).toBe(true);
    expect(text).toContain("move,'=1+1,Mei,,,paid-in,,,,,5,");
    expect(text).toContain('tender,expected,,cash,,,,,,,115');
    expect(text.split('\r\n').every((line) => line === '' || line.split(',').length >= 16)).toBe(true);
  });
});
