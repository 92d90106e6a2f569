import { expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import {
  amount,
  cellsBefore,
  foldCells,
  reportCells,
  reportedLines,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { backUp } from '../../kit/data-folder.ts';
import { closeWith, openOne, zOf } from './steps.ts';
import { asShiftTill, mei, openShiftTill, type ShiftTill } from './support.ts';

// What a till sold before anybody opened a shift stood on no report: 21 entries of S$827.50 on one day (U4). What each screen
// and file says of it is judged by `one-fold-journal.property.test.ts` and by the simulated days.

const before = async (till: ShiftTill) => (await till.must('shifts:before', {})).before;

const lineOf = (report: ShiftReport) => reportedLines(report).before ?? null;

/** Cash 50 and 20, card 30; 10 of cash was reversed. The 50 and the 30 had a bonus where the rule says so. */
async function sellBefore(till: ShiftTill): Promise<void> {
  till.enter(0, '50', 'cash');
  till.enter(1, '20', 'cash');
  till.enter(2, '30', 'card');
  const wrong = till.enter(3, '10', 'cash');
  await till.driven.settle();
  till.reverse(wrong.id);
  await till.driven.settle();
}

it('the first shift tells what was sold before it, and expects none of it in the drawer', async () => {
  const till = await openShiftTill();
  await sellBefore(till);
  const cells = cellsBefore({ before: (await before(till)) ?? [] }) ?? [];
  const { net } = foldCells(cells);
  expect(net).toEqual({ entries: 5, principal: '100', bonus: '5', points: '0' });
  expect(foldCells(cells.filter(({ tender }) => tender === 'cash')).net.principal).toBe('70');

  // All that lies in the drawer is the float, whatever it is of.
  await openOne(till, '70');
  expect(await before(till)).toBeNull();
  till.enter(4, '15', 'cash');
  await till.driven.settle();
  const { report: x } = await till.must('shifts:wholeReport', {}, theManager);
  expect(lineOf(x)).toEqual(net);
  expect(x.tenders.map(({ tender, expected }) => [tender, expected])).toEqual([['cash', '85']]);
  await closeWith(till, '85');

  const z = await zOf(till, 1);
  expect(z.tenders[0]).toMatchObject({ variance: '0', taken: '15' });
  expect([lineOf(z), foldCells(reportCells(z)).net.principal]).toEqual([net, '15']);
});

it('a backup of before the first shift makes it the first again, and one of after it does not', async () => {
  const till = await openShiftTill();
  const { folder } = till.driven.till;
  await sellBefore(till);
  await till.driven.till.close();
  const [putBackBefore, opening] = [backUp(folder), asShiftTill(await till.driven.restart())];
  await openOne(opening, '70');
  await closeWith(opening, '70');
  await opening.driven.till.close();
  const putBackAfter = backUp(folder);

  putBackBefore();
  const again = asShiftTill(await till.driven.restart());
  again.enter(5, '1', 'cash');
  await openOne(again, '71');
  await closeWith(again, '71');
  expect(lineOf(await zOf(again, 1))).toMatchObject({ entries: 6, principal: '101' });
  await again.driven.till.close();

  putBackAfter();
  const after = asShiftTill(await till.driven.restart());
  after.enter(5, '1', 'cash');
  expect(await before(after)).toBeNull();
  await openOne(after, '70');
  await closeWith(after, '71');
  expect([lineOf(await zOf(after, 2)), (await zOf(after, 2)).tenders[0]?.variance]).toEqual([null, '0']);
});

it('thousands that were sold before are read in steps, while others are heard', async () => {
  const till = await openShiftTill();
  for (let place = 0; place < 40; place += 1) till.enter(place % 10, '1', 'cash');
  await till.driven.settle();
  const { service } = till.driven.till.session.day.shifts;
  let steps = 0;
  let read = service.readBefore(null, 7);
  for (; read !== null && !read.isWhole; steps += 1) read = service.readBefore(read, 7);
  expect(steps).toBe(5);
  // One more comes in meanwhile, and is told too.
  till.enter(0, '2', 'card');
  expect(service.open(amount('0'), 'own', mei, read)).toEqual({ ok: true, value: { number: 1 } });
  const { report } = await till.must('shifts:wholeReport', {}, theManager);
  expect(lineOf(report)).toMatchObject({ entries: 41, principal: '42' });
});
