import { join } from 'node:path';
import type { OwnerView } from '../../preload/contract/index.ts';
import { type Row, tableOf } from './in-table.ts';
import { boss, centsOf, count, must, type Shop, wrong } from './shop.ts';
import { expectedCash } from './truth.ts';
import { type TillName, textOf, tillNames } from './world.ts';

// The books that an owner saves of both tills: what members have is what the host has given them, and each way to pay has
// what was counted.

const words = { locale: 'en', say: { 'account.way': 'way', noTender: 'none' } };

const signed = (row: Row): number => centsOf(row['book.debit'] || '0') - centsOf(row['book.credit'] || '0');

function addUp(rows: readonly Row[], by: (row: Row) => string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(by(row), (sums.get(by(row)) ?? 0) + signed(row));
  return sums;
}

async function rowsOf(shop: Shop, till: TillName, view: OwnerView): Promise<readonly Row[]> {
  const { folder, called } = shop.world.till(till);
  const rows: Row[] = [];
  for (const { from, to, sum } of view.month) {
    if (sum.reports === 0) continue;
    const { saved } = await must(
      shop,
      till,
      'reports:save',
      { as: 'books', span: 'month', from, words },
      boss,
    );
    if (saved === null) wrong(shop, `${till}: no books of ${from}`);
    const table = tableOf(textOf(join(folder, `Books ${from} to ${to} ${called}.csv`)));
    // A running month says so below its bookings.
    const end = table.findIndex((row) => row['book.account'] === '');
    rows.push(...(end < 0 ? table : table.slice(0, end)));
  }
  return rows;
}

/** What each way to pay should have in the books of each Z: what was counted of it, or is to be there. */
function checkWays(shop: Shop, till: TillName, rows: readonly Row[]): void {
  const told = addUp(rows, (row) => row['book.account'] ?? '');
  const are = new Map<string, number>();
  for (const one of tillNames)
    for (const truth of shop.books[one].closed.values()) {
      const { flows, counted, floatCents } = truth;
      for (const tender of new Set([...flows.keys(), 'cash', ...(counted?.keys() ?? [])])) {
        if (tender === null) continue;
        const inCash = tender === 'cash' ? floatCents : 0;
        const expected = tender === 'cash' ? expectedCash(truth) : (flows.get(tender) ?? 0);
        const name = `way: ${tender.replace('own:', '')}`;
        are.set(name, (are.get(name) ?? 0) + (counted?.get(tender) ?? expected) - inCash);
      }
    }
  for (const [name, cents] of are)
    if ((told.get(name) ?? 0) !== cents)
      wrong(shop, `${till} books: ${name} has ${told.get(name)}, and is ${cents}`);
}

/** Once everything has ended: what the host gave members for entries of both tills, whoever's receipts brought them. */
function checkMembers(shop: Shop, till: TillName, rows: readonly Row[]): void {
  const entries = new Map(
    tillNames.flatMap((one) =>
      [...shop.books[one].held.values()].map((held) => [held.asked.id, held] as const),
    ),
  );
  const given = [...entries.values()].filter(({ state }) => state === 'confirmed');
  const sum = (part: 'cents' | 'bonus') => given.reduce((all, { asked }) => all + asked[part], 0);
  const accounts = addUp(rows, (row) => row['book.account'] ?? '');
  const are = { members: -sum('cents') - sum('bonus'), promotion: sum('bonus'), unsettled: 0 };
  for (const [account, cents] of Object.entries(are))
    if ((accounts.get(`account.${account}`) ?? 0) !== cents)
      wrong(shop, `${till} books: ${account} has ${accounts.get(`account.${account}`)}, and is ${cents}`);
}

export async function checkBooks(shop: Shop, till: TillName, view: OwnerView): Promise<void> {
  const isAhead = tillNames.some((one) =>
    [...shop.books[one].closed.values()].some(({ day }) => day > view.today),
  );
  const rows = await rowsOf(shop, till, view);
  for (const by of ['book.date', 'book.reference'])
    for (const [name, cents] of addUp(rows, (row) => row[by] ?? ''))
      if (cents !== 0) wrong(shop, `${till} books: ${name} is off by ${cents}`);
  // What is of a day yet to come is in no books.
  if (isAhead) return count(shop, 'books with days ahead');
  count(shop, 'books');
  checkWays(shop, till, rows);
  checkMembers(shop, till, rows);
}
