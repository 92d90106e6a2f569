import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportWords } from '../main/paper/receipts/report-words.ts';
import { receiptWords } from '../main/paper/receipts/words.ts';
import { type Language, languages } from '../preload/contract/index.ts';
import { words as displayWords } from '../renderer/customer/words.ts';
import { slashed } from './kit/slashes.ts';
import { inLanguage } from './support/english.ts';

// One term has one meaning in every language, on screen and on paper: one list holds both.

const others = languages.filter((language) => language !== 'en');

type Label = readonly [key: string, text: string];

const labelsOf = (tree: object, path: string): readonly Label[] =>
  Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[`${path}.${key}`, value] as const];
    return typeof value === 'object' && value !== null ? labelsOf(value, `${path}.${key}`) : [];
  });

type Labels = (language: Language) => ReadonlyMap<string, string>;

const onScreen: Labels = (language) =>
  new Map([...labelsOf(inLanguage(language), 'screen'), ...labelsOf(displayWords[language], 'display')]);
const onPaper: Labels = (language) =>
  new Map([...labelsOf(receiptWords[language], 'receipt'), ...labelsOf(reportWords[language], 'report')]);

/** As a term of the list, however it is written where it stands. */
const bare = (text = '') =>
  text
    .replace(/^to /, '')
    .replace(/[.:。：]$/, '')
    .toLowerCase();

const read = (...path: readonly string[]): string =>
  readFileSync(join(import.meta.dirname, '..', ...path), 'utf8');

/** The rows of the list, without their heads. */
const rows = [...read('docs/terms.md').matchAll(/^\| (.+) \|$/gm)]
  .map(([, row = '']) => row.split('|').map((cell) => cell.trim()))
  .filter(([english]) => english !== 'English' && !/^-+$/.test(english ?? ''));

/** A term in each language; a row may have several between commas. */
const terms = rows.flatMap((row) => {
  const cells = row.slice(0, languages.length).map((cell) => cell.split(/, |、/).map(bare));
  return (cells[0] ?? []).map((_, at) => cells.map((cell) => cell[at] ?? ''));
});

/** What is said nowhere; `= …` is a whole label. */
const never = rows.flatMap((row) =>
  [...(row.at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, said = '']) => said),
);

const inHandbook: Labels = (language) => {
  const folder = `docs/handbook/${language}`;
  return new Map(
    readdirSync(join(import.meta.dirname, '..', folder)).map((page) => [page, read(folder, page)] as const),
  );
};

/** Sentences that say what the list forbids. */
const wrong = (language: Language): readonly string[] =>
  [...onScreen(language), ...onPaper(language), ...inHandbook(language)].flatMap(([key, text]) =>
    never
      .filter((said) => (said.startsWith('= ') ? text === said.slice(2) : text.includes(said)))
      .map((said) => `${key}: ${said}`),
  );

/** English has one word where it means another thing: a key of the keyboard, an entry's number, a side of the books. */
const otherMeanings = new Set([
  'screen.form.enterKey',
  'screen.scanner.ends.enter',
  'screen.people.enter',
  'screen.slips.done',
  'screen.matching.start',
  'screen.matching.states.held',
  'screen.find.columns.entry',
  'screen.review.advice.arrived',
  'screen.review.answers.arrived',
  'screen.owner.sheet.book.credit',
]);

/** Labels that are a term in English, and something else than the list has in this language. */
function strays(language: Language, labels: Labels): readonly string[] {
  const wanted = new Map(terms.map((row) => [row[0], row[languages.indexOf(language)]]));
  const said = labels(language);
  return [...labels('en')].flatMap(([key, english]) => {
    const term = wanted.get(bare(english));
    if (term === undefined || otherMeanings.has(key) || bare(said.get(key)) === term) return [];
    return `${key}: ${said.get(key)}, not ${term}`;
  });
}

/** What one English label is in this language, wherever it stands. */
function translations(language: Language, labels: Labels): ReadonlyMap<string, ReadonlySet<string>> {
  const said = labels(language);
  const found = new Map<string, Set<string>>();
  for (const [key, english] of labels('en')) {
    const known = found.get(bare(english)) ?? new Set();
    found.set(bare(english), known.add(bare(said.get(key))));
  }
  return found;
}

/** Labels that paper and screen have both, and that paper translates as the screen nowhere does. */
function apart(language: Language): readonly string[] {
  const screen = translations(language, onScreen);
  return [...translations(language, onPaper)].flatMap(([english, onTheirs]) =>
    [...onTheirs]
      .filter((text) => screen.get(english)?.has(text) === false)
      .map(
        (text) => `${english}: ${text} on paper, ${[...(screen.get(english) ?? [])].join(' or ')} on screen`,
      ),
  );
}

describe('the list of terms', () => {
  it.each(languages)('has what is never said in %s', (language) => {
    expect(wrong(language)).toEqual([]);
  });

  it('has each term in every language, and what it is', () => {
    expect(never.length).toBeGreaterThan(30);
    expect(rows.filter((row) => row.length !== languages.length + 2)).toEqual([]);
    expect(terms.length).toBeGreaterThan(80);
    expect(terms.filter((row) => row.length !== languages.length || row.includes(''))).toEqual([]);
    const english = terms.map(([term]) => term);
    expect(english.filter((term, at) => english.indexOf(term) !== at)).toEqual([]);
  });

  it.each(others)('is what the screens say in %s', (language) => {
    expect(strays(language, onScreen)).toEqual([]);
  });

  it.each(others)('is what papers say in %s', (language) => {
    expect(strays(language, onPaper)).toEqual([]);
  });
});

it.each(others)('what paper and screen both say is translated alike in %s', (language) => {
  // _By_ is whose act it was on paper, and what is matched by on screen; how it was paid is said short on paper.
  expect(apart(language).filter((line) => !/^(paid )?by: /.test(line))).toEqual([]);
});

it('in main papers alone have words in several languages, beside what hosts answer', () => {
  const main = join(import.meta.dirname, '../main');
  const chinese = readdirSync(main, { recursive: true, encoding: 'utf8' })
    .map(slashed)
    .filter((name) => name.endsWith('.ts') && !/^(paper|hosts)\//.test(name))
    .filter((name) => /\p{Script=Han}/u.test(readFileSync(join(main, name), 'utf8')));
  expect(chinese).toEqual([]);
});
