import { expect, it } from 'vitest';
import { isKnownLanguage, languages, separators } from '../../preload/contract/index.ts';

it.each([
  ['en', true],
  ['en-DE', true],
  ['en-SG', true],
  ['en-IN', true],
  ['en-CH', true],
  ['EN-gb', true],
  ['de', false],
  ['de-DE', false],
  ['zh', false],
  ['zh-Hans-SG', false],
  ['xx', false],
  ['', false],
  ['not a language', false],
  ['toString', false],
])('%j has words: %j', (tag, known) => {
  expect(isKnownLanguage(tag)).toBe(known);
});

it('every language of the list is known by itself', () => {
  expect(languages.every(isKnownLanguage)).toBe(true);
});

it.each([
  ['en-DE', ','],
  ['en-CH', '.'],
  ['en-SG', '.'],
  ['en-IN', '.'],
  ['en', '.'],
])('%s writes numbers as its region does', (tag, decimalSeparator) => {
  expect(separators(tag)).toMatchObject({ decimalSeparator });
});
