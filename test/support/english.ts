import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Language } from '../../preload/contract/index.ts';
import type { Words } from '../../renderer/locales/index.ts';
import { slashed } from '../kit/slashes.ts';

const RENDERER = join(import.meta.dirname, '../../renderer');

/** Where words lie, by the folder of their page: `counter/review`. */
export const pagesWithWords: readonly string[] = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((name) => basename(name) === 'words.json')
  .map((name) => slashed(dirname(name)))
  .sort();

/** One page's words, by their part: `enFirst`, `en` or another language. */
export const wordsOfPage = (page: string): Readonly<Record<string, object>> =>
  JSON.parse(readFileSync(join(RENDERER, page, 'words.json'), 'utf8')) as Record<string, object>;

// From the files: what a test imports has all sentences in one tree, once they were brought.
const read = (part: string): object =>
  Object.fromEntries(pagesWithWords.flatMap((page) => Object.entries(wordsOfPage(page)[part] ?? {})));

function runInTransaction(one: object, other: object): object {
  const merged = new Map<string, unknown>(Object.entries(one));
  for (const [key, value] of Object.entries(other) as [string, unknown][]) {
    const known = merged.get(key);
    merged.set(
      key,
      typeof known === 'object' && known !== null ? runInTransaction(known, value as object) : value,
    );
  }
  return Object.fromEntries(merged);
}

/** What comes with the page, and what comes later. */
export const firstEnglish = read('enFirst');
export const otherEnglish = read('en');

/** Every sentence in English. */
export const english = runInTransaction(firstEnglish, otherEnglish) as Words;

/** Every sentence in another language. */
export const inLanguage = (language: Language): object => (language === 'en' ? english : read(language));
