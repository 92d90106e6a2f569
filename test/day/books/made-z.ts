import type { FigureGroup, ListedEntry } from '../../../main/day/shifts/figures.ts';
import { xReport, zReport } from '../../../main/day/shifts/report.ts';
import type { OpenShift, Tracked } from '../../../main/day/shifts/shift-record.ts';
import { fromScaled } from '../../../main/kernel/scaled.ts';
import {
  type Amount,
  amount,
  type EntryState,
  type ImportedEntry,
  type ShiftCell,
  type ShiftReport,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Entry } from './cash-book.ts';

// A Z of made-up entries, made as a till makes its own.

export interface Made extends Entry {
  readonly sequence: number;
  readonly line: 'sale' | 'taken-up';
  readonly isReversal: boolean;
  readonly points: number;
  state: EntryState;
}

/** An entry that an earlier Z told as open, as it is now. */
export interface Followed {
  readonly entry: Made;
  readonly shift: number;
  readonly was: EntryState;
}

export interface Till {
  readonly name: string;
  readonly tillId: string;
  readonly epoch: string;
  number: number;
  sequence: number;
  followed: Followed[];
  /** Receipts of other tills, to be imported at the next shift. */
  inbox: { readonly entry: Made; readonly from: Till }[];
}

export const isOpen = (state: EntryState): boolean =>
  state !== 'confirmed' && state !== 'rejected' && state !== 'cancelled';

const money = (cents: number): Amount => fromScaled(String(cents * 100));

const sumsOf = ({ cents, bonus, points }: Made) => ({
  principal: money(cents),
  bonus: money(bonus),
  points: amount(String(points)),
});

const groupOf = (one: Made): FigureGroup => {
  const { line, state, tender, isReversal } = one;
  return {
    cashier: 'Mei',
    personId: null,
    hour: 9,
    entries: 1,
    line,
    state,
    tender,
    isReversal,
    ...sumsOf(one),
  };
};

export const listedOf = (one: Made, atMs: number): ListedEntry => {
  const { id, sequence, line, state, tender } = one;
  const named = { id, reference: String(sequence), atMs, memberName: 'Tan', cashier: 'Mei' };
  return {
    ...named,
    sequence,
    line,
    tender,
    state,
    settledAtMs: isOpen(state) ? null : atMs,
    ...sumsOf(one),
  };
};

const cellOf = (one: Made): ShiftCell => {
  const { hour: _, ...cell } = groupOf(one);
  return { ...cell, cashier: '' };
};

/** What a shift has, of which its Z is made. */
export interface Shift {
  readonly entered: readonly Made[];
  readonly imported: readonly ImportedEntry[];
  readonly before: readonly Made[];
  readonly moves: readonly { readonly isIn: boolean; readonly cents: number }[];
  /** Counted less expected, by way to pay; those that are not here were not counted. */
  readonly off: ReadonlyMap<string, number>;
  readonly expected: ReadonlyMap<string, number>;
}

export const FLOAT = 10_000;

export function zOf(till: Till, day: string, shift: Shift): ShiftReport {
  const { number, name, tillId, epoch } = till;
  const atMs = Date.parse(`${day}T13:00:00Z`) + number;
  const { entered, before, off, expected } = shift;
  const counted = (tender: string) => (expected.get(tender) ?? 0) + (off.get(tender) ?? 0);
  const first = entered[0]?.sequence ?? till.sequence + 1;
  const open: OpenShift = {
    id: `${name} Z ${number}`,
    ...{ number, fromSequence: first, openedAtMs: atMs - 28_800_000, openedBy: 'Mei', openedAtRow: 1 },
    ...{ businessDay: day, float: money(FLOAT), drawer: off.has('cash') ? 'own' : 'elsewhere' },
    opening: { counted: null, shift: null, uncounted: zeroAmount },
    moves: shift.moves.map(({ isIn, cents }, place) => ({
      ...{ id: `m${place}`, kind: isIn ? 'paid-in' : 'paid-out', amount: money(cents), reason: 'Coins' },
      ...{ who: 'Mei', approvedBy: null, atMs },
    })),
    ...{ newestMs: atMs, clockBack: null, isCounting: false, counted: null, isFromCopy: false },
    ...(before.length === 0 ? {} : { before: before.map(cellOf) }),
  };
  const tracked = till.followed.map(({ entry, shift: of, was }): Tracked => {
    const { sequence, tender, line } = entry;
    return { sequence, shift: of, was, tender, line };
  });
  const report = xReport({
    ...{ id: open.id, shift: open, tracked, nowMs: atMs, endsAtMinute: 240 },
    reckoned: {
      ...{ groups: entered.map(groupOf), openings: [], afterPaper: [], row: 1 },
      unsettled: entered.filter(({ state }) => isOpen(state)).map((one) => listedOf(one, atMs)),
      takenUp: shift.imported,
      earlier: till.followed.map(({ entry }) => listedOf(entry, atMs)),
      ...{ toSequence: till.sequence, newestMs: atMs, restoredAtMs: [] },
      tenderChanges: { count: 0, listed: [] },
      arrived: { byReply: 0, byEvidence: 0, byManager: 0, notYet: 0 },
    },
    counted: {
      count: {
        pieces: off.has('cash') ? [{ value: amount('0.01'), pieces: 1 }] : [],
        tenders: [...off.keys()]
          .filter((tender) => tender !== 'cash')
          .map((tender) => ({ tender, sum: money(counted(tender)) })),
      },
      ...{ who: 'Mei', atMs },
    },
    shop: {
      ...{ till: name, tillId, epoch, tillNumber: 1, tillCount: 3, currency: 'SGD' },
      ...{ storeTimeZone: 'Asia/Singapore', isPractice: false },
    },
  });
  return zReport(withCash(report, off.has('cash') ? counted('cash') : null), {
    ...{ id: open.id, nowMs: atMs, who: 'Mei', reason: null, approvedBy: null, clockBack: null },
    by: { tillId, epoch },
  });
}

/** As if so many cents lay in the drawer: pieces cannot be below nought, and a day of reversals may leave that. */
const withCash = (report: ShiftReport, cents: number | null): ShiftReport => ({
  ...report,
  tenders: report.tenders.map((row) => {
    if (row.tender !== 'cash' || cents === null || row.expected === null) return row;
    const expected = Math.round(Number(row.expected) * 100);
    return { ...row, counted: money(cents), variance: money(cents - expected) };
  }),
});
