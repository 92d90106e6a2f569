import { expect, it } from 'vitest';
import { theManager } from '../../main/journal/actor.ts';
import { amount } from '../../preload/contract/index.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { openTestTill } from '../kit/till.ts';
import { closeWith, openOne, zOf } from './steps.ts';
import { asShiftTill, codeOf, countOf, type ShiftTill, scan, startShiftTill } from './support.ts';

// A till that is given another name between two Zs: what it printed before is its own, and so is that money.

const long = 'The counter beside the fountain, second floor';

const tenders = async (till: ShiftTill) => (await till.must('shifts:wholeReport', {})).report.tenders;

const inProof = async (till: ShiftTill, number: number | null) =>
  (await till.must('shifts:proof', { number })).proof.rows.map(({ tender }) => tender);

/** The same till on the same disk, by another name from now on. */
async function renamed(till: ShiftTill, tillName: string): Promise<ShiftTill> {
  await till.driven.till.close();
  const { store, clock } = till.driven;
  const { folder } = till.driven.till;
  const again = await openTestTill(store, { folder, config: { tillName }, world: { clock } });
  return asShiftTill({ ...till.driven, till: again });
}

/** Two disks of one till: what the first took, the second knows by its receipts alone. */
async function openBoth(tillName: string) {
  const before = await startShiftTill(await openDrivenTill({}, { config: { tillName } }));
  const fresh = await startShiftTill(await before.driven.fresh());
  await openOne(fresh);
  await before.driven.pass(1_000);
  return { before, fresh };
}

it('what a receipt gave back stays in the drawer when the till is given another name', async () => {
  const { before, fresh } = await openBoth('Counter 1');
  const first = before.enter(0, '10', 'cash');
  expect(scan(fresh, codeOf(before, first.id))).toBe('taken-up');
  expect(await tenders(fresh)).toMatchObject([{ tender: 'cash', taken: '10', expected: '110' }]);

  const { repository } = fresh.driven.till.session.shifts;
  const record = repository.load();
  if (record === null) throw new Error('no shift is kept');
  // As notes of before are: they know of no other name.
  const { formerTills, ...asBefore } = record;
  expect(formerTills).toEqual([]);
  repository.save(asBefore, theManager, 'as before');
  const front = await renamed(fresh, 'Front');
  expect(await tenders(front)).toMatchObject([{ tender: 'cash', taken: '10', expected: '110' }]);
  expect(await inProof(front, null)).toEqual(['cash']);
  // Once more: neither of the names before is forgotten, also where something was done between the two.
  await front.must('shifts:move', {
    kind: 'paid-in',
    amount: amount('5'),
    reason: 'Coins',
    requestId: 'coins',
  });
  const back = await renamed(front, 'Back');
  expect(await tenders(back)).toMatchObject([{ tender: 'cash', taken: '10', expected: '115' }]);

  await closeWith(back, '115');
  expect((await zOf(back, 1)).tenders).toMatchObject([{ tender: 'cash', expected: '115', variance: '0' }]);
  expect(await inProof(back, 1)).toEqual(['cash']);
  // What is closed is told as it was closed, whatever the till is called by then.
  const last = await renamed(back, 'Last');
  expect(await inProof(last, 1)).toEqual(['cash']);
}, 60_000);

it('a receipt that it printed under the name before is its own money since the last Z, also where the paper has no room for the name', async () => {
  const { before, fresh } = await openBoth(long);
  const first = before.enter(0, '10', 'cash');
  const code = codeOf(before, first.id);
  const front = await renamed(fresh, 'Front');
  const onPaper = 'The counter beside the f';
  expect(scan(front, code)).toBe('taken-up');
  expect(await tenders(front)).toMatchObject([{ tender: 'cash', taken: '10', expected: '110' }]);
  expect(front.driven.till.session.outbox.byId(first.id)).toMatchObject({ till: onPaper });
}, 60_000);

it('what was taken after the count is the next shift’s also under the name that the till had then', async () => {
  const { before, fresh } = await openBoth('Counter 1');
  await fresh.must('shifts:beginCount', {});
  await fresh.must('shifts:commitCount', { count: countOf('100') });
  await before.driven.pass(1_000);
  const code = codeOf(before, before.enter(0, '10', 'cash').id);
  const front = await renamed(fresh, 'Front');
  await front.must('shifts:close', { reason: null });
  expect(await zOf(front, 1)).toMatchObject({ till: 'Counter 1' });
  await openOne(front);
  expect(scan(front, code)).toBe('taken-up');
  expect(await tenders(front)).toMatchObject([{ tender: 'cash', taken: '10', expected: '110' }]);
}, 60_000);

it('after a Z by the new name the one before is another till’s', async () => {
  const { before, fresh } = await openBoth('Counter 1');
  const front = await renamed(fresh, 'Front');
  await closeWith(front, '100');
  await openOne(front);
  await before.driven.pass(1_000);
  const later = before.enter(0, '10', 'cash');
  const code = codeOf(before, later.id);
  expect(scan(front, code)).toBe('taken-up');
  expect(await tenders(front)).toMatchObject([
    { tender: 'cash', taken: '0', expected: '100' },
    { tender: null, taken: '10', expected: null },
  ]);
}, 60_000);
