import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownerSheet } from '../../../main/day/reports/owner-sheet.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import { type SheetCell, sheetCsv, sheetHtml } from '../../../main/day/sheet.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import { amount, type Period } from '../../../preload/contract/index.ts';
import { fileWords } from '../../../renderer/day/owner/file-words.ts';
import { i18n } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { readCsv } from '../../kit/csv.ts';
import { busyOwner, noOwner, ownerLookOf, ownerViewOf } from '../../kit/fake-owner.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill, temporaryFolder } from '../../kit/till.ts';
import { zReportOf } from '../../kit/z-reports.ts';

await otherWords.load();

const words = { locale: 'en-SG', say: { title: 'Taken', tills: 'Tills', days: 'Days', sum: 'Total' } };
const shop = {
  ...{ till: 'Counter 1', currency: 'SGD', storeTimeZone: 'Asia/Singapore' },
  view: { conflicts: [], unread: 0 },
};

const sheetOf = (period: Period) =>
  ownerSheet({ ...shop, period, words, atMs: Date.parse('2026-11-27T06:02:00Z') });

const cents = (text: string | undefined) => Math.round(Number(text) * 100);

/** The rows of one table. */
function tableIn(rows: readonly string[][], title: string) {
  const from = rows.findIndex(([first]) => first === title) + 2;
  const to = rows.findIndex(([first], at) => at >= from && first === 'Total');
  return { rows: rows.slice(from, to), foot: rows[to] };
}

it('a month as CSV adds up, each till and each day, in the zone of the store', async () => {
  const view = await ownerViewOf(busyOwner());
  const month = view.month.at(-1);
  if (month === undefined) throw new Error('no month');
  const rows = readCsv([...sheetCsv(sheetOf(month))].join('').replace('\ufeff', ''));
  const tills = tableIn(rows, 'Tills');
  const days = tableIn(rows, 'Days');
  expect(tills.rows.map(([till, , closed]) => [till, closed])).toEqual([
    ['Counter 1', '2026-11-26 21:00'],
    ['Counter 2', '2026-11-26 21:00'],
    ['Pasar Malam Stall 3', '2026-11-27 21:00'],
  ]);
  for (const { rows: of, foot, taken } of [
    { ...tills, taken: 9 },
    { ...days, taken: 1 },
  ]) {
    expect(of.reduce((sum, row) => sum + cents(row[taken]), 0)).toBe(cents(foot?.[taken]));
    expect(cents(foot?.[taken])).toBe(cents(month.all.net));
  }
  expect(days.rows.map(([day]) => day?.slice(0, 10))).toEqual(month.days.map(({ day }) => day).reverse());
});

it('what was sold before a first shift is a row of its own, in every total', async () => {
  const view = await ownerViewOf(busyOwner());
  const [month] = view.month.slice(-1);
  if (month === undefined) throw new Error('no month');
  const before = {
    entries: 4,
    principal: amount('100'),
    bonus: amount('5'),
    points: amount('0'),
  };
  const withBefore = <T extends Pick<Period['sum'], 'lines'>>(of: T): T => ({
    ...of,
    lines: { ...of.lines, before },
  });
  const sheet = sheetOf({
    ...month,
    sum: withBefore(month.sum),
    tills: month.tills.map((till) => (till.isOwn ? withBefore(till) : till)),
  });
  const moneyIn = (cell: SheetCell | undefined) => cents((cell as { money: string } | undefined)?.money);
  const [ways, tills, days] = sheet.tables;
  expect(ways?.rows.at(-1)?.[0]).toBe('before');
  expect(days?.rows.at(-1)?.slice(0, 3)).toEqual(['before', { money: '100' }, 4]);
  for (const { table, taken } of [
    { table: ways, taken: 1 },
    { table: tills, taken: 9 },
    { table: days, taken: 1 },
  ]) {
    const total = moneyIn(table?.foot?.[taken]);
    expect(total).toBe(cents(month.all.net) + 10_000);
    expect(table?.rows.reduce((sum, row) => sum + moneyIn(row[taken]), 0)).toBe(total);
  }
});

it('what is not known is said, in the table and above it', async () => {
  const view = await ownerViewOf(busyOwner());
  const day = view.day.at(-1);
  if (day === undefined) throw new Error('no day');
  const sheet = sheetOf(day);
  expect(sheet.notes).toContain('awaited: Counter 2');
  const [, tills] = sheet.tables;
  expect(tills?.rows.find(([till]) => till === 'Counter 2')?.at(-1)).toBe('unknown');
});

