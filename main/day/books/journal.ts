import {
  type AccountKey,
  type Amount,
  accountOfWay,
  type BookKind,
  bookKinds,
  type Cell,
  isGivenBack,
  isUnsettled,
} from '../../../preload/contract/index.ts';
import { toScaled } from '../../kernel/scaled.ts';
import type { BookFacts } from './book-facts.ts';

// A Z by double entry: each booking adds up to nought, and so does whatever they are added up to. Pure, in
// ten-thousandths.

/** What a voucher's tax is reckoned from; the face value is both together. */
export interface VoucherSums {
  readonly paid: bigint;
  readonly bonus: bigint;
}

export interface BookLine {
  readonly kind: BookKind;
  /** The earlier shift of a late settlement. */
  readonly shift: number | null;
  /** Why cash was paid in or out. */
  readonly reason: string | null;
  readonly account: AccountKey;
  /** Debit, negative: credit. In ten-thousandths. */
  readonly debit: bigint;
  /** Only on what members get. */
  readonly voucher: VoucherSums | null;
}

const e4 = (value: Amount): bigint => BigInt(toScaled(value));

type Booking = readonly (readonly [account: AccountKey, debit: bigint])[];
interface Booked extends Pick<BookLine, 'kind' | 'shift' | 'reason'> {
  readonly booking: Booking;
  readonly voucher: VoucherSums | null;
}

const kindOf = (cell: Cell): BookKind => {
  if (cell.isBefore === true) return 'before';
  if (cell.shift !== undefined) return isGivenBack(cell) ? 'lateBack' : 'late';
  if (isUnsettled(cell)) return 'unsettled';
  return cell.isReversal ? 'reversals' : 'topUps';
};

/**
 * Members have what KYBIO has confirmed. What is open is owed as received until a later report settles it: to
 * the member then, or back. What was given back in its own shift was never there.
 */
function bookingOf(cell: Cell, received: AccountKey): Pick<Booked, 'booking' | 'voucher'> | null {
  const [paid, bonus] = [e4(cell.principal), e4(cell.bonus)];
  const isLate = cell.shift !== undefined;
  const open = (sign: bigint): Booking => [
    [received, sign * paid],
    ['unsettled', -sign * paid],
  ];
  if (cell.line !== 'sale') return null;
  if (isGivenBack(cell)) return isLate ? { booking: open(-1n), voucher: null } : null;
  if (isUnsettled(cell)) return isLate ? null : { booking: open(1n), voucher: null };
  return {
    booking: [
      [isLate ? 'unsettled' : received, paid],
      ['promotion', bonus],
      ['members', -paid - bonus],
    ],
    voucher: { paid, bonus },
  };
}

const ofCell = (cell: Cell): Booked[] => {
  const booked = bookingOf(cell, cell.isBefore === true ? 'before' : accountOfWay(cell.tender));
  return booked === null ? [] : [{ ...booked, kind: kindOf(cell), shift: cell.shift ?? null, reason: null }];
};

/** A receipt's money is in no drawer of this report, or is there already. */
const ofPaper = (cell: Cell): Booked[] => {
  const booked = bookingOf(cell, 'papers');
  return booked === null ? [] : [{ ...booked, kind: 'papers', shift: null, reason: null }];
};

const simple = (kind: BookKind, reason: string | null, booking: Booking): Booked => ({
  kind,
  shift: null,
  reason,
  booking,
  voucher: null,
});

const ofMove = ({ kind, amount, reason }: BookFacts['moves'][number]): Booked => {
  const sum = e4(amount);
  const cash = accountOfWay('cash');
  return kind === 'paid-in'
    ? simple('paidIn', reason, [
        [cash, sum],
        ['paidIn', -sum],
      ])
    : simple('paidOut', reason, [
        ['paidOut', sum],
        [cash, -sum],
      ]);
};

const ofVariance = ({ tender, variance }: BookFacts['variances'][number]): Booked => {
  const sum = e4(variance);
  const kind = sum < 0n ? 'short' : 'over';
  return simple(kind, null, [
    [kind, -sum],
    [accountOfWay(tender), sum],
  ]);
};

const addVouchers = (one: VoucherSums | null, other: VoucherSums | null): VoucherSums | null =>
  one === null || other === null
    ? (one ?? other)
    : { paid: one.paid + other.paid, bonus: one.bonus + other.bonus };

/** Adds up what is booked alike; what comes to nothing is left out. */
function addedUp(all: readonly Booked[]): readonly BookLine[] {
  const lines = new Map<string, BookLine>();
  for (const [place, { kind, shift, reason, booking, voucher }] of all.entries()) {
    for (const [account, debit] of booking) {
      // Each payment in or out has its own line.
      const key = JSON.stringify([kind, shift, reason === null ? null : place, account]);
      const before = lines.get(key);
      lines.set(key, {
        kind,
        shift,
        reason,
        account,
        debit: (before?.debit ?? 0n) + debit,
        voucher: account === 'members' ? addVouchers(before?.voucher ?? null, voucher) : null,
      });
    }
  }
  return [...lines.values()].filter(
    ({ debit, voucher }) => debit !== 0n || (voucher !== null && voucher.paid !== 0n),
  );
}

const placeOf = ({ kind }: BookLine): number => bookKinds.indexOf(kind);
/** Debits come first; what was paid in or out keeps its two lines together. */
const sideOf = ({ debit, reason }: BookLine): number => (reason === null && debit < 0n ? 1 : 0);

const inOrder = (one: BookLine, other: BookLine): number =>
  placeOf(one) - placeOf(other) || (one.shift ?? 0) - (other.shift ?? 0) || sideOf(one) - sideOf(other);

/**
 * The journal of one Z. `papers` corrects it for receipts that went from one till to another, as the owner's view
 * does (`cross-till-imports.ts`). Throws on more than four decimals.
 */
export function journalOf(
  { cells, moves, variances }: BookFacts,
  papers: readonly Cell[],
): readonly BookLine[] {
  const lines = addedUp([
    ...cells.flatMap(ofCell),
    ...papers.flatMap(ofPaper),
    ...moves.map(ofMove),
    ...variances.map(ofVariance),
  ]);
  return [...lines].sort(inOrder);
}
