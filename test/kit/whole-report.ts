import { blind } from '../../main/day/shifts/report.ts';
import { amount, type ShiftEntry, type ShiftReport } from '../../preload/contract/index.ts';

const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 28, hour - 8, minute);
const row = {
  ...{ taken: amount('212.50'), done: amount('150'), waiting: amount('42.50'), checking: amount('20') },
  ...{ review: amount('0'), reversed: amount('50'), lateGivenBack: amount('10') },
};
const entry: ShiftEntry = {
  ...{ id: 'x', reference: '0041', atMs: at(15), memberName: 'Siti Nur Aisyah binti Abdul Rahman Hakim' },
  ...{ cashier: 'Mei', line: 'sale', tender: 'cash', state: 'queued' },
  ...{ principal: amount('42.50'), bonus: amount('0'), points: amount('0') },
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

/** A report with nearly everything in it. */
export const wholeReport: ShiftReport = {
  ...{ id: 'z', kind: 'z', number: 12, till: 'Counter 1', currency: 'SGD', storeTimeZone: 'Asia/Singapore' },
  ...{ tillId: null, epoch: null, tillNumber: 1, tillCount: 2 },
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
  arrived: { byReply: 8, byEvidence: 1, byManager: 1, notYet: 2 },
  hours: [
    { hour: 9, entries: 2, principal: amount('70') },
    { hour: 10, entries: 0, principal: amount('0') },
    { hour: 11, entries: 1, principal: amount('92.50') },
  ],
  unsettled: [entry],
  late: [
    { ...entry, reference: '0019', state: 'rejected', shift: 11, was: 'unknown', settledAtMs: at(9, 30) },
  ],
  ...{ unlisted: 0, counted: null, reason: 'A note of ten was given back twice' },
};

const many = <T>(count: number, make: (place: number) => T): T[] =>
  Array.from({ length: count }, (_none, place) => make(place));

/** What reports there are that look otherwise than the whole one. */
export const otherReports: Readonly<Record<string, ShiftReport>> = {
  first: {
    ...wholeReport,
    number: 1,
    restoredAtMs: [],
    opening: { counted: null, shift: null, uncounted: amount('0') },
    before: [
      ...cellsOf('cash').slice(0, 4),
      ...cellsOf('card').slice(0, 1),
      ...beside,
      { ...(cellsOf('qr')[0] as Cell), state: 'cancelled' },
    ],
    takenUp: [
      {
        ...{ ...entry, reference: '0050', tender: null, line: 'taken-up', points: amount('3') },
        original: {
          till: 'Counter 2',
          reference: '0007',
          tillId: '00112233445566aa',
          epoch: 'aa00112233445566',
        },
      },
      {
        ...{ ...entry, reference: '0051', memberName: 'Lim 91234567' },
        original: {
          till: 'Counter 1',
          reference: '0009',
          tillId: 'ffeeddccbbaa9988',
          epoch: '88ffeeddccbbaa99',
        },
      },
    ],
    counted: {
      count: { pieces: [{ value: amount('50'), pieces: 7 }], tenders: [] },
      ...{ who: 'Mei', atMs: at(22) },
    },
    tenderChanges: { count: 0, listed: [] },
  },
  blind: blind({ ...wholeReport, kind: 'x', closedAtMs: null, closedBy: null, approvedBy: null }),
  elsewhere: {
    ...wholeReport,
    drawer: 'elsewhere',
    float: amount('0'),
    moves: [],
    clockBack: null,
    isFromCopy: false,
    reason: null,
    toSequence: 30,
  },
};

/** One whose lists are longer than what a paper has. */
export const longReport: ShiftReport = {
  ...wholeReport,
  moves: many(103, (place) => ({
    ...{ id: `m${place}`, kind: place % 2 === 0 ? 'paid-in' : 'paid-out', amount: amount(`${place + 1}.05`) },
    ...{ reason: `Reason ${place}`, who: 'Mei', approvedBy: null, atMs: at(10) },
  })),
  cells: [
    ...wholeReport.cells,
    ...many(104, (place) => ({ ...(cellsOf('cash')[0] as Cell), cashier: `Cashier ${place}` })),
  ],
  unsettled: many(105, (place) => ({ ...entry, reference: String(place) })),
  tenderChanges: {
    count: 120,
    listed: many(106, (place) => ({
      ...{ id: `c${place}`, reference: String(place), atMs: at(16, 5), who: 'Siti', approvedBy: null },
      ...{ was: 'cash', now: 'card', principal: amount('50') },
    })),
  },
};
