import { expect, it } from 'vitest';
import { drawReceipt, inOwnLetters } from '../../../main/paper/receipts/draw.ts';
import { makeReport } from '../../../main/paper/receipts/make-report.ts';
import { paperWidths } from '../../../main/paper/receipts/receipt.ts';
import {
  amount,
  CELL_VERSION,
  languages,
  type ShiftEntry,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { logo, shopIn } from './facts.ts';

const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 28, hour - 8, minute);
const row = {
  ...{ taken: amount('212.50'), done: amount('150'), waiting: amount('42.50'), checking: amount('20') },
  ...{ review: amount('0'), reversed: amount('50'), lateGivenBack: amount('10') },
};
const entry: ShiftEntry = {
  ...{ id: 'x', reference: '0041', atMs: at(15), memberName: 'Siti Nur Aisyah binti Abdul Rahman Hakim' },
  ...{ cashier: 'Mei', principal: amount('42.50'), bonus: amount('0'), tender: 'cash', state: 'queued' },
};
type Cell = ShiftReport['cells'][number];

/** What the row of a way to pay is made of. */
const cellsOf = (tender: string): readonly Cell[] => {
  const of = { cashier: 'Mei', personId: null, line: 'sale', tender, isReversal: false, entries: 1 } as const;
  const none = { bonus: amount('0'), points: amount('0') };
  return [
    { ...of, entries: 3, state: 'confirmed', principal: row.done, bonus: amount('5'), points: amount('30') },
    { ...of, ...none, cashier: 'Siti', state: 'queued', principal: row.waiting },
    { ...of, ...none, cashier: 'Siti', state: 'unknown', principal: row.checking },
    { ...of, ...none, state: 'confirmed', isReversal: true, principal: amount('-50') },
    { ...of, ...none, cashier: '', state: 'rejected', shift: 11, principal: row.lateGivenBack },
  ];
};

const beside: readonly Cell[] = [
  {
    ...{ cashier: 'Mei', personId: null, line: 'correction', tender: null, state: 'confirmed' },
    ...{ isReversal: true, entries: 1, principal: amount('-61'), bonus: amount('-5'), points: amount('-61') },
  },
  {
    ...{ cashier: 'Ali', personId: null, line: 'taken-up', tender: null, state: 'review', isReversal: false },
    ...{ entries: 1, principal: amount('100'), bonus: amount('0'), points: amount('0') },
  },
];

/** What the drawer was opened for, and what was given back after a paper. */
const quiet: readonly Cell[] = [
  ...(['opened-entry', 'opened-paid-in', 'opened-no-sale'] as const).map(
    (line, place): Cell => ({
      ...{ cashier: 'Mei', personId: null, line, state: 'confirmed', isReversal: false, entries: 3 - place },
      ...{ tender: place === 2 ? null : 'cash', bonus: amount('0'), points: amount('0') },
      principal: amount(['150', '20', '0'][place] ?? '0'),
    }),
  ),
  {
    ...{ cashier: 'Mei', personId: null, line: 'opened-entry', tender: 'cash', state: 'cancelled' },
    ...{ isReversal: false, entries: 1, principal: amount('0.01'), bonus: amount('0'), points: amount('0') },
  },
  {
    ...{ cashier: 'Mei', personId: null, line: 'after-paper', tender: 'cash', state: 'cancelled' },
    ...{ isReversal: false, entries: 1, principal: amount('80'), bonus: amount('0'), points: amount('0') },
  },
];

