import { writeZFile, type ZFileAccount } from '../../main/day/shifts/z-file.ts';
import {
  type Amount,
  amount,
  isZeroAmount,
  negateAmount,
  type ShiftReport,
  type ShiftTender,
  zeroAmount,
} from '../../preload/contract/index.ts';

const noTender: ShiftTender = {
  ...{ tender: 'cash', taken: zeroAmount, done: zeroAmount, waiting: zeroAmount, checking: zeroAmount },
  ...{ review: zeroAmount, reversed: zeroAmount, lateGivenBack: zeroAmount, expected: zeroAmount },
  ...{ counted: zeroAmount, variance: zeroAmount },
};

export const tenderOf = (change: Partial<ShiftTender> = {}): ShiftTender => ({ ...noTender, ...change });

type Cell = ShiftReport['cells'][number];

/** What the rows by way to pay are made of. */
const cellsBehind = (tenders: readonly ShiftTender[]): Cell[] =>
  tenders.flatMap(({ tender, taken, reversed, lateGivenBack }, place) => {
    const first = { bonus: amount(place === 0 ? '5' : '0'), points: amount(place === 0 ? '10' : '0') };
    const none = { bonus: zeroAmount, points: zeroAmount };
    const of = { cashier: 'Mei', personId: null, line: 'sale', tender, state: 'confirmed' } as const;
    const cells: readonly Cell[] = [
      { ...of, isReversal: false, entries: place === 0 ? 2 : 0, principal: taken ?? zeroAmount, ...first },
      { ...of, isReversal: true, entries: 0, principal: negateAmount(reversed ?? zeroAmount), ...none },
      {
        ...of,
        isReversal: false,
        entries: 0,
        principal: lateGivenBack ?? zeroAmount,
        ...none,
        state: 'rejected',
        shift: 1,
      },
    ];
    return cells.filter(({ entries, principal }) => entries > 0 || !isZeroAmount(principal));
  });

/** A Z that took this much cash, which matched. */
export function zReportOf(change: Partial<ShiftReport> = {}, taken: Amount = amount('100')): ShiftReport {
  const till = change.till ?? 'Counter 2';
  const number = change.number ?? 1;
  const businessDay = change.businessDay ?? '2026-11-25';
  const tenders = change.tenders ?? [tenderOf({ taken, done: taken, expected: taken, counted: taken })];
  const atMs = Date.parse(`${businessDay}T13:00:00Z`);
  return {
    ...{ id: `${till} ${number} ${businessDay}`, kind: 'z', number, till, tillId: null, epoch: null },
    ...{ tillNumber: 1, tillCount: 1 },
    currency: 'SGD',
    ...{ storeTimeZone: 'Asia/Singapore', businessDay, isPractice: false, openedAtMs: atMs - 36_000_000 },
    arrived: { byReply: 0, byEvidence: 0, byManager: 0, notYet: 0 },
    ...{ openedBy: 'Mei', closedAtMs: atMs, closedBy: 'Mei', approvedBy: null, atMs, clockBack: null },
    ...{ restoredAtMs: [], isFromCopy: false, fromSequence: 1, toSequence: 1, drawer: 'own' },
    opening: { counted: zeroAmount, shift: null, uncounted: zeroAmount },
    ...{
      afterPaper: [],
      float: zeroAmount,
      moves: [],
      isBlind: false,
      hours: [],
      unsettled: [],
      late: [],
      unlisted: 0,
    },
    tenderChanges: { count: 0, listed: [] },
    cells: cellsBehind(tenders),
    tenders,
    ...{ bonus: amount('5'), points: amount('10'), counted: null, reason: null },
    ...change,
  };
}

export const entryOfZ = (id: string, change: Partial<ShiftReport['unsettled'][number]> = {}) => ({
  ...{ id, reference: '0001', atMs: 0, memberName: 'Tan Mei Ling', cashier: 'Mei', principal: amount('10') },
  ...{
    bonus: zeroAmount,
    points: zeroAmount,
    line: 'sale' as const,
    tender: 'cash',
    state: 'queued' as const,
  },
  ...change,
});

export interface ZShop {
  readonly account: ZFileAccount;
  readonly appKey: string;
}

export const zShop: ZShop = { account: { host: 'https://kybio.example', appId: 'APP' }, appKey: 'KEY-ONE' };

export const zFileOf = (report: ShiftReport, { appKey, account }: ZShop = zShop): string =>
  writeZFile(appKey, account, report);