it('what the sums lack or have twice is said above them, as in the books', async () => {
  const files = ['100', '7'].map((sum) => factsOf(zReportOf({ id: 'twice' }, amount(sum))));
  const { view } = await ownerLookOf({ ...noOwner, files, unread: 2 });
  const [month] = view.month.filter(({ from }) => from === '2026-11-01');
  if (month === undefined) throw new Error('no month');
  const doubles = [{ till: 'Counter 6', number: 7, closedAtMs: [1, 2] }];
  expect(ownerSheet({ ...shop, view, words, atMs: 0, period: { ...month, doubles } }).notes).toEqual([
    'awaited: Counter 2',
    'book.notes.undecided: Counter 2 Z 1',
    'doubles: Counter 6 Z 7',
    'book.notes.unread: 2',
  ]);
});

it('a name is neither a formula in a spreadsheet nor a tag on paper', async () => {
  const view = await ownerViewOf(busyOwner());
  const [month] = view.month.slice(-1);
  if (month === undefined) throw new Error('no month');
  const till = '=HYPERLINK("http://evil","<img src=x>")';
  const sheet = ownerSheet({ ...shop, till, words, atMs: 0, period: { ...month, tills: [] } });
  expect([...sheetCsv(sheet)].join('')).not.toMatch(/(^|[,"])=/m);
  const html = sheetHtml(sheet);
  expect(html).not.toContain('<img');
  expect(html).toContain('&#60;img');
});

it('paper writes sums as the person reads them, and a language that nobody knows breaks nothing', async () => {
  const view = await ownerViewOf(busyOwner());
  const [month] = view.month.slice(-1);
  if (month === undefined) throw new Error('no month');
  expect(sheetHtml(sheetOf(month))).toMatch(/\$[\d,]+\.\d\d/);
  const odd = ownerSheet({ ...shop, period: month, words: { locale: 'x"y', say: {} }, atMs: 0 });
  expect(sheetHtml(odd)).toContain('<table>');
});

it('is recorded before the file appears, named by its days and the till', async () => {
  const folder = temporaryFolder();
  const exports = { recordsWorker: '', place: { pick: async (name: string) => join(folder, name) } };
  const till = await openTestTill(await startPracticeStore(), { world: { exports } });
  const { session } = till;
  const from = `${session.kernel.today().slice(0, 8)}01`;
  const save = (as: 'csv' | 'pdf' | 'books' | 'owed') =>
    handlerIn(session.rooms, 'reports:save')?.({ as, span: 'month', from, words } as never, theManager);
  expect(await save('csv')).toMatchObject({ ok: true, value: { saved: { entries: 0 } } });
  const [name = ''] = readdirSync(folder);
  expect(name).toMatch(/^All tills \d{4}-\d\d-01 to \d{4}-\d\d-\d\d .+\.csv$/);
  expect(readFileSync(join(folder, name), 'utf8')).toContain('Taken');
  // Where nothing draws, there is no PDF and no half of one.
  expect(await save('pdf')).toMatchObject({ ok: false, error: { code: 'export-failed' } });
  expect(readdirSync(folder)).toHaveLength(1);
  // The books and what is owed to members go the same way, by their own names.
  for (const as of ['books', 'owed'] as const)
    expect(await save(as)).toMatchObject({ ok: true, value: { saved: { entries: 0 } } });
  const names = readdirSync(folder);
  expect(names.find((one) => one.startsWith('Books '))).toBe(name.replace('All tills', 'Books'));
  expect(names.find((one) => one.startsWith('Owed'))).toMatch(/^Owed to members \d{4}-\d\d-\d\d .+\.csv$/);
  const notes = session.ledger.journal?.notes('exported', { limit: 3 }) ?? [];
  expect(notes.map(({ content }) => content)).toMatchObject([
    { owed: { members: 0 } },
    { owner: { from, as: 'books' } },
    { owner: { from, as: 'csv' } },
  ]);
  await till.close();
});

it('the page has words for whatever the file says', async () => {
  const asked = new Set<string>();
  const say = new Proxy<Record<string, string>>({}, { get: (_, key) => void asked.add(String(key)) });
  const { day, month } = await ownerViewOf(busyOwner());
  for (const period of [...day, ...month])
    ownerSheet({ ...shop, period, words: { locale: 'en', say }, atMs: 0 });
  const told = fileWords(i18n.t, 'en', shop.storeTimeZone).say;
  expect(asked).toContain('awaited');
  expect([...asked].filter((key) => told[key] === undefined)).toEqual([]);
});