/** A report with everything in it. */
const report: ShiftReport = {
  ...{ id: 'z', kind: 'z', number: 12, till: 'Counter 1', currency: 'SGD', storeTimeZone: 'Asia/Singapore' },
  ...{ tillId: null, epoch: null },
  ...{ businessDay: '2026-11-28', isPractice: false, openedAtMs: at(9), openedBy: 'Mei' },
  ...{ closedAtMs: at(22, 5), closedBy: 'Siti', approvedBy: 'Tan Mei Ling', atMs: at(22) },
  clockBack: { beforeMs: at(14, 30), nowMs: at(13, 30) },
  ...{ restoredAtMs: [at(12)], isFromCopy: true, fromSequence: 31, toSequence: 42, drawer: 'own' },
  tenderChanges: {
    count: 3,
    listed: [
      {
        ...{ id: 'x', reference: '0038', atMs: at(16, 5), who: 'Siti', approvedBy: null },
        ...{ was: 'cash', now: 'own:Voucher', principal: amount('50'), times: 2 },
      },
    ],
  },
  float: amount('200'),
  moves: [
    {
      id: '1',
      kind: 'paid-in',
      amount: amount('20'),
      reason: 'Change',
      who: 'Mei',
      approvedBy: null,
      atMs: at(10),
    },
    {
      id: '2',
      kind: 'paid-out',
      amount: amount('4.20'),
      reason: 'Milk',
      who: 'Mei',
      approvedBy: 'Ana',
      atMs: at(11),
    },
  ],
  isBlind: false,
  cellVersion: CELL_VERSION,
  cells: [...cellsOf('cash'), ...cellsOf('own:Voucher'), ...beside, ...quiet],
  opening: { counted: amount('550'), shift: 10, uncounted: amount('35') },
  afterPaper: [
    { ...entry, reference: '0044', principal: amount('80'), state: 'cancelled', by: 'Mei' },
    { ...entry, reference: '0045', state: 'rejected', by: null, tender: 'own:Voucher' },
  ],
  tenders: [
    { tender: 'cash', ...row, expected: amount('368.30'), counted: amount('360'), variance: amount('-8.30') },
    { tender: 'own:Voucher', ...row, expected: amount('152.50'), counted: null, variance: null },
  ],
  ...{ bonus: amount('10'), points: amount('60') },
  hours: [
    { hour: 9, entries: 2, principal: amount('70') },
    { hour: 10, entries: 0, principal: amount('0') },
    { hour: 11, entries: 1, principal: amount('92.50') },
  ],
  unsettled: [entry],
  late: [
    { ...entry, reference: '0019', state: 'rejected', shift: 11, was: 'unknown', settledAtMs: at(9, 30) },
  ],
  ...{ unlisted: 0, counts: [], reason: 'A note of ten was given back twice' },
  drill: { atMs: at(20), who: 'Mei', passed: true },
};

// What is meant to look otherwise is drawn anew with `-u`, and looked at.
const papers = languages.flatMap((language) => paperWidths.map((width) => [language, width] as const));

it.each(papers)('a Z in %s on %s mm is drawn as its golden picture', async (language, width) => {
  const { svg } = drawReceipt(makeReport(report, shopIn(language)), { width, logo });
  await expect(svg).toMatchFileSnapshot(`golden/z-${language}-${width}.svg`);
});

it('tells nothing of cash where the count is blind', () => {
  const [cash, voucher] = report.tenders;
  if (cash === undefined || voucher === undefined) throw new Error('no tenders');
  const blind: ShiftReport = {
    ...{
      ...report,
      kind: 'x',
      isBlind: true,
      closedAtMs: null,
      closedBy: null,
      hours: [],
      unsettled: [],
      late: [],
    },
    ...{ cells: report.cells.filter(({ tender }) => tender !== 'cash'), tenders: [voucher] },
  };
  const { text } = drawReceipt(makeReport(blind, shopIn('en')), { width: '80', logo: null });
  expect(text).toContain('Cash is left out');
  expect(text).not.toContain('368.30');
  expect(text).not.toContain('Float');
});

it('is printed in the printer’s own letters where all of them are plain', () => {
  const shop = { ...shopIn('en'), header: 'Fun Toys', hasLogo: false };
  expect(inOwnLetters(makeReport(report, shop), { width: '58', logo: null })).not.toBeNull();
});

it('says of a line that a Z of before has not that it is not in this report', () => {
  const { cellVersion: _, opening: __, afterPaper: ___, ...before } = report;
  const cells = report.cells
    .filter(({ shift }) => shift === undefined)
    .map(({ line: ____, ...cell }) => cell);
  const textOf = (of: ShiftReport) =>
    drawReceipt(makeReport(of, shopIn('en')), { width: '80', logo: null }).text;
  const told = textOf({ ...before, cells });
  for (const line of [
    'Corrections',
    'Given back after a paper',
    'Drawer opened: no sale',
    'Float: to the bank',
  ])
    expect(told).toMatch(new RegExp(`${line} +not in this report`));
  expect(textOf(report)).not.toContain('not in this report');
});
