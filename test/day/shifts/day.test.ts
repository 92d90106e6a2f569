import { expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import {
  addAmounts,
  amount,
  compareAmounts,
  isZeroAmount,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { method } from '../../kit/losing.ts';
import { countOf, type Entered, ledgerOf, mei, openShiftTill, type ShiftTill, siti, sum } from './support.ts';

const stateOf = ({ driven }: ShiftTill, { id }: { readonly id: string }) =>
  driven.till.session.ledger.outbox.byId(id)?.state;

/** What the store's ledger and what was typed say of a report, and not its own query. */
function expectLikeLedger(till: ShiftTill, report: ShiftReport, entered: readonly Entered[]): void {
  const { addedFor } = ledgerOf(till);
  const applied = entered.filter(({ id }) => !isZeroAmount(addedFor(id)));
  for (const one of applied)
    expect(compareAmounts(addedFor(one.id), addAmounts(one.principal, one.bonus))).toBe(0);
  const tenders = new Set(entered.map(({ tender }) => tender));
  for (const tender of tenders) {
    const row = report.tenders.find((one) => one.tender === tender);
    expect(row?.done).toBe(
      sum(applied.filter((one) => one.tender === tender).map(({ principal }) => principal)),
    );
  }
  for (const { person } of [mei, siti]) {
    const cells = report.cells.filter(
      ({ cashier, state, isReversal }) => cashier === person && state === 'confirmed' && !isReversal,
    );
    const own = applied.filter(({ who }) => who === person);
    expect(sum(cells.map(({ principal }) => principal))).toBe(sum(own.map(({ principal }) => principal)));
    expect(sum(cells.map(({ bonus }) => bonus))).toBe(sum(own.map(({ bonus }) => bonus)));
  }
}

it('a day with an outage, a lost reply, a refusal, a reversal and money paid out adds up to the ledger’s cents', async () => {
  const till = await openShiftTill();
  const { driven, must, ask, enter } = till;
  await must('shifts:open', { float: amount('100'), drawer: 'own' });
  const entered = [
    enter(0, '50', 'cash'),
    enter(1, '12.50', 'cash', siti),
    enter(2, '20', 'card'),
    enter(3, '80', 'qr', siti),
  ];
  await driven.drive(() => entered.every((one) => stateOf(till, one) === 'confirmed'));
  const [first] = entered;
  if (first === undefined) throw new Error('nothing was entered');
  const back = till.reverse(first.id);
  await driven.drive(() => stateOf(till, { id: back }) === 'confirmed');

  driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
  const lost = enter(4, '33', 'cash');
  await driven.drive(() => stateOf(till, lost) === 'unknown');
  await driven.store.setPlug(false);
  const waiting = [enter(5, '7.70', 'cash', siti), enter(6, '60', 'card')];
  await must('shifts:move', { kind: 'paid-in', amount: amount('5'), reason: 'Change', requestId: 'in' });
  await must('shifts:move', { kind: 'paid-out', amount: amount('4.20'), reason: 'Milk', requestId: 'out' });
  // The answer was lost, and the page asks again.
  await must('shifts:move', { kind: 'paid-out', amount: amount('4.20'), reason: 'Milk', requestId: 'out' });

  await must('shifts:beginCount', {});
  expect(await ask('shifts:wholeReport', {})).toMatchObject({ error: { code: 'count-is-open' } });
  expect(await ask('shifts:close', { reason: null })).toMatchObject({ error: { code: 'count-is-open' } });
  // 100 + 50 + 12.50 + 33 + 7.70 − 50 + 5 − 4.20, and a bonus of five is no cash.
  await must('shifts:commitCount', { count: countOf('154', [{ tender: 'card', sum: amount('80') }]) });
  const { open } = driven.till.session.day.shifts.service.shown();
  expect(open?.outcome).toEqual({
    next: 'close',
    variances: [
      { tender: 'cash', expected: '154', counted: '154', variance: '0' },
      { tender: 'card', expected: '80', counted: '80', variance: '0' },
    ],
  });
  const after = enter(7, '11', 'cash');
  expect(await must('shifts:close', { reason: null })).toEqual({ number: 1 });

  const { report } = await must('shifts:report', { number: 1 });
  expectLikeLedger(till, report, entered);
  expect(report).toMatchObject({ kind: 'z', number: 1, fromSequence: 1, toSequence: 8, isBlind: false });
  expect(report.tenders[0]).toMatchObject({
    ...{ taken: '103.2', done: '62.5', checking: '33', waiting: '7.7', review: '0', reversed: '50' },
  });
  expect(report.unsettled.map(({ id }) => id)).toEqual([lost.id, ...waiting.map(({ id }) => id)]);
  expect(compareAmounts(sum(report.hours.map(({ principal }) => principal)), amount('213.20'))).toBe(0);

  // The next day: what was unsettled is told, and one of it is refused by then.
  await must('shifts:open', { float: amount('154'), drawer: 'own' });
  const refusal = { kind: 'error', messages: ['Customer does not exist'], when: 'before' } as const;
  driven.store.addFault({ fault: refusal, method, times: 1 });
  await driven.store.setPlug(true);
  driven.till.session.sending.loop.networkChanged();
  await driven.drive(() => {
    const { queued, sending, unknown } = driven.till.session.ledger.outbox.counts();
    return queued + sending + unknown === 0;
  });
  const found = driven.till.session.ledger.outbox.byId(lost.id);
  expect(found?.state).toBe('review');
  const answered = driven.till.session.counter.review.answer(
    lost.id,
    found?.version ?? 0,
    'arrived',
    theManager,
  );
  expect((await answered).ok).toBe(true);
  const followed = [lost, ...waiting];
  expect(followed.map((one) => stateOf(till, one))).toEqual(['confirmed', 'rejected', 'confirmed']);
  await must('shifts:beginCount', {});
  // 154 + 11, and the 7.70 that were refused were given back out of this drawer.
  await must('shifts:commitCount', { count: countOf('157.30') });
  await must('shifts:close', { reason: null });
  const { report: next } = await must('shifts:report', { number: 2 });
  expect(next.tenders[0]).toMatchObject({ expected: '157.3', lateGivenBack: '7.7', variance: '0' });
  expect(next.late.map(({ id, shift, state, was }) => [id, shift, was, state])).toEqual([
    [lost.id, 1, 'unknown', 'confirmed'],
    [waiting[0]?.id, 1, 'queued', 'rejected'],
    [waiting[1]?.id, 1, 'queued', 'confirmed'],
  ]);
  expect(next.late.every(({ settledAtMs }) => settledAtMs !== null)).toBe(true);
  expectLikeLedger(till, next, [after]);
});

it('a Z says how many of its entries KYBIO confirmed by its own reply, and how the others are known', async () => {
  const till = await openShiftTill();
  const { driven, must, enter } = till;
  await must('shifts:open', { float: amount('0'), drawer: 'own' });
  const done = [enter(0, '50', 'cash'), enter(1, '60', 'card', siti)];
  await driven.drive(() => done.every((one) => stateOf(till, one) === 'confirmed'));
  driven.store.addFault({
    fault: { kind: 'error', messages: ['Customer does not exist'], when: 'before' },
    method,
    times: 1,
  });
  const refused = enter(2, '10', 'cash');
  await driven.drive(() => stateOf(till, refused) === 'rejected');
  driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
  const lost = enter(3, '20', 'cash');
  await driven.drive(() => stateOf(till, lost) === 'review');
  const { version } = driven.till.session.ledger.outbox.byId(lost.id) ?? {};
  const arrived = async (number: number | null) => (await must('shifts:report', { number })).report.arrived;
  expect(await arrived(null)).toEqual({ byReply: 2, byEvidence: 0, byManager: 0, notYet: 1 });
  const { review } = driven.till.session.counter;
  expect((await review.answer(lost.id, version ?? 0, 'arrived', theManager)).ok).toBe(true);
  await driven.store.setPlug(false);
  enter(4, '5', 'cash');
  await must('shifts:beginCount', {});
  await must('shifts:commitCount', { count: countOf('75', [{ tender: 'card', sum: amount('60') }]) });
  await must('shifts:close', { reason: null });
  expect(await arrived(1)).toEqual({ byReply: 2, byEvidence: 0, byManager: 1, notYet: 1 });
});
