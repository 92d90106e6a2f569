/** A text to compare by: without spaces, case and full width. */
export const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** Longer messages are neither shown nor stored with a pause. */
const MOST_LETTERS = 500;

/** Messages without counts, times and request numbers, which differ from call to call. */
export const comparableText = (messages: readonly string[]): string =>
  squeeze(
    messages
      .join(' ')
      .slice(0, MOST_LETTERS)
      .normalize('NFKC')
      .replace(/[\w-]*\d[\w-]*/g, '#'),
  );
