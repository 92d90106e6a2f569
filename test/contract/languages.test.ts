import { expect, it } from 'vitest';
import {
  inLanguage,
  isKnownLanguage,
  languages,
  separators,
  tillLanguage,
} from '../../preload/contract/index.ts';

it.each([
  ['en', true],
  ['en-DE', true],
  ['en-SG', true],
  ['en-IN', true],
  ['en-CH', true],
  ['EN-gb', true],
  ['de', false],
  ['de-DE', false],
  ['zh', true],
  ['zh-Hans-SG', true],
  ['ms-MY', true],
  ['id-ID', false],
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

it.each([
  ['en-SG', 'zh', 'zh-SG'],
  ['en', 'ms', 'ms'],
  ['zh-Hans-SG', 'en', 'en-SG'],
  ['not a language', 'ms', 'ms'],
] as const)('%s in %s is %s', (tag, language, spoken) => {
  expect(inLanguage(tag, language)).toBe(spoken);
});

it.each([
  ['de-DE', 'en-DE'],
  ['zh-CN', 'zh-CN'],
  ['zh-Hans-SG', 'zh-SG'],
  ['ms', 'ms-MY'],
  ['en-SG', 'en-SG'],
  ['en', 'en'],
  ['de', 'en-DE'],
  ['zh-Hans', 'zh-CN'],
  ['es-419', 'en'],
  ['', 'en'],
  ['not a language', 'en'],
])('a till on a computer in %j is written as %j', (computers, language) => {
  expect(tillLanguage(computers)).toBe(language);
});
