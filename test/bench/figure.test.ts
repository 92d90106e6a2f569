import { expect, it } from 'vitest';
import { atLeast, atMost, type Figure, regressions, shown, tableOf, tell } from './figure.ts';

const slow: Figure = {
  ...{ name: 'confirm', unit: 'ms', ours: 3, against: 1.2, beside: 'append' },
  ...{ goal: atMost(2), bound: atMost(12) },
};
const quick: Figure = {
  ...{ name: 'sending', unit: 'a second', ours: 900, against: 1_000, beside: 'a bare loop' },
  ...{ goal: atLeast(0.85), bound: atLeast(0.04) },
};
const apart: Figure = { ...slow, name: 'plain', goal: null, bound: null };

it('says of each ratio whether its goal is met', () => {
  expect([slow, quick, apart].map((figure) => tell(figure))).toMatchObject([
    { ratio: 2.5, goal: '≤ 2', met: false },
    { ratio: 0.9, goal: '≥ 0.85', met: true },
    { ratio: 2.5, goal: null, met: null },
  ]);
});

it('is a table that is as wide in every line', () => {
  const lines = tableOf([slow, quick, apart]).split('\n');
  expect(lines).toHaveLength(5);
  expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
  expect(lines[2]).toContain('NOT MET');
});

it('tells of one of many alike only where its goal is not met', () => {
  const alike = [
    { ...slow, name: 'a', detail: true },
    { ...quick, name: 'b', detail: true },
  ] as const;
  const table = tableOf(alike);
  expect(table).toContain('| a ');
  expect(table).not.toContain('| b ');
  expect(table).toContain('1 more that are alike are met.');
});

it('fails for a ratio far beyond what it was, and never where only a time is known', () => {
  const worse: Figure = { ...slow, ours: 20 };
  const slower: Figure = { ...quick, ours: 10 };
  const late: Figure = { ...slow, ours: 1_000, beside: 'limit', bound: null };
  expect(regressions([slow, quick, apart, late])).toEqual([]);
  expect(regressions([worse, slower, late])).toEqual([worse, slower]);
});

it('shows three digits', () => {
  expect([0, 0.00123456, 1.005, 27.49, 1234.5].map(shown)).toEqual(['0', '0.00123', '1', '27.5', '1235']);
});
