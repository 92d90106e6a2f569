import { expect, it } from 'vitest';
import { createCustomersNamed } from '../../main/ledger/tables/customers-named.ts';
import { openOutbox } from '../kit/outbox.ts';

const names = [
  'José Tan',
  'Jose Lim',
  'JOSE\u0301',
  'Ｊｏｓｅ',
  'Đặng Văn Lợi',
  '王小明',
  '王 José',
  'Müller 100%',
  '',
];

function named() {
  const { db, add } = openOutbox();
  for (const [index, customerName] of names.entries())
    add({ customerUid: String(index), customerName, customerNumber: `FUN00${index}` });
  const find = createCustomersNamed(db);
  const all = names.length + 1;
  const of = (typed: string, from = 0, to = all) =>
    [...find(typed)(from, to)].sort((one, other) => one - other).map((number) => names[number - 1]);
  return of;
}

const joses = ['José Tan', 'Jose Lim', 'JOSE\u0301', 'Ｊｏｓｅ', '王 José'];

it.each<[string, readonly string[]]>([
  ['jose', joses],
  ['José', joses],
  ['JOSÉ', joses],
  ['jose\u0301', joses],
  ['ｊｏｓｅ', joses],
  ['josè t', ['José Tan']],
  ['dang van loi', ['Đặng Văn Lợi']],
  ['Lợi', ['Đặng Văn Lợi']],
  ['王', ['王小明', '王 José']],
  ['王 jose', ['王 José']],
  ['小明', ['王小明']],
  ['muller', ['Müller 100%']],
  ['0%', ['Müller 100%']],
  ['%', ['Müller 100%']],
  ['_', []],
  ['fun003', ['Ｊｏｓｅ']],
  ['ＦＵＮ００３', ['Ｊｏｓｅ']],
  ['', names],
  // Marks alone are no letters of anybody's.
  ['\u0301', ['JOSE\u0301']],
  ['joze', []],
])('%s is found as it is typed', (typed, found) => {
  expect(named()(typed)).toEqual(found);
});

it('looks at the stretch that it is asked for, and no further', () => {
  expect(named()('jose', 1, 3)).toEqual(['Jose Lim', 'JOSE\u0301']);
});
