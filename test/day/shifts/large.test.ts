import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageSize } from '../../../main/app/ipc/message-size.ts';
import { cellsThatFit, fitted, OTHERS, tendersShownApart } from '../../../main/day/shifts/fitted.ts';
import { reportCsv } from '../../../main/day/shifts/report-csv.ts';
import { readZFile, writeZFile } from '../../../main/day/shifts/z-file.ts';
import { drawReceipt } from '../../../main/paper/receipts/draw.ts';
import { makeReport } from '../../../main/paper/receipts/make-report.ts';
import {
  type Amount,
  amount,
  channels,
  type LateEntry,
  MAX_REPLY_BYTES,
  MOST_MOVES,
  MOST_SHIFT_TENDERS,
  type ShiftCell,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { foldedOf } from '../../../renderer/day/shifts/figures.ts';
import { openTestTill, temporaryFolder } from '../../kit/till.ts';
import { recordsWorker } from '../../kit/workers.ts';
import { entryOfZ, zReportOf } from '../../kit/z-reports.ts';
import { boss, type Filling, fill, many } from './large.ts';
import { asShiftTill, countOf, mei, openShiftTill, type ShiftTill, sum } from './support.ts';

// A till that nobody closed for a week, and a week without a network: closing is always possible, and its Z always read.

const account = { host: 'https://kybio.example', appId: 'A' };

/** As the bridge lets a reply through. */
function expectToCross(channel: 'shifts:report' | 'shifts:wholeReport', report: ShiftReport): void {
  expect(channels[channel].reply.safeParse({ report }).error).toBeUndefined();
  expect(messageSize({ report }, MAX_REPLY_BYTES)).toBe('fits');
}

const paid = (entries: readonly Filling[], tender: string): Amount =>
  sum(entries.filter((one) => one.tender === tender).map(({ principal }) => principal));

/** Counted, found off by all of it, and closed for a reason. */
async function close(till: ShiftTill): Promise<ShiftReport> {
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: countOf('1') });
  till.driven.till.session.people.unlocking.begin(boss);
  const { number } = await till.must('shifts:close', { reason: 'Nobody closed for a week' });
  return (await till.must('shifts:report', { number })).report;
}

async function open(till: ShiftTill): Promise<void> {
  await till.must('shifts:open', { float: amount('100'), drawer: 'own' });
}

it('3,000 entries of sixty cashiers with 1,000 that are not settled: told, counted, closed, read, and taken elsewhere', async () => {
  const till = await openShiftTill();
  await till.driven.store.setPlug(false);
  await open(till);
  const entries = many(3_000, 1_000);
  fill(till, entries);
  const {
    kernel,
    day: { shifts },
  } = till.driven.till.session;
  kernel.runInTransaction(() => {
    for (let at = 0; at < MOST_MOVES; at += 1) {
      const kind = at % 2 === 0 ? 'paid-in' : 'paid-out';
      const move = {
        id: `move ${at}`,
        kind,
        amount: amount('3'),
        reason: '找零'.repeat(60),
        approvedBy: null,
      } as const;
      expect(shifts.service.move(move, mei).ok).toBe(true);
    }
  });
  const { report: x } = await till.must('shifts:wholeReport', {});
  expectToCross('shifts:wholeReport', x);
  const z = await close(till);
  expectToCross('shifts:report', z);
  for (const tender of ['cash', 'card', 'qr', 'transfer', 'own:礼品卡', 'own:Voucher'])
    expect(z.tenders.find((row) => row.tender === tender)?.taken).toBe(paid(entries, tender));
  expect(z.cells.reduce((all, cell) => all + cell.entries, 0)).toBe(3_000);
  expect(z.unsettled.length + z.unlisted).toBe(1_000);
  expect(foldedOf(z).lines.unsettled.entries).toBe(1_000);
  expect(z.moves).toHaveLength(MOST_MOVES);

  expect(reportCsv(z).split('\r\n').length).toBeGreaterThan(1_000 + MOST_MOVES);
  const file = join(temporaryFolder(), 'z-report-1.json');
  const { store } = till.driven;
  writeFileSync(file, writeZFile(store.appKey, { host: store.baseUrl, appId: store.appId }, z));
  const reportPicker = { pickMany: async () => [file] };
  const exports = { recordsWorker, place: { pick: async () => null } };
  const world = { reportPicker, exports };
  const other = await openTestTill(store, { config: { tillName: 'Counter 2' }, world });
  const owners = asShiftTill({ till: other } as typeof till.driven);
  const { files } = await owners.must('reports:importFiles', {});
  expect(files).toMatchObject([{ outcome: 'taken', report: { number: 1, till: 'Counter 1' } }]);

  const again = asShiftTill(await till.driven.restart());
  expect((await again.must('shifts:report', { number: 1 })).report).toEqual(z);
}, 120_000);

