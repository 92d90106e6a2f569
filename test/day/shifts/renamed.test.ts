import { expect, it } from 'vitest';
import { reportCsv } from '../../../main/day/shifts/report-csv.ts';
import { amount, reportedLines } from '../../../preload/contract/index.ts';
import { openTestTill } from '../../kit/till.ts';
import { closeWith, openOne, zOf } from './steps.ts';
import { asShiftTill, codeOf, countOf, openTwins, type ShiftTill, scan, startShiftTill } from './support.ts';

// Whose money a receipt gave back is, an id says (ADR 60): a till that is given another name stays the same till, and
// another one of that name is another.

const tenders = async (till: ShiftTill) => (await till.must('shifts:wholeReport', {})).report.tenders;

/** The same till on the same disk, by another name from now on. */
async function renamed(till: ShiftTill, tillName: string): Promise<ShiftTill> {
  await till.driven.till.close();
  const { store, clock } = till.driven;
  const { folder } = till.driven.till;
  const again = await openTestTill(store, { folder, config: { tillName }, world: { clock } });
  return asShiftTill({ ...till.driven, till: again });
}

async function openBoth() {
  const { before, after } = await openTwins();
  await openOne(after);
  await before.driven.pass(1_000);
  return { before, after };
}

it('what a receipt gave back stays in the drawer when the till is given another name', async () => {
  const { before, after } = await openBoth();
  const first = before.enter(0, '10', 'cash');
  expect(scan(after, codeOf(before, first.id))).toBe('taken-up');
  expect(await tenders(after)).toMatchObject([{ tender: 'cash', taken: '10', expected: '110' }]);
  const front = await renamed(after, 'Front');
  expect(await tenders(front)).toMatchObject([{ tender: 'cash', taken: '10', expected: '110' }]);
  await front.must('shifts:move', {
    ...{ kind: 'paid-in', amount: amount('5'), reason: 'Coins', requestId: 'coins' },
  });
  const second = before.enter(1, '20', 'cash');
  // Under the name of before, and yet its own.
  expect(scan(front, codeOf(before, second.id))).toBe('taken-up');
  const back = await renamed(front, 'Back');
  expect(await tenders(back)).toMatchObject([{ tender: 'cash', taken: '30', expected: '135' }]);
  await closeWith(back, '135');
  expect((await zOf(back, 1)).tenders).toMatchObject([{ tender: 'cash', expected: '135', variance: '0' }]);
});

it('what was taken after the count is the next shift’s also under the name that the till had then', async () => {
  const { before, after } = await openBoth();
  await after.must('shifts:beginCount', {});
  await after.must('shifts:commitCount', { count: countOf('100') });
  await before.driven.pass(1_000);
  const code = codeOf(before, before.enter(0, '10', 'cash').id);
  const front = await renamed(after, 'Front');
  await front.must('shifts:close', { reason: null });
  expect(await zOf(front, 1)).toMatchObject({ till: 'Counter 1' });
  await openOne(front);
  expect(scan(front, code)).toBe('taken-up');
  expect(await tenders(front)).toMatchObject([{ tender: 'cash', taken: '10', expected: '110' }]);
});

it('a receipt of another till is no money of this drawer, though it has the very name', async () => {
  const { before } = await openBoth();
  await before.driven.pass(1_000);
  const other = await startShiftTill(await before.driven.fresh());
  await openOne(other);
  await before.driven.pass(1_000);
  const first = before.enter(0, '10', 'cash');
  expect(scan(other, codeOf(before, first.id))).toBe('taken-up');
  expect(other.driven.till.session.ledger.outbox.byId(first.id)).toMatchObject({ till: 'Counter 1' });
  const { tillId } = before.driven.till.session.ledger.tillIdentity;
  const { report } = await other.must('shifts:wholeReport', {});
  expect(report.takenUp).toMatchObject([
    { id: first.id, tender: null, original: { till: 'Counter 1', reference: '0001', tillId } },
  ]);
  expect(reportCsv(report)).toContain(`0001 ${String(tillId)}`);
  expect(await tenders(other)).toMatchObject([{ tender: 'cash', taken: '0', expected: '100' }]);
  expect(reportedLines(report).takenUp).toMatchObject({ entries: 1, principal: '10' });
});
