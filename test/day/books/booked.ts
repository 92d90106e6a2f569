import { booksCsv } from '../../../main/day/books/books-csv.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import type { Period, ShiftReport } from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { readCsv } from '../../kit/csv.ts';
import { noOwner, ownerViewOf } from '../../kit/fake-owner.ts';
import type { Accounts } from './cash-book.ts';

/** A row of the books, by its column. */
export interface BookRow {
  readonly date: string;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly text: string;
  readonly reference: string;
  readonly paid: string;
  readonly bonus: string;
  readonly face: string;
}

export const cents = (sum: string): number => {
  const [whole = '0', part = ''] = sum.replace('-', '').split('.');
  if (part.length > 2) throw new Error(`no cents: ${sum}`);
  return (sum.startsWith('-') ? -1 : 1) * (Number(whole) * 100 + Number(part.padEnd(2, '0')));
};

/** The shop's own name for what it calls a voucher. */
const accounts = { 'way:own:Voucher': 'way: own:Voucher' } as const;
const words = { locale: 'en', say: { 'account.way': 'way', noTender: 'none' } };

/** The rows of a file, up to what it says is missing. */
export function rowsOf(text: string): readonly BookRow[] {
  const [heads = [], ...rows] = readCsv(text.replace('\ufeff', ''));
  const end = rows.findIndex((row) => row.length === 1);
  const named = heads.map((head) => head.replace('book.', ''));
  return (end < 0 ? rows : rows.slice(0, end)).map(
    (row) => Object.fromEntries(named.map((name, at) => [name, row[at] ?? ''])) as unknown as BookRow,
  );
}

/** What the books say of these Zs: the file, read back. */
export function bookedDays(zs: readonly ShiftReport[], from: string, to: string) {
  const known = { ownTill: { id: null, name: 'Office' }, isSettled: () => false };
  const whole = createAddUp({ zs: zs.map(factsOf), ...known })({ from, to }, to);
  const period = { ...emptyPeriod, ...whole, from, to };
  const view = { conflicts: [], unread: 0 };
  const text = [
    ...booksCsv({ period, zs: whole.counted, view, words, accounts, currency: 'SGD', isPractice: false }),
  ].join('');
  const rows = rowsOf(text).map((row) => ({ ...row, account: row.account.replace('account.', '') }));
  const days = new Map<string, Accounts>();
  const ways = new Map<string, number>();
  for (const { date, account, debit, credit, reference } of rows) {
    const sum = cents(debit) - cents(credit);
    const day = days.get(date) ?? new Map<string, number>();
    days.set(date, day.set(account, (day.get(account) ?? 0) + sum));
    const way = `${reference} ${account}`;
    ways.set(way, (ways.get(way) ?? 0) + sum);
  }
  return { text, rows, days, ways, whole };
}

const [last] = (await ownerViewOf(noOwner)).month.slice(-1);
if (last === undefined) throw new Error('no month');
const emptyPeriod: Period = { ...last, isRunning: false, open: null };
