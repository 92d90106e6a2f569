import { expect, it } from 'vitest';
import { amount } from '../../../../preload/contract/app/values.ts';
import { notesAbove } from '../../../../renderer/counter/counter/paid.ts';
import { denominations } from '../../../../renderer/kit/denominations.ts';

it.each([
  ['SGD', '35', ['50', '100']],
  ['SGD', '15', ['20', '50']],
  ['SGD', '50', ['100']],
  ['SGD', '120', ['150', '200']],
  ['SGD', '7.5', ['10', '50']],
  ['SGD', '5000', []],
  ['JPY', '3500', ['4000', '5000']],
])(
  'offers in %s for %s what is handed over for it mostly, never the sum itself',
  (currency, sum, offered) => {
    expect(notesAbove(amount(sum), denominations(currency))).toEqual(offered);
  },
);
