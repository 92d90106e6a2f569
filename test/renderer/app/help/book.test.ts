import { type Token, walkTokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { books, readBook, readPage } from '../../../../renderer/app/help/book.ts';
import { pageNames } from '../../../../renderer/app/help/pages.ts';
import { searchBook } from '../../../../renderer/app/help/search.ts';

/** What the sheet draws; all else stands there as it was written. */
const drawn = [
  'br',
  'codespan',
  'em',
  'escape',
  'heading',
  'image',
  'link',
  'list',
  'list_item',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
];

const kindsIn = (markdown: string): readonly string[] => {
  const kinds = new Set<string>();
  void walkTokens([...readPage('1-first-top-up', 'en', markdown).tokens], ({ type }: Token) => {
    kinds.add(type);
  });
  return [...kinds];
};

describe('the handbook in the program', () => {
  it.each(['en', 'zh', 'ms'] as const)('has every page in %s, with a title', async (language) => {
    const book = await books[language].load();
    expect([...book.keys()]).toEqual(pageNames);
    const pages = [...book.values()];
    expect(pages.filter(({ title }) => !/^\d+\. \S/.test(title))).toEqual([]);
    expect(pages.filter((page) => page.language !== language)).toEqual([]);
  });

  it('has the English page where a language has none', () => {
    const english = readBook('en', {
      '../en/1-first-top-up.md': '# 1. Top up\n',
      '../en/4-receipts.md': '# 4. Paper\n',
    });
    const pages = [...readBook('ms', { '../ms/4-receipts.md': '# 4. Resit\n' }, english).values()];
    expect(pages.map(({ language, title }) => [language, title])).toEqual([
      ['en', '1. Top up'],
      ['ms', '4. Resit'],
    ]);
  });

  it.each(['en', 'zh', 'ms'] as const)('says nothing in %s that is not drawn', async (language) => {
    const kinds = new Set<string>();
    for (const { tokens } of (await books[language].load()).values()) {
      void walkTokens([...tokens], ({ type }: Token) => {
        kinds.add(type);
      });
    }
    expect([...kinds].filter((kind) => !drawn.includes(kind))).toEqual([]);
  });

  it('is seen to notice what is not drawn', () => {
    expect(kindsIn('# 1. A\n\n<b onclick="x()">B</b>\n').filter((kind) => !drawn.includes(kind))).toEqual([
      'html',
    ]);
  });

  it('joins broken lines as each language does', () => {
    const { lines } = readPage('1-first-top-up', 'zh', '# 1. 题\n\n先看，\n再按\n`Enter`。\n\nFirst\nthen\n');
    expect(lines).toEqual(['先看，再按Enter。', 'First then']);
  });

  it('reads points and rows one by one, and no pictures', () => {
    const text =
      '# 1. A\n\n![seen](x.png)\n\n1. **One**\n2. Two, [three](2-b.md)\n\n| a | b |\n| - | - |\n| c | d |\n';
    expect(readPage('1-first-top-up', 'en', text).lines).toEqual(['One', 'Two, three', 'c – d']);
  });
});

describe('searching the handbook', () => {
  const book = readBook('en', {
    '../en/1-first-top-up.md': '# 1. Top up\n\nThe printer is no matter.\n',
    '../en/4-receipts.md': '# 4. A printer\n\nPaper, **cover**, switch.\n',
  });
  const titles = (query: string) => searchBook(book, query).map(({ page }) => page.title);

  it('finds what has all words, titles first, whatever their case and width', () => {
    expect(titles('PRINTER')).toEqual(['4. A printer', '1. Top up']);
    expect(titles('ｐrinter  cover')).toEqual(['4. A printer']);
    expect(searchBook(book, 'cover').map(({ line }) => line)).toEqual(['Paper, cover, switch.']);
  });

  it('finds nothing for nothing, and for what is nowhere', () => {
    expect([...titles(''), ...titles('   '), ...titles('printer drawer')]).toEqual([]);
  });

  it.each([
    ['en', ['undo', 'refund', 'wrong payment', 'change']],
    ['zh', ['撤销', '退款', '付款方式', '更改']],
    ['ms', ['batal', 'pulangkan', 'cara bayaran', 'ubah']],
  ] as const)(
    'finds how a mistake is corrected in %s, by the words of whoever made it',
    async (language, queries) => {
      const book = await books[language].load();
      const missed = queries.filter((query) =>
        searchBook(book, query).every(({ page }) => page.name !== '8-correct-a-mistake'),
      );
      expect(missed).toEqual([]);
    },
  );

  it('finds the keys of the screens in Chinese', async () => {
    const found = searchBook(await books.zh.load(), '冲正');
    expect(found.map(({ page }) => page.name)).toContain('8-correct-a-mistake');
  });
});
