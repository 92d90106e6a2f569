import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { receiptWords } from '../main/paper/receipts/words.ts';
import { languages } from '../preload/contract/index.ts';
import { pageNames } from '../renderer/app/help/pages.ts';
import { inLanguage } from './support/english.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'docs/handbook');
const pagesOf = (language: string) => readdirSync(join(folder, language)).sort();
/** Languages that have every page; another shows English where it has none. */
const whole = ['en', 'zh', 'ms'];
const all = languages.flatMap((language) => pagesOf(language).map((page) => [language, page] as const));
const read = (language: string, page: string) => readFileSync(join(folder, language, page), 'utf8');

const sentencesOf = (tree: object): readonly string[] =>
  Object.values(tree).flatMap((value: unknown) => {
    if (typeof value === 'string') return value;
    // The words for the number of a receipt printed before.
    if (typeof value === 'function') return String(value('{{number}}'));
    return typeof value === 'object' && value !== null ? sentencesOf(value) : [];
  });

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A sentence with any values in it. One that is all values says nothing. */
function shapeOf(sentence: string): RegExp | null {
  const words = sentence.replace('\n', ' ').split(/\{\{\w+\}\}/);
  return /\p{L}/u.test(words.join('')) ? new RegExp(`^${words.map(literally).join('.+')}$`, 'u') : null;
}

/** What a screen or a receipt of this language may say, facts between dots one by one. */
function isSaid(language: (typeof languages)[number]): (term: string) => boolean {
  const sentences = [...sentencesOf(inLanguage(language)), ...sentencesOf(receiptWords[language])];
  const shapes = sentences.map(shapeOf).filter((shape) => shape !== null);
  const isWhole = (text: string) => shapes.some((shape) => shape.test(text));
  return (term) => isWhole(term) || term.split(' · ').every(isWhole);
}

/** Lines are broken for whoever edits a page; Chinese has no blank where one was. */
const bold = (text: string) =>
  [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, term = '']) => term.replace(/\s*\n\s*/g, ' '));

/** The pictures of a page, and the folder of those in its language. */
const picturesOf = (language: string, page: string) =>
  [...read(language, page).matchAll(/images\/(zh\/)?([\w-]+)\.png/g)].map(([, of = '', name = '']) => ({
    ...{ folder: of, name },
  }));

/** F1 to F12, as anything asks for one of them by name. */
function keysInCode(): readonly string[] {
  const files = ['main', 'renderer'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(root, room, name), 'utf8')),
  );
  return files.flatMap((text) => [...text.matchAll(/\bkey === '(F\d+)'/g)].map(([, key = '']) => key));
}

describe('the handbook', () => {
  it('has the same pages in English, Chinese and Malay, each in its list and in the program', () => {
    const index = readFileSync(join(folder, 'README.md'), 'utf8');
    const names = pageNames.map((name) => `${name}.md`).sort();
    expect(names.length).toBeGreaterThan(3);
    for (const language of whole) expect(pagesOf(language), language).toEqual(names);
    expect(all.filter(([, page]) => !names.includes(page))).toEqual([]);
    expect(all.filter(([language, page]) => !index.includes(`](${language}/${page})`))).toEqual([]);
  });

  it('names all keys of the program, and no other', () => {
    const wanted = [...new Set(keysInCode())].sort();
    expect(wanted).toContain('F1');
    for (const language of whole) {
      const rows = read(language, '10-the-keyboard.md').matchAll(/^\| `(F\d+)`/gm);
      expect([...rows].map(([, key = '']) => key).sort(), language).toEqual(wanted);
    }
  });

  it.each(all)('in %s, %s speaks as the screen does', (language, page) => {
    const terms = bold(read(language, page));
    expect(terms.length).toBeGreaterThan(3);
    expect(terms.filter((term) => !isSaid(language)(term))).toEqual([]);
  });

  it.each(all)('in %s, %s shows and leads to what there is', (language, page) => {
    const targets = [...read(language, page).matchAll(/\]\(([^)#]+)/g)].map(([, path = '']) => path);
    expect(targets.filter((path) => !existsSync(join(folder, language, path)))).toEqual([]);
    const pictures = [...read(language, page).matchAll(/!\[([^\]]*)\]/g)];
    expect(pictures.filter(([, told = '']) => told.trim().length < 5)).toEqual([]);
  });

  it('shows pictures that the tour makes', () => {
    const story = readFileSync(join(root, 'scripts/lib/tour-story.mjs'), 'utf8');
    const tour = readFileSync(join(root, 'scripts/tour.mjs'), 'utf8');
    const tests = readdirSync(join(root, 'test/electron'))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(root, 'test/electron', name), 'utf8'))
      .join();
    const isMade = (name: string): boolean => {
      const screen = new RegExp(`'${name}': '([\\w-]+)'`).exec(tour)?.[1];
      return screen === undefined
        ? story.includes(`'${name.replace(/-light$/, '')}'`)
        : new RegExp(`look(AtPage)?\\(\\w+, '${screen}'\\)`).test(tests);
    };
    const pictures = all.flatMap(([language, page]) => picturesOf(language, page));
    expect(pictures.length).toBeGreaterThan(40);
    expect(pictures.filter(({ name }) => !isMade(name))).toEqual([]);
  });

  it('shows a picture on every page in English and in Chinese, each in its own language', () => {
    const inTwo = all.filter(([language]) => language !== 'ms');
    expect(inTwo.filter(([language, page]) => picturesOf(language, page).length === 0)).toEqual([]);
    const others = inTwo.filter(([language, page]) =>
      picturesOf(language, page).some(({ folder: of }) => of !== (language === 'zh' ? 'zh/' : '')),
    );
    expect(others).toEqual([]);
    for (const page of pagesOf('en'))
      expect(
        picturesOf('zh', page).map(({ name }) => name),
        page,
      ).toEqual(picturesOf('en', page).map(({ name }) => name));
  });

  it('is seen to name what is nowhere', () => {
    const says = isSaid('en');
    expect(['Send now', 'Offline · 3 waiting', 'COPY 2'].filter((term) => !says(term))).toEqual([]);
    expect(['Send all', 'Send', 'Offline · soon'].filter(says)).toEqual([]);
  });
});
