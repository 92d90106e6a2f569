import type { KnownWords, WordsCategory } from './words.ts';

/** A text without what does not count in comparing it: spaces, case, the width of its letters. */
export const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

// A stack trace may hold any word; only what a person would write is taken at its word. The two
// categories that stay `unknown` are looked for in all of it.
const longestPlainMessage = 300;
const anyLength: ReadonlySet<WordsCategory> = new Set(['back-end', 'duplicate']);

// Where a reply matches several, the one that sends least wins: a message that names a broken back end
// and a signature may have been applied.
const precedence: readonly WordsCategory[] = [
  'back-end',
  'duplicate',
  'signature',
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'member-or-body',
];

interface Message {
  readonly squeezed: string;
  readonly isPlain: boolean;
}

const matches = (row: KnownWords, messages: readonly Message[], errorCode: string | null): boolean => {
  if (row.errorCode !== undefined && row.errorCode === errorCode) return true;
  if (row.words.length === 0) return false;
  const wanted = row.words.map(squeeze);
  if (row.whole === true) {
    return wanted.length === messages.length && messages.every(({ squeezed }, at) => squeezed === wanted[at]);
  }
  return messages.some(
    ({ squeezed, isPlain }) =>
      (isPlain || anyLength.has(row.category)) && wanted.every((word) => squeezed.includes(word)),
  );
};

/** The known words that an error's messages or code contain, or null where they are unknown. */
export function findWords(
  messages: readonly string[],
  errorCode: string | null,
  table: readonly KnownWords[],
): KnownWords | null {
  const read = messages.map((message) => ({
    squeezed: squeeze(message),
    isPlain: message.length <= longestPlainMessage,
  }));
  for (const category of precedence) {
    const found = table.find((row) => row.category === category && matches(row, read, errorCode));
    if (found !== undefined) return found;
  }
  return null;
}
