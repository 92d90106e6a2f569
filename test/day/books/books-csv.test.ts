import { expect, it } from 'vitest';
import { booksCsv } from '../../../main/day/books/books-csv.ts';
import { owedSheet } from '../../../main/day/books/owed-sheet.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import { sheetCsv } from '../../../main/day/sheet.ts';
import {
  type Accounts,
  amount,
  bookNotes,
  languages,
  type Period,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { fileWords } from '../../../renderer/day/owner/file-words.ts';
import { i18n, speak } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { readCsv } from '../../kit/csv.ts';
import { busyOwner, noOwner, ownerLookOf } from '../../kit/fake-owner.ts';
import { entryOfZ, tenderOf, zReportOf } from '../../kit/z-reports.ts';

await otherWords.load();

const english = fileWords(i18n.t, 'en', 'Asia/Singapore');
const noNotes = { conflicts: [], unread: 0 };
const over: Partial<Period> = { isRunning: false, open: null, awaited: [], missing: [], doubles: [] };

interface Change {
  readonly period?: Partial<Period>;
  readonly accounts?: Accounts;
  readonly view?: Parameters<typeof booksCsv>[0]['view'];
  readonly isPractice?: boolean;
  readonly words?: typeof english;
}

/** The books of these Zs. */
async function tableOf(zs: readonly ShiftReport[], { period, ...change }: Change = {}) {
  const [month] = (await ownerLookOf(noOwner)).view.month.slice(-1);
  if (month === undefined) throw new Error('no month');
  const text = [
    ...booksCsv({
      ...{ view: noNotes, words: english, currency: 'SGD', isPractice: false },
      accounts: {},
      ...change,
      period: { ...month, ...over, ...period },
      zs: zs.map((z) => ({ z: factsOf(z), till: z.till, adjustment: [] })),
    }),
  ].join('');
  expect(text.startsWith('\ufeff')).toBe(true);
  return readCsv(text.slice(1));
}

const shortOf = (change: Partial<ShiftReport> = {}) =>
  zReportOf({
    number: 12,
    tenders: [
      tenderOf({ taken: amount('100'), expected: amount('100'), variance: amount('-0.5') }),
      tenderOf({ tender: 'own:券', taken: amount('30') }),
    ],
    moves: [
      {
        ...{ id: 'm', kind: 'paid-out', amount: amount('12.3'), reason: '=Milk, call 91234567', who: 'Mei' },
        ...{ approvedBy: null, atMs: 0 },
      },
    ],
    ...change,
  });

it('is a table that accounting programs import: a line an account, an entry a report, debit or credit', async () => {
  const reference = 'Counter 2 Z 12';
  const day = '2026-11-25';
  expect(await tableOf([shortOf()])).toEqual([
    ['Date', 'Account', 'Debit', 'Credit', 'Text', 'Reference', 'Paid', 'Bonus', 'Face value'],
    [day, 'Takings: Cash', '100.00', '', 'Top-ups', reference, '', '', ''],
    [day, 'Promotion', '5.00', '', 'Top-ups', reference, '', '', ''],
    [day, 'Takings: 券', '30.00', '', 'Top-ups', reference, '', '', ''],
    [day, 'Members’ balances', '', '135.00', 'Top-ups', reference, '130.00', '5.00', '135.00'],
    [day, 'Paid out of the drawer', '12.30', '', 'Paid out: =Milk, call •••• 4567', reference, '', '', ''],
    [day, 'Takings: Cash', '', '12.30', 'Paid out: =Milk, call •••• 4567', reference, '', '', ''],
    [day, 'Count short', '0.50', '', 'Count short', reference, '', '', ''],
    [day, 'Takings: Cash', '', '0.50', 'Count short', reference, '', '', ''],
  ]);
});

it('has the shop’s own names and codes of its accounts, and a default for what has none', async () => {
  const accounts: Accounts = { members: '2150', 'way:cash': '1000 Till' };
  const table = await tableOf([zReportOf()], { accounts });
  expect(table.slice(1).map(([, account]) => account)).toEqual(['1000 Till', 'Promotion', '2150']);
});

it('what is open is received and owed to nobody in particular, until a later report settles it', async () => {
  const cell: Omit<ShiftReport['cells'][number], 'state'> = {
    ...{ line: 'sale', cashier: 'Mei', personId: null, tender: 'cash', isReversal: false, entries: 1 },
    ...{ principal: amount('10'), bonus: amount('2'), points: amount('4') },
  };
  const rowsOf = async (cells: ShiftReport['cells']) =>
    (await tableOf([zReportOf({ tenders: [], cells, unsettled: [entryOfZ('e')] })]))
      .slice(1)
      .map(([, account, debit, credit, text]) => [text, account, debit, credit].join(' '));
  expect(await rowsOf([{ ...cell, state: 'unknown' }])).toEqual([
    'Received, not settled yet Takings: Cash 10.00 ',
    'Received, not settled yet Received, not settled yet  10.00',
  ]);
  expect(await rowsOf([{ ...cell, cashier: '', shift: 3, state: 'confirmed' }])).toEqual([
    'Settled later: done (Z 3) Received, not settled yet 10.00 ',
    'Settled later: done (Z 3) Promotion 2.00 ',
    'Settled later: done (Z 3) Members’ balances  12.00',
  ]);
  expect(await rowsOf([{ ...cell, cashier: '', shift: 3, state: 'rejected' }])).toEqual([
    'Settled later: given back (Z 3) Received, not settled yet 10.00 ',
    'Settled later: given back (Z 3) Takings: Cash  10.00',
  ]);
  // What was given back in its own shift was never there.
  expect(await rowsOf([{ ...cell, state: 'cancelled' }])).toEqual([]);
});

it('points are no money', async () => {
  const cell: ShiftReport['cells'][number] = {
    ...{
      cashier: 'Mei',
      personId: null,
      line: 'sale',
      tender: null,
      isReversal: false,
      entries: 1,
      state: 'confirmed',
    },
    ...{ principal: amount('10'), bonus: amount('0'), points: amount('4') },
  };
  const cells: ShiftReport['cells'] = [{ ...cell, principal: amount('0') }];
  expect(await tableOf([zReportOf({ tenders: [], cells })])).toHaveLength(1);
});

const [first, second] = [zReportOf({ id: 'twice' }), zReportOf({ id: 'twice' }, amount('7'))];

it('says in words what it lacks, below an empty line, and nothing where it is whole', async () => {
  expect(await tableOf([zReportOf()])).toHaveLength(4);
  const imported: ShiftReport['cells'][number] = {
    ...{ cashier: 'Mei', personId: null, line: 'taken-up', tender: null, state: 'queued', isReversal: false },
    ...{ entries: 1, principal: amount('10'), bonus: amount('0'), points: amount('0') },
  };
  const cut = { ...zReportOf({ number: 8, unlisted: 2 }), cells: [...zReportOf().cells, imported] };
  const impossible = zReportOf({ number: 9 }, amount('0.00001'));
  const { view } = await ownerLookOf({ ...noOwner, files: [factsOf(first), factsOf(second)], unread: 2 });
  const dollars = zReportOf({ number: 10, currency: 'USD' });
  const table = await tableOf([cut, dollars, impossible], {
    isPractice: true,
    view,
    period: {
      ...{ from: '2026-11-01', to: '2026-11-30', isRunning: true },
      open: {
        ...{ entries: 1, net: amount('5'), bonus: amount('0') },
        unsettled: { entries: 0, principal: amount('0') },
      },
      awaited: [{ key: 'k', till: 'Counter 4', lastZ: null }],
      missing: [
        { kind: 'day', till: 'Counter 5', day: '2026-11-03' },
        { kind: 'numbers', till: 'Counter 5', from: 3, to: 4 },
      ],
      missingBeyond: 12,
      doubles: [{ till: 'Counter 6', number: 7, closedAtMs: [1, 2] }],
    },
  });
  const end = table.findIndex((row) => row.length === 1);
  expect(table.slice(1, end).every(([, , , , , reference]) => reference === 'Counter 2 Z 8')).toBe(true);
  expect(table.slice(end).flat()).toEqual([
    '',
    'Not in these books',
    'Made-up money of a practice store. Never import it into real books.',
    'These days are not over yet.',
    'Entered since this till’s last Z, and booked with the next one: 5.00 SGD',
    'Not known, no Z report of these tills is here: Counter 4',
    'Z reports that are missing: Counter 5 2026-11-03, Counter 5 Z 3–4, … (12)',
    'Two different Z reports of one shift, none picked yet: Counter 2 Z 1',
    'Different Z reports with one number, all of them booked: Counter 6 Z 7',
    'Z reports that do not list everything: imported receipts may be missing: Counter 2 Z 8',
    'Z reports in another currency: Counter 2 Z 10',
    'Z reports whose sums cannot be booked: Counter 2 Z 9',
    'Imported Z reports that cannot be read any more: 2',
  ]);
  expect((await tableOf([])).slice(1).flat()).toEqual([
    '',
    'Not in these books',
    'No Z report of these days is here: nothing is booked.',
  ]);
});

it('a period of the owner’s view is booked from the reports that it adds up', async () => {
  const { view, countedIn } = await ownerLookOf(busyOwner());
  for (const period of [...view.month, ...view.day])
    expect(countedIn(period)).toHaveLength(period.sum.reports);
});

it.each(languages)('in %s, both files have words for all they say', async (language) => {
  await speak(language);
  const asked = new Set<string>();
  const { say } = fileWords(i18n.t, language, 'Asia/Singapore');
  const spied = new Proxy(say, {
    get: (of, key) => {
      asked.add(String(key));
      return of[String(key)];
    },
  });
  const words = { locale: language, say: spied };
  await tableOf([shortOf()], { words, isPractice: true });
  const { owed } = (await ownerLookOf(busyOwner())).view;
  const shop = { till: 'Counter 1', currency: 'SGD', storeTimeZone: 'Asia/Singapore', isPractice: true };
  for (const wholeAtMs of [null, 1]) owedSheet({ ...shop, owed: { ...owed, wholeAtMs }, words, atMs: 1 });
  expect(asked.size).toBeGreaterThan(30);
  expect([...asked, ...bookNotes.map((note) => `book.notes.${note}`)].filter((key) => !say[key])).toEqual([]);
  await speak('en');
});

it('what is owed is told by its age, with what is in no sum beside it', async () => {
  const { owed } = (await ownerLookOf(busyOwner())).view;
  const sheet = owedSheet({
    ...{ till: 'Counter 1', currency: 'SGD', storeTimeZone: 'Asia/Singapore', isPractice: false },
    ...{ words: english, atMs: Date.parse('2026-11-27T06:02:00Z') },
    owed: { ...owed, below: { members: 1, balance: amount('-3') } },
  });
  expect(readCsv([...sheetCsv(sheet)].join('').slice(1))).toEqual([
    ['What the shop owes its members'],
    ['As of', '2026-11-27 14:02 (Asia/Singapore)'],
    ['Computed at', 'Counter 1'],
    ['Currency', 'SGD'],
    ['Oldest balance read', '2026-09-03 11:00 (Asia/Singapore)'],
    ['All members last read', '2026-11-20 11:00 (Asia/Singapore)'],
    [
      'Balances as KYBIO last told this till. What members spent or topped up elsewhere since then is not in them.',
    ],
    ['Members who joined since then, and those this till no longer keeps, are in no sum.'],
    [''],
    ['Balances'],
    ['Balance read', 'Members', 'Owed'],
    ['Within 24 hours', '40', '1840.50'],
    ['Within 7 days', '118', '6214'],
    ['Within 30 days', '97', '5120.25'],
    ['Longer ago', '33', '990'],
    ['Below zero, in no sum', '1', '-3'],
    ['Sum of the known balances', '288', '14164.75'],
  ]);
});
