import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../main/counter/policy.ts';
import { fileSettingsSchema, type Policy } from '../preload/contract/index.ts';
import { bookAccounts } from '../preload/contract/ledger/book-accounts.ts';

// Whoever writes a file for five hundred tills has the names from a page, and it says what the till takes.

const page = readFileSync(join(import.meta.dirname, '../docs/settings.md'), 'utf8');
const rows = [...page.matchAll(/^\| `(\w+)` +\| (.+?) +\| (.+?) +\| `(.+?)` +\|$/gm)].map(
  ([, name = '', what = '', values = '', byDefault = '']) => ({ name, what, values, byDefault }),
);
const takes = (name: string, value: unknown): boolean =>
  fileSettingsSchema.safeParse({ [name]: value }).success;

it('names every setting that a file may set, in their order', () => {
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(fileSettingsSchema.shape));
});

it.each(rows)('$name has the default that a till has', ({ name, byDefault }) => {
  expect(JSON.parse(byDefault)).toEqual(defaultPolicy('SGD')[name as keyof Policy]);
});

describe('the values are those that are taken', () => {
  const bounds = /^(\d+)–(\d+)$/;
  it.each(rows.filter(({ values }) => bounds.test(values)))('$name: $values', ({ name, values }) => {
    const [least = 0, most = 0] = (bounds.exec(values) ?? []).slice(1).map(Number);
    expect([least - 1, least, most, most + 1].map((value) => takes(name, value))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  const listed = rows.filter(({ name, values }) => values.startsWith('`') && name !== 'tenders');
  it.each(listed)('$name: $values', ({ name, values }) => {
    const all = [...values.matchAll(/`([\w-]+)`/g)].map(([, value]) =>
      value === 'true' || value === 'false' ? value === 'true' : value,
    );
    expect([...all, 'other'].map((value) => takes(name, value))).toEqual([...all.map(() => true), false]);
  });

  it.each(rows.filter(({ values }) => values === 'a sum'))('$name: $values', ({ name }) => {
    expect(['0', '0.01', 1].map((value) => takes(name, value))).toEqual([true, true, false]);
  });

  it('accounts: every key', () => {
    for (const key of bookAccounts) expect(page).toContain(`\`${key}\``);
    expect(
      takes('accounts', {
        'way:cash': '1000',
        'way:': 'x',
        ...Object.fromEntries(bookAccounts.map((key) => [key, 'x'])),
      }),
    ).toBe(true);
  });
});
