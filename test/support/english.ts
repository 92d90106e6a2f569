import { readFileSync } from 'node:fs';
import type { Language } from '../../preload/contract/index.ts';
import type { Words } from '../../renderer/locales/index.ts';

// From the files: what a test imports has all sentences in one tree, once they were brought.
const read = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../renderer/locales/${name}.json`, import.meta.url), 'utf8')) as object;

function together(one: object, other: object): object {
  const merged = new Map<string, unknown>(Object.entries(one));
  for (const [key, value] of Object.entries(other) as [string, unknown][]) {
    const known = merged.get(key);
    merged.set(key, typeof known === 'object' && known !== null ? together(known, value as object) : value);
  }
  return Object.fromEntries(merged);
}

/** What comes with the page, and what comes later. */
export const firstEnglish = read('en');
export const otherEnglish = read('en-other');

/** Every sentence in English. */
export const english = together(firstEnglish, otherEnglish) as Words;

/** Every sentence in another language. */
export const inLanguage = (language: Language): object => (language === 'en' ? english : read(language));
