import { expect, it } from 'vitest';
import {
  atHome,
  dateFormat,
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
  ['en-US', 'Asia/Singapore', '1/12/2026'],
  ['en', 'Asia/Singapore', '1/12/2026'],
  ['en-SG', 'Asia/Singapore', '1/12/2026'],
  ['ms-MY', 'Asia/Kuala_Lumpur', '1/12/2026'],
  ['zh-SG', 'Asia/Singapore', '2026年12月1日'],
  ['en-US', 'America/New_York', '12/1/2026'],
  ['en-US', 'Pacific/Honolulu', '12/1/2026'],
])('a till of %j in %s writes a day as %s', (tag, timeZone, day) => {
  const write = dateFormat(atHome(tag, timeZone), {
    timeZone,
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
  });
  expect(write.format(Date.UTC(2026, 11, 1, 12)).replace(/\b0/g, '')).toBe(day);
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
