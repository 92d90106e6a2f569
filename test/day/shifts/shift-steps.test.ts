import { describe, expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { amount, shiftReportSchema } from '../../../preload/contract/index.ts';
import { closeWith, commit, move, openOne, refusal, shown, zOf } from './steps.ts';
import { countOf, mei, openShiftTill } from './support.ts';

describe('a shift', () => {
  it('is never kept in a way that could not be read again', async () => {
    const till = await openShiftTill();
    await openOne(till);
    const { repository } = till.driven.till.session.day.shifts;
    const record = repository.load();
    if (record === null) throw new Error('it is gone');
    expect(() => repository.save({ ...record, lastTo: -1 }, mei, 'altered')).toThrow();
    expect(repository.load()).toEqual(record);
  });

  it('tells every way to pay apart, also where the shop changed its own ones again and again', async () => {
    const till = await openShiftTill();
    const {
      counter: { policy },
    } = till.driven.till.session;
    await openOne(till);
    for (let at = 0; at < 20; at += 1) {
      const tender = `own:Way ${at}`;
      policy.save({ ...policy.current(), tenders: ['cash', tender] }, theManager);
      till.enter(at % 10, '10', tender);
    }
    await till.must('shifts:beginCount', {});
    await till.must('shifts:commitCount', { count: countOf('100') });
    await till.must('shifts:close', { reason: null });
    const report = await zOf(till, 1);
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
    expect((await zOf(till, 1)).moves).toEqual([]);
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
    expect(till.driven.till.session.day.shifts.service.shiftOf(1)).toBeNull();
  });

  it('takes what was entered while none was open, and says how much that is', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    till.enter(0, '10', 'cash');
    till.enter(1, '20', 'cash');
    expect(shown(till)).toMatchObject({ open: null, enteredOutside: 2, lastClosed: 1 });
    expect(shown(till).opening).toEqual({ counted: '100', shift: 1, uncounted: '0' });
    await openOne(till);
    expect(shown(till).enteredOutside).toBe(0);
    await closeWith(till, '130');
    expect(await zOf(till, 2)).toMatchObject({ fromSequence: 1, toSequence: 2, number: 2 });
    expect(till.driven.till.session.day.shifts.service.shiftRange(2)).toEqual({ from: 1, to: 2 });
    expect(till.driven.till.session.day.shifts.service.shiftOf(2)).toBe(2);
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
    for (const other of [move('paid-out', '7'), move('paid-in', '5')])
      expect(await till.ask('shifts:move', other)).toEqual(refusal('entered-otherwise'));
    await till.must('shifts:move', move('paid-out', '5'));
    await till.must('shifts:beginCount', {});
    expect(await till.ask('shifts:move', move('paid-in', '5', 'later'))).toEqual(refusal('count-is-open'));
    // It has moved already.
    expect(await till.ask('shifts:move', move('paid-out', '5'))).toEqual({ ok: true, value: {} });
    await commit(till, '95');
    await till.must('shifts:close', { reason: null });
    expect((await zOf(till, 1)).moves).toMatchObject([
      { id: 'once', kind: 'paid-out', amount: '5', who: 'Mei' },
    ]);
  });

  it('is counted once, and where that is off by more than the limit closed with a reason and a manager', async () => {
    const till = await openShiftTill({ varianceLimit: amount('5') });
    await openOne(till);
    expect(await till.ask('shifts:close', { reason: null })).toEqual(refusal('count-none'));
    expect(await commit(till, '100')).toEqual(refusal('count-none'));
    await till.must('shifts:beginCount', {});
    await commit(till, '94.99');
    expect(shown(till).open).toMatchObject({
      stage: 'counted',
      outcome: { next: 'reason', variances: [{ variance: '-5.01' }] },
    });
    expect(await commit(till, '100')).toEqual(refusal('count-none'));
    expect(await till.ask('shifts:leaveCount', {})).toEqual(refusal('count-none'));
    expect(await till.ask('shifts:beginCount', {})).toEqual(refusal('count-none'));
    expect(await till.ask('shifts:close', { reason: ' ', pin: '730194' })).toEqual(
      refusal('variance-unexplained'),
    );
    // Nobody is set up: it takes the till's PIN, and there is none yet.
    expect(await till.ask('shifts:close', { reason: 'Gone' })).toEqual(refusal('manager-locked'));
    expect(await till.ask('shifts:close', { reason: 'Gone', pin: '730194' })).toEqual(
      refusal('manager-pin-missing'),
    );
    till.driven.till.session.people.unlocking.begin(theManager);
    expect(await till.ask('shifts:close', { reason: ' Gone ' })).toEqual({ ok: true, value: { number: 1 } });
    expect(await zOf(till, 1)).toMatchObject({ reason: 'Gone', approvedBy: 'manager', closedBy: 'Mei' });
    expect((await zOf(till, 1)).counted).toMatchObject({ who: 'Mei' });
  });

  it('is closed without a count of cash where the drawer is counted elsewhere, and says so', async () => {
    const till = await openShiftTill();
    await openOne(till, '0', 'elsewhere');
    till.enter(0, '10', 'cash');
    await till.must('shifts:close', { reason: null });
    const report = await zOf(till, 1);
    expect(report).toMatchObject({ drawer: 'elsewhere', counted: null, isBlind: false });
    expect(report.tenders[0]).toMatchObject({
      tender: 'cash',
      expected: '10',
      counted: null,
      variance: null,
    });
    expect(shown(till).opening).toEqual({ counted: null, shift: null, uncounted: '10' });
  });

  it('stays as it was frozen when the count was committed; what comes after is the next one’s', async () => {
    const till = await openShiftTill();
    await openOne(till);
    const waiting = till.enter(0, '10', 'cash');
    await till.must('shifts:beginCount', {});
    await commit(till, '110');
    const later = till.enter(1, '20', 'cash');
    await till.driven.drive(() => till.driven.till.session.ledger.outbox.counts().confirmed === 2);
    await till.must('shifts:close', { reason: null });
    const report = await zOf(till, 1);
    expect(report.tenders[0]).toMatchObject({ waiting: '10', done: '0', expected: '110' });
    expect(report.unsettled.map(({ id }) => id)).toEqual([waiting.id]);
    await openOne(till, '110');
    await closeWith(till, '130');
    expect(await zOf(till, 2)).toMatchObject({
      late: [{ id: waiting.id, shift: 1, was: 'queued', state: 'confirmed' }],
      cells: [
        { line: 'sale', entries: 1, principal: '20' },
        { line: 'sale', shift: 1, state: 'confirmed', entries: 1, principal: '10' },
      ],
    });
    expect(report.unsettled.some(({ id }) => id === later.id)).toBe(false);
    // Each frozen one is as it was, however often it is read.
    expect(await zOf(till, 1)).toEqual(report);
    const { reports, isMore } = await till.must('shifts:closed', { before: null });
    expect([reports.map(({ number }) => number), isMore]).toEqual([[2, 1], false]);
    expect((await till.must('shifts:closed', { before: 2 })).reports).toMatchObject([
      { number: 1, entries: 1 },
    ]);
  });
});
