import { expect, it } from 'vitest';
import { readZ } from '../../../main/day/reports/read-z.ts';
import { reportCsv } from '../../../main/day/shifts/report-csv.ts';
import { writeZFile } from '../../../main/day/shifts/z-file.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { makeReport } from '../../../main/paper/receipts/make-report.ts';
import {
  type Amount,
  addAmounts,
  amount,
  cellsBefore,
  foldCells,
  noSums,
  reportCells,
  reportedLines,
  type ShiftReport,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { backUp } from '../../kit/data-folder.ts';
import { answerRead } from '../../kit/review.ts';
import { shopIn } from '../../paper/receipts/facts.ts';
import { closeWith, openOne, shown, zOf } from './steps.ts';
import {
  asShiftTill,
  codeOf,
  ledgerOf,
  mei,
  openShiftTill,
  openTwins,
  type ShiftTill,
  scan,
} from './support.ts';

// What a till sold before anybody opened a shift stood on no report: 21 entries of S$827.50 on one day (U4). Held against
// the store's own ledger, and against a box that the test counts.

const before = async (till: ShiftTill) => (await till.must('shifts:before', {})).before;

const lineOf = (report: ShiftReport) => reportedLines(report).before ?? null;

/** What an owner at another computer has of these Zs. */
function ownerOf({ driven: { store } }: ShiftTill, zs: readonly ShiftReport[]) {
  const account = { host: store.baseUrl, appId: store.appId };
  const facts = zs.map((z) => {
    const text = writeZFile(store.appKey, account, z);
    const read = readZ(text, { account, appKey: store.appKey, currency: 'SGD', isPractice: false });
    if (!read.ok) throw new Error(read.problem);
    return read.facts;
  });
  const day = zs.at(-1)?.businessDay ?? '';
  const of = { zs: facts, ownTill: { id: null, name: 'Office' }, isSettled: () => false };
  return createAddUp(of)({ from: zs[0]?.businessDay ?? day, to: day }, day).sum;
}

const ownPeriod = async (till: ShiftTill) => {
  const { view } = await till.must('reports:look', {}, theManager);
  const period = view?.day.at(-1);
  if (period === undefined) throw new Error('no period');
  return period;
};

/** What members have of all that was entered, by the store. */
const givenByStore = (till: ShiftTill): Amount =>
  addAmounts(
    zeroAmount,
    ...ledgerOf(till).increments.map(({ balanceBefore, balanceAfter }) =>
      subtractAmounts(amount(balanceAfter), amount(balanceBefore)),
    ),
  );

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
  const table = reportCsv(z);
  expect(table).toMatch(/^line,before,,,,,5,100,5,0,/m);
  expect(table).toMatch(/^before,sale,,cash,confirmed,entry,3,80,/m);
  const paper = makeReport(z, shopIn('en'));
  expect(paper.sections.find(({ title }) => title === 'Figures')?.pairs).toContainEqual({
    ...{ label: 'Sold before the first shift (5)', value: '$100.00' },
  });
  expect(paper.sections.find(({ title }) => title === 'Sold before the first shift')?.pairs).toMatchObject([
    { label: 'Cash (4)', value: '$70.00' },
    { label: 'Card (1)', value: '$30.00' },
    { label: 'Bonus', value: '$5.00' },
  ]);

  // By the store members have what the line, the Z and its bonus come to.
  const owner = ownerOf(till, [z]);
  expect(owner.net).toBe('15');
  expect(owner.lines.before).toEqual(net);
  const { sum } = await ownPeriod(till);
  const { lines } = sum;
  expect(lines.before).toEqual(owner.lines.before);
  const sold = lines.before ?? noSums;
  expect(addAmounts(sum.net, sum.bonus, sold.principal, sold.bonus)).toBe(givenByStore(till));
});

