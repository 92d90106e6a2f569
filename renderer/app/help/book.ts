import { lexer, type MarkedToken, type Token } from 'marked';
import type { Language } from '../../../preload/contract/index.ts';
import { createLazyPart } from '../../shared/lazy-part.ts';
import { type PageName, pageNames } from './pages.ts';

/** A parsed page and its searchable text. */
export interface Page {
  readonly name: PageName;
  readonly language: Language;
  readonly title: string;
  readonly tokens: readonly MarkedToken[];
  /** Paragraphs, list items and table rows, as plain text. */
  readonly lines: readonly string[];
}

export type Book = ReadonlyMap<PageName, Page>;

type Files = Readonly<Record<string, string>>;

const HAN = /(?<=[\p{Script=Han}，。；：、！？（）“”…])\n/gu;

/** Joins the source's lines; between Chinese characters without a space. */
export const unbroken = (text: string): string => text.replace(HAN, '').replaceAll('\n', ' ');

const known = (tokens: readonly Token[] | undefined): readonly MarkedToken[] =>
  (tokens ?? []) as readonly MarkedToken[];

export const childrenOf = (token: MarkedToken): readonly MarkedToken[] =>
  known('tokens' in token ? token.tokens : undefined);

function wordsOf(token: MarkedToken): string {
  if (token.type === 'image') return '';
  const children = childrenOf(token);
  if (children.length > 0) return children.map(wordsOf).join('');
  return 'text' in token ? token.text : '';
}

function linesOf(token: MarkedToken): readonly string[] {
  if (token.type === 'list') return token.items.flatMap((item) => childrenOf(item).flatMap(linesOf));
  if (token.type !== 'table') return [wordsOf(token)];
  return token.rows.map((row) => row.map((cell) => known(cell.tokens).map(wordsOf).join('')).join(' – '));
}

export function readPage(name: PageName, language: Language, markdown: string): Page {
  const [head, ...tokens] = known(lexer(markdown)).filter(({ type }) => type !== 'space');
  return {
    name,
    language,
    title: head === undefined ? name : wordsOf(head),
    tokens,
    lines: tokens
      .flatMap(linesOf)
      .map(unbroken)
      .filter((line) => line !== ''),
  };
}

/** A page that is missing in the language comes from `otherwise`. */
export function readBook(language: Language, files: Files, otherwise: Book = new Map()): Book {
  const pages = pageNames.flatMap((name): readonly [PageName, Page][] => {
    const text = Object.entries(files).find(([path]) => path.endsWith(`/${name}.md`))?.[1];
    const page = text === undefined ? otherwise.get(name) : readPage(name, language, text);
    return page === undefined ? [] : [[name, page]];
  });
  return new Map(pages);
}

const english = createLazyPart(async () => readBook('en', (await import('./text-en.ts')).files));

/** Loaded when somebody reads them. */
export const books = {
  en: english,
  zh: createLazyPart(async () => {
    const [{ files }, other] = await Promise.all([import('./text-zh.ts'), english.load()]);
    return readBook('zh', files, other);
  }),
  ms: createLazyPart(async () => {
    const [{ files }, other] = await Promise.all([import('./text-ms.ts'), english.load()]);
    return readBook('ms', files, other);
  }),
};
