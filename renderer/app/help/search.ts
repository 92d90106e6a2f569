import type { Book, Page } from './book.ts';

export interface Found {
  readonly page: Page;
  /** The first line with the first word; null for a hit in the title only. */
  readonly line: string | null;
}

/** Ignores case and width. */
const alike = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();

/** Pages that have all words; hits in the title first. */
export function searchBook(book: Book, query: string): readonly Found[] {
  const words = alike(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first] = words;
  if (first === undefined) return [];
  const found = [...book.values()].flatMap((page) => {
    const title = alike(page.title);
    const lines = page.lines.map(alike);
    const has = (word: string) => title.includes(word) || lines.some((line) => line.includes(word));
    if (!words.every(has)) return [];
    const line = page.lines[lines.findIndex((text) => text.includes(first))] ?? null;
    return [{ page, line, isTitle: words.every((word) => title.includes(word)) }];
  });
  const titled = found.filter(({ isTitle }) => isTitle);
  const others = found.filter(({ isTitle }) => !isTitle);
  return [...titled, ...others].map(({ page, line }) => ({ page, line }));
}
