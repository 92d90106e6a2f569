/** A text without what does not count in comparing it: spaces, case, the width of its letters. */
export const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** Longer words are not shown either, and a pause keeps no more of them. */
const MOST_LETTERS = 500;

/** What is said, without counts, times and the numbers of requests, which differ from one call to the next. */
export const saidIn = (messages: readonly string[]): string =>
  squeeze(
    messages
      .join(' ')
      .slice(0, MOST_LETTERS)
      .normalize('NFKC')
      .replace(/[\w-]*\d[\w-]*/g, '#'),
  );
