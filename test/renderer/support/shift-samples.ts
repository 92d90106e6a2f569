import { amount, type ShiftReport, type ShiftTender, type Topics } from '../../../preload/contract/index.ts';

/** A till at which nobody ever opened a shift. */
export const noShift: Topics['shift'] = {
  today: '2026-11-24',
  isUsed: false,
  open: null,
  enteredOutside: 0,
  lastClosed: 0,
  opening: { counted: null, shift: null, uncounted: amount('0') },
};

type OpenShift = NonNullable<Topics['shift']['open']>;

export const openShiftOf = (changes: Partial<OpenShift> = {}): Topics['shift'] => ({
  ...noShift,
  today: '2026-11-24',
  isUsed: true,
  open: {
    number: 12,
    openedAtMs: Date.now() - 3_600_000,
    openedBy: 'Mei',
    businessDay: '2026-11-26',
    float: amount('200.00'),
    drawer: 'own',
    isSinceYesterday: false,
    stage: 'open',
    countSoFar: null,
    outcome: null,
    ...changes,
  },
  lastClosed: 11,
  opening: { counted: amount('200.00'), shift: 11, uncounted: amount('0') },
});

const nothing = amount('0');

export const tenderOf = (changes: Partial<ShiftTender> = {}): ShiftTender => ({
  tender: 'cash',
  taken: amount('480.00'),
  done: amount('460.00'),
  waiting: amount('20.00'),
  checking: nothing,
  review: nothing,
  reversed: amount('30.00'),
  lateGivenBack: nothing,
  expected: amount('625.00'),
  counted: null,
  variance: null,
  ...changes,
});

const atMs = Date.parse('2026-11-26T06:02:00Z');

type Listed = ShiftReport['unsettled'][number];

export const listedOf = (changes: Partial<Listed> = {}): Listed => ({
  id: 'e1',
  reference: '0031',
  atMs,
  memberName: 'Tan Mei Ling',
  cashier: 'Mei',
  principal: amount('20.00'),
  bonus: nothing,
  points: nothing,
  line: 'sale',
  tender: 'cash',
  state: 'queued',
  ...changes,
});

const sums = (principal: string, bonus = '0', points = '0') => ({
  principal: amount(principal),
  bonus: amount(bonus),
  points: amount(points),
});

/** An X report of a busy day with a top-up that waits. */
export const reportOf = (changes: Partial<ShiftReport> = {}): ShiftReport => ({
  id: 'r1',
  kind: 'x',
  number: 12,
  till: 'Counter 1',
  tillId: null,
  epoch: null,
  tillNumber: 1,
  tillCount: 1,
  currency: 'SGD',
  storeTimeZone: 'Asia/Singapore',
  businessDay: '2026-11-26',
  isPractice: false,
  openedAtMs: atMs - 18_000_000,
  openedBy: 'Mei',
  closedAtMs: null,
  closedBy: null,
  approvedBy: null,
  atMs,
  clockBack: null,
  restoredAtMs: [],
  isFromCopy: false,
  fromSequence: 1,
  toSequence: 31,
  drawer: 'own',
  float: amount('200.00'),
  opening: { counted: amount('200.00'), shift: 11, uncounted: nothing },
  afterPaper: [],
  moves: [
    {
      ...{ id: 'm1', kind: 'paid-out', amount: amount('25.00'), reason: 'Milk' },
      ...{ who: 'Mei', approvedBy: 'Boss', atMs: atMs - 3_600_000 },
    },
  ],
  isBlind: false,
  tenderChanges: { count: 0, listed: [] },
  cells: [
    {
      cashier: 'Mei',
      personId: null,
      line: 'sale',
      tender: 'cash',
      state: 'confirmed',
      isReversal: false,
      entries: 9,
      ...sums('460', '40', '460'),
    },
    {
      cashier: 'Mei',
      personId: null,
      line: 'sale',
      tender: 'cash',
      state: 'queued',
      isReversal: false,
      entries: 1,
      ...sums('20'),
    },
    {
      cashier: 'Mei',
      personId: null,
      line: 'sale',
      tender: 'cash',
      state: 'confirmed',
      isReversal: true,
      entries: 1,
      ...sums('-30'),
    },
    {
      cashier: 'Layla',
      personId: null,
      line: 'sale',
      tender: 'card',
      state: 'confirmed',
      isReversal: false,
      entries: 6,
      ...sums('310', '20', '310'),
    },
    {
      cashier: 'Layla',
      personId: null,
      line: 'sale',
      tender: 'card',
      state: 'rejected',
      isReversal: false,
      entries: 1,
      ...sums('50'),
    },
  ],
  tenders: [
    tenderOf(),
    tenderOf({
      ...{ tender: 'card', taken: amount('310.00'), done: amount('310.00'), waiting: nothing },
      ...{ reversed: nothing, expected: amount('310.00') },
    }),
  ],
  bonus: amount('60.00'),
  points: amount('770'),
  hours: Array.from({ length: 24 }, (_, hour) => {
    const entries = hour < 9 || hour > 17 ? 0 : 2;
    return { hour, entries, principal: amount(entries === 0 ? '0' : String(20 + ((hour * 37) % 120))) };
  }),
  unsettled: [listedOf()],
  late: [],
  unlisted: 0,
  counted: null,
  reason: null,
  arrived: { byReply: 15, byEvidence: 1, byManager: 0, notYet: 1 },
  ...changes,
});

/** What a cashier is told of it while the count is blind. */
export const blindReport = (): ShiftReport => {
  const { opening: _, ...report } = reportOf();
  return {
    ...report,
    isBlind: true,
    cells: report.cells.filter(({ tender }) => tender !== 'cash'),
    tenders: report.tenders.map((row) =>
      row.tender === 'cash'
        ? {
            ...row,
            ...{ taken: null, done: null, waiting: null, checking: null, review: null },
            ...{ reversed: null, lateGivenBack: null, expected: null },
          }
        : row,
    ),
    hours: [],
    unsettled: [],
  };
};

/** The same day, closed with so much in the drawer. */
export const closedReport = (
  counted: string,
  variance: string,
  changes: Partial<ShiftReport> = {},
): ShiftReport =>
  reportOf({
    kind: 'z',
    closedAtMs: atMs,
    closedBy: 'Mei',
    tenders: reportOf().tenders.map((row) =>
      row.tender === 'cash' ? { ...row, counted: amount(counted), variance: amount(variance) } : row,
    ),
    ...changes,
  });