it('what was not settled by then is followed, and a refusal is given back in the first shift', async () => {
  const till = await openShiftTill();
  const { driven } = till;
  await driven.store.setPlug(false);
  const waits = till.enter(0, '40', 'cash');
  till.enter(1, '20', 'card');
  await driven.settle();
  await openOne(till, '100');
  expect(driven.till.session.day.shifts.repository.load()?.tracked).toMatchObject([
    { sequence: 1, shift: 0, was: 'queued', tender: 'cash' },
    { sequence: 2, shift: 0, tender: 'card' },
  ]);
  await till.must('entries:cancel', { id: waits.id });
  // Forty of cash went out of the drawer that was counted at the opening.
  await closeWith(till, '60');
  const z = await zOf(till, 1);
  expect(z.tenders[0]).toMatchObject({ lateGivenBack: '40', expected: '60', variance: '0' });
  expect(lineOf(z)).toMatchObject({ entries: 2, principal: '60' });
  expect(z.late).toMatchObject([
    { shift: 0, state: 'cancelled' },
    { shift: 0, settledAtMs: null },
  ]);
  // One of them is still open, at the owner's too; the till's own records know more.
  expect(ownerOf(till, [z]).unsettled).toEqual({ entries: 1, principal: '20' });
  expect((await ownPeriod(till)).sum.unsettled).toEqual({ entries: 1, principal: '20' });

  await openOne(till, '60');
  await driven.store.setPlug(true);
  await driven.drive(() => driven.till.session.ledger.outbox.counts().confirmed === 1);
  await closeWith(till, '60');
  const second = await zOf(till, 2);
  expect([lineOf(second), second.before]).toEqual([null, undefined]);
  const owner = ownerOf(till, [z, second]);
  expect(owner.unsettled).toEqual({ entries: 0, principal: '0' });
});

it('what a receipt brought before the first shift is given back late as what was told, also where nobody was asked how it was paid', async () => {
  const { before: lost, after: till } = await openTwins();
  await lost.driven.store.setPlug(false);
  const notAsked = lost.enter(0, '40', null);
  const code = codeOf(lost, notAsked.id);
  await lost.driven.till.close();
  expect(scan(till, code)).toBe('taken-up');
  await openOne(till, '0');
  await till.driven.store.setPlug(true);
  await till.driven.pass(3_600_000);
  const {
    counter: { review },
    ledger: { outbox },
  } = till.driven.till.session;
  const { version } = outbox.byId(notAsked.id) ?? { version: 0 };
  const entry = { id: notAsked.id, version };
  expect(await answerRead(review, entry, 'drop', theManager, { isMeant: true })).toMatchObject({ ok: true });
  await closeWith(till, '0');
  const z = await zOf(till, 1);
  const { before: told, late, takenUp } = reportedLines(z);
  expect([told?.principal, late?.principal, takenUp?.entries]).toEqual(['40', '40', 0]);
  const owner = ownerOf(till, [z]);
  expect(addAmounts(owner.net, owner.lines.before?.principal ?? zeroAmount)).toBe(givenByStore(till));
});

it('what is entered between a close and the next shift counts in that one, and no shift is the first again', async () => {
  const till = await openShiftTill();
  await openOne(till, '0');
  expect(await before(till)).toBeNull();
  await closeWith(till, '0');
  expect(reportedLines(await zOf(till, 1))).not.toHaveProperty('before');
  till.enter(0, '50', 'cash');
  await till.driven.settle();
  expect([await before(till), shown(till).enteredOutside]).toEqual([null, 1]);
  await openOne(till, '0');
  await closeWith(till, '50');
  expect(await zOf(till, 2)).toMatchObject({ tenders: [{ taken: '50', variance: '0' }] });
  // Not after a start either.
  await till.driven.till.close();
  const again = await till.driven.restart();
  const { service } = again.till.session.day.shifts;
  expect(service.before()).toBeNull();
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

it('what was entered before goes on with the shift over a start, to the byte', async () => {
  const till = await openShiftTill();
  await sellBefore(till);
  await openOne(till, '70');
  const { report: x } = await till.must('shifts:wholeReport', {}, theManager);
  await till.driven.till.close();
  const again = await till.driven.restart();
  const now = again.till.session.day.shifts.service.stands();
  expect(now.ok && now.value.before).toEqual(x.before);
  expect(x.before).toHaveLength(3);
});

it('a blind X leaves its cash out, as it does of every line', async () => {
  const till = await openShiftTill();
  await sellBefore(till);
  await openOne(till, '70');
  const { report } = await till.must('shifts:report', { number: null }, mei);
  expect(report.isBlind).toBe(true);
  expect(lineOf(report)).toMatchObject({ entries: 1, principal: '30' });
  expect(JSON.stringify(report.before)).not.toContain('"cash"');
  const { report: whole } = await till.must('shifts:wholeReport', {}, theManager);
  expect(lineOf(whole)).toMatchObject({ entries: 5, principal: '100' });
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
