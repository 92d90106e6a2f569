import { describe, expect, it } from 'vitest';
import { csvLines, formatOf, foundCsvLines, jsonLines } from '../../main/day/export.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import { readCsv } from '../kit/csv.ts';
import { openOutbox } from '../kit/outbox.ts';

const exported = (change: Parameters<ReturnType<typeof openOutbox>['add']>[0]) => {
  const { add, outbox } = openOutbox();
  add(change);
  const text = [...csvLines(outbox.all())].join('');
  const [names = [], values = []] = readCsv(text.replace(/^\ufeff/, ''));
  return {
    text,
    cells: Object.fromEntries(names.map((name, index) => [name, values[index]])),
    columns: values.length,
    names,
  };
};

describe('a phone that somebody wrote where a name or a remark is', () => {
  const change = {
    ...{ customerName: 'Tan 9123 4567', customerNumber: '91234567', customerUid: '574093875641837465' },
    ...{ note: 'call +65 9876-5432', terms: { ...noTerms, reason: 'wrong, asked 98765432' } as never },
  };
  const shown = { customerName: 'Tan •••• 4567', note: 'call •••• 5432', reason: 'wrong, asked •••• 5432' };

  it('is masked in every export, and a card is the key that it is', () => {
    expect(exported(change).cells).toMatchObject({
      ...{ ...shown, customerNumber: '91234567', customerUid: change.customerUid },
    });
    const { add, outbox } = openOutbox();
    add(change);
    const lines = [...jsonLines(outbox.all())].map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([expect.objectContaining({ ...shown, customerNumber: '91234567' })]);
  });

  it.each([
    ['+65 9123 4567', '•••• 4567', '•••• 4567'],
    ['9876 5432', '91234567', '•••• 5432'],
    ['', '91234567', ''],
  ])('where the member’s own is %j, a card of it is masked', (phone, card, maskedPhone) => {
    const { add, outbox } = openOutbox();
    add(change);
    const text = [
      ...foundCsvLines(
        outbox.all(),
        () => phone,
        () => [],
      ),
    ].join('');
    const [names = [], values = []] = readCsv(text.replace(/^\ufeff/, ''));
    const cells = Object.fromEntries(names.map((name, index) => [name, values[index]]));
    expect(cells).toMatchObject({ ...shown, customerNumber: card, maskedPhone });
  });
});

describe('an export as CSV', () => {
  it('begins with a byte order mark, ends each line as RFC 4180 says, and has as many cells as names', () => {
    const { text, names, columns } = exported({});
    expect(text.startsWith('\ufeffsequence,id,state,')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(columns).toBe(names.length);
  });

  it.each(['=HYPERLINK("http://evil")', '+1+1', '-2+3', '@SUM(A1)', '=1,2\n"x"', '-', '＝1', ' ＋1', '＠A1'])(
    'never lets a spreadsheet run %j',
    (name) => {
      const { cells } = exported({ customerName: name, note: name });
      expect(cells['customerName']).toBe(`'${name}`);
      expect(cells['note']).toBe(`'${name}`);
    },
  );

  /** Attack B10: where lists are parted by semicolons, `;=` begins a cell, whatever stands around the whole. */
  it.each([
    ['Ann;=1+1', "Ann;'=1+1"],
    ['Ann; "＝1', `Ann; "'＝1`],
    ['a\t@SUM(A1)', "a\t'@SUM(A1)"],
    ['a,-2+3', "a,'-2+3"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
  ])('nor what %j has after a separator', (name, cell) => {
    expect(exported({ customerName: name }).cells['customerName']).toBe(cell);
  });

  it.each([
    'Tan, Mei Ling',
    'the "best"',
    'two\nlines',
    'two\r\nlines',
    ' space ',
    '陈佳',
    "O'Brien",
    '',
    ',',
    '"',
  ])('gives %j back as it is', (name) => {
    expect(exported({ customerName: name }).cells['customerName']).toBe(name);
  });

  it('leaves amounts and ids as plain digits', () => {
    const { cells } = exported({ kind: 'reversal', balanceIncrement: '-12.5', pointIncrement: '0.0001' });
    expect(cells).toMatchObject({
      balanceIncrement: '-12.5',
      pointIncrement: '0.0001',
      customerUid: '231607639459718452',
      state: 'queued',
      dataChangeTime: '2026-01-15 13:26:23',
    });
  });

  it('has nothing that could be sent again', () => {
    const { outbox, add } = openOutbox();
    const signed = outbox.signedBody(add().id);
    const text = [...csvLines(outbox.all()), ...jsonLines(outbox.all())].join('');
    expect(text).not.toContain(signed?.signature ?? 'none');
    expect(text).not.toContain(signed?.body.toString('utf8') ?? 'none');
  });
});

it('as JSON lines is one object an entry, with ids and amounts as texts', () => {
  const { outbox, add, attempt } = openOutbox();
  attempt(add({ note: 'two\nlines' }).id, 'rejected');
  add();
  const lines = [...jsonLines(outbox.all())];
  expect(lines).toHaveLength(2);
  const [first] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  expect(first).toMatchObject({
    customerUid: '231607639459718452',
    balanceIncrement: '10',
    state: 'rejected',
    messages: 'Customer is disabled',
    note: 'two\nlines',
  });
});

it.each([
  ['a.csv', csvLines],
  ['A.CSV', csvLines],
  ['a.jsonl', jsonLines],
  ['a.ndjson', jsonLines],
  ['a.json', jsonLines],
  ['a.txt', null],
  ['csv', null],
])('%s is written by its name', (name, format) => {
  expect(formatOf(name)).toBe(format);
});
