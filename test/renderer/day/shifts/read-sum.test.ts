import { expect, it } from 'vitest';
import { readFloat, readSum } from '../../../../renderer/day/shifts/read-sum.ts';

const said = (typed: string) => {
  const read = readFloat(typed, 'SGD', 'en');
  return read.ok ? read.value : read.error.key;
};

it('reads a float to the cent, nought where somebody says so, and guesses nothing', () => {
  expect(['200', '1,250.50', '0', '0.00', '２００'].map(said)).toEqual(['200', '1250.50', '0', '0', '200']);
  expect(['', 'two hundred', '1.234', '-5', '1e3'].map(said)).toEqual([
    'shifts.sums.missing',
    'shifts.sums.wrong',
    'wrongSeparator.thousands.point',
    'shifts.sums.wrong',
    'shifts.sums.wrong',
  ]);
});

it('moves no sum of nought', () => {
  expect(readSum('0', 'SGD', 'en')).toEqual({ ok: false, error: { key: 'shifts.sums.zero' } });
});