it('thousands that are not settled, after thousands of the shift before: still told, counted, closed and read', async () => {
  const till = await openShiftTill();
  await till.driven.store.setPlug(false);
  await open(till);
  fill(till, many(1_500, 1_500));
  await close(till);
  await open(till);
  const entries = many(1_500, 1_500);
  fill(till, entries);
  const z = await close(till);
  expectToCross('shifts:report', z);
  expect(z.unsettled.length + z.late.length + z.unlisted).toBe(3_000);
  expect(z.unsettled.length).toBeGreaterThan(500);
  expect(z.late.length).toBeGreaterThan(500);
  expect(z.tenders[0]).toMatchObject({ tender: 'cash', taken: paid(entries, 'cash'), lateGivenBack: '0' });
  expect(readZFile('key', account, writeZFile('key', account, z))).toEqual({ ok: true, report: z });
}, 120_000);

it('is no longer on paper than a picture can be, with sums of all', () => {
  const unsettled = Array.from({ length: 1_500 }, (_, at) => entryOfZ(`e${at}`));
  const moves = Array.from({ length: MOST_MOVES }, (_, at) => ({
    ...{ id: `m${at}`, kind: 'paid-in' as const, amount: amount('3'), reason: 'Change from the bank' },
    ...{ who: 'Mei', approvedBy: null, atMs: 0 },
  }));
  const cells = Array.from(
    { length: 600 },
    (_, at): ShiftCell => ({
      ...{
        cashier: `Cashier ${at}`,
        personId: null,
        line: 'sale',
        tender: 'card',
        state: 'confirmed',
        isReversal: false,
        entries: 1,
      },
      ...{ principal: amount('2'), bonus: amount('0'), points: amount('0') },
    }),
  );
  const shop = {
    ...{ till: 'Counter 1', header: '', footer: '', language: 'en' as const, currency: 'SGD' },
    ...{ storeTimeZone: 'Asia/Singapore', hasLogo: false, isPractice: false, locale: 'en' },
  };
  const paper = makeReport(zReportOf({ unsettled, moves, cells, unlisted: 7 }), shop);
  expect(paper.notes).toContain('1407 more entries are in the sums and not in the lists.');
  const pairs = paper.sections.flatMap((section) => section.pairs);
  expect(pairs).toContainEqual({ label: 'Paid in / Paid out: …', value: 'S$1,200.00' });
  expect(pairs).toContainEqual({ label: '…', value: 'S$1,000.00' });
  // A canvas is no higher than this, and a page of a PDF not much.
  expect(drawReceipt(paper, { width: '80', logo: null }).height).toBeLessThan(32_767);
});

describe('what a report tells one by one', () => {
  const cellOf = (at: number, tender: string): ShiftCell => ({
    ...{
      cashier: `Cashier ${at} ${'x'.repeat(80)}`,
      personId: null,
      line: 'sale',
      tender,
      state: 'confirmed',
      isReversal: false,
    },
    ...{ entries: 2, principal: amount('1.01'), bonus: amount('0.5'), points: amount('3') },
  });

  it('are all cashiers, as long as there is room; the last ones are told as one, and not a cent is lost', () => {
    const few = [cellOf(1, 'cash'), cellOf(2, 'card')];
    expect(cellsThatFit(few)).toEqual(few);
    const cells = Array.from({ length: 9_000 }, (_, at) =>
      cellOf(Math.floor(at / 3), ['cash', 'card', 'qr'][at % 3] ?? ''),
    );
    const told = cellsThatFit(cells);
    expect(told.length).toBeLessThan(5_000);
    expect(told.slice(0, 100)).toEqual(cells.slice(0, 100));
    expect(told.filter(({ cashier }) => cashier === OTHERS).map(({ tender }) => tender)).toEqual([
      'cash',
      'card',
      'qr',
    ]);
    for (const part of ['principal', 'bonus', 'points'] as const)
      expect(sum(told.map((cell) => cell[part]))).toBe(sum(cells.map((cell) => cell[part])));
    expect(told.reduce((all, { entries }) => all + entries, 0)).toBe(18_000);
  });

  it('are as many ways to pay as a report has room for, and those that were counted among them', () => {
    const used = Array.from({ length: 400 }, (_, at) => `own:Way ${at}`);
    const told = tendersShownApart(['cash', 'own:Way 399', null, ...used]);
    const names = new Set(used.map(told));
    expect(names.size).toBeLessThanOrEqual(MOST_SHIFT_TENDERS);
    expect([told('cash'), told('own:Way 399'), told('own:Way 7'), told(null)]).toEqual([
      'cash',
      'own:Way 399',
      'own:Way 7',
      null,
    ]);
    expect(told('own:Way 398')).toBe(`own:${OTHERS}`);
  });

  it('are the late ones that are settled by now before those that are not', () => {
    const entry = (at: number, state: 'confirmed' | 'queued'): LateEntry => ({
      ...entryOfZ(`e${at}`, { memberName: '陈'.repeat(200), state }),
      ...{ shift: 1, was: 'queued', settledAtMs: state === 'confirmed' ? 1 : null },
    });
    const late = Array.from({ length: 4_000 }, (_, at) => entry(at, at < 3_800 ? 'queued' : 'confirmed'));
    const report = fitted(zReportOf(), { unsettled: [], late, takenUp: [], afterPaper: [] });
    expect(report.late.filter(({ state }) => state === 'confirmed')).toHaveLength(200);
    expect(report.late.length + report.unlisted).toBe(4_000);
    expect(report.late.map(({ id }) => id)).toEqual(
      late.filter((one) => report.late.includes(one)).map(({ id }) => id),
    );
  });
});
