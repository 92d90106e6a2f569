import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureSystemPackages } from '../../../scripts/lib/system.mjs';
import { temporaryFolder } from '../../kit/till.ts';
import { type BookRow, bookedDays, cents } from './booked.ts';
import { dayOf, RandomShop } from './random-days.ts';

// The books of 1,000 random days as Debian's beancount has them: it balances each entry by itself, and its balances after
// each day are to be what the Zs and an honest bookkeeper say.

const DAYS = 1_000;
const made = new RandomShop(360, DAYS);
const { rows } = bookedDays(made.zs, dayOf(0), dayOf(DAYS - 1));

/** By what a payment method has in the Zs, and the bookkeeper's other accounts. */
function truth(): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const days = new Map<string, Map<string, number>>();
  const add = (day: string, account: string, sum: number) => {
    const of = days.get(day) ?? new Map<string, number>();
    days.set(day, of.set(account, (of.get(account) ?? 0) + sum));
  };
  for (const { businessDay, tenders, float } of made.zs)
    for (const { tender, expected, counted } of tenders)
      if (tender !== null && expected !== null)
        add(
          businessDay,
          `way: ${tender}`,
          cents(counted ?? expected) - (tender === 'cash' ? cents(float) : 0),
        );
  for (const [day, accounts] of made.book.days)
    for (const [account, sum] of accounts)
      if (!account.startsWith('way: ') || account === 'way: none') add(day, account, sum);
  return days;
}

const kinds: Readonly<Record<string, string>> = {
  members: 'Liabilities',
  unsettled: 'Liabilities',
  promotion: 'Expenses',
  paidOut: 'Expenses',
  short: 'Expenses',
  paidIn: 'Income',
  over: 'Income',
};

const accountOf = (account: string): string => {
  const name = account.replace(/[^A-Za-z]+/g, '-');
  return `${kinds[account] ?? 'Assets'}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
};

const sumOf = (sum: number): string => `${(sum / 100).toFixed(2)} SGD`;

function ledgerOf(booked: readonly BookRow[]): string {
  const after = new Map<string, number>();
  const lines = [...new Set(booked.map(({ account }) => account))].map(
    (account) => `2023-12-31 open ${accountOf(account)} SGD`,
  );
  const entries = new Map<string, string[]>();
  for (const { date, reference, account, debit, credit } of booked) {
    const head = `${date} * "${reference}"`;
    const line = `  ${accountOf(account)}  ${sumOf(cents(debit) - cents(credit))}`;
    entries.set(head, [...(entries.get(head) ?? []), line]);
  }
  for (const [head, of] of entries) lines.push(head, ...of);
  const days = truth();
  for (let at = 0; at < DAYS; at += 1) {
    for (const [account, sum] of days.get(dayOf(at)) ?? [])
      after.set(account, (after.get(account) ?? 0) + sum);
    // A balance is that of the morning; without a tolerance of its own it would be a cent.
    for (const [account, sum] of after)
      lines.push(`${dayOf(at + 1)} balance ${accountOf(account)}  ${(sum / 100).toFixed(2)} ~ 0.00 SGD`);
  }
  return `${lines.join('\n')}\n`;
}

function complaintsOf(ledger: string): string {
  const file = join(temporaryFolder(), 'books.beancount');
  writeFileSync(file, `option "operating_currency" "SGD"\n${ledger}`);
  const { status, stdout, stderr, error } = spawnSync('bean-check', ['--no-cache', file], {
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return status === 0 ? '' : `${stdout}${stderr}`;
}

const isDebian = existsSync('/etc/debian_version');

describe.skipIf(!isDebian)('beancount', () => {
  beforeAll(() => ensureSystemPackages(['beancount']));

  it('takes the books of 1,000 days without an error, and balances each day as the Zs do', () => {
    const ledger = ledgerOf(rows);
    expect(ledger.match(/ balance /g)?.length).toBeGreaterThan(9_000);
    expect(complaintsOf(ledger)).toBe('');
  });

  it('sees a cent that is booked on one side alone, and one too many on both', () => {
    const at = rows.findIndex(({ account, credit }) => account === 'members' && credit !== '');
    const [row] = rows.slice(at);
    const to = rows.findIndex(({ reference, debit }) => reference === row?.reference && debit !== '');
    const [other] = rows.slice(to);
    if (row === undefined || other === undefined) throw new Error('no row');
    const more = (sum: string) => ((cents(sum) + 1) / 100).toFixed(2);
    const once = rows.with(at, { ...row, credit: more(row.credit) });
    expect(complaintsOf(ledgerOf(once))).toContain('does not balance');
    const both = once.with(to, { ...other, debit: more(other.debit) });
    expect(complaintsOf(ledgerOf(both))).toMatch(/Balance failed.*0\.01 too/);
  });
});
