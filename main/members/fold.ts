import { foldLetters } from '../kernel/fold-letters.ts';

const isPlain = /^[ a-z0-9]*$/;

/** A name to compare by: without case, accents, full width and punctuation, words separated by one space. */
export function foldName(name: string): string {
  const low = name.toLowerCase();
  if (isPlain.test(low)) return low.trim();
  return foldLetters(low)
    .replace(/['’‘ʼ`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A card number to compare by: without case, full width and outer space. */
export const foldNumber = (number: string): string => number.normalize('NFKC').trim().toLowerCase();

const fullWidth = /[\uff01-\uff5e]/g;

/** With full-width characters narrowed, as an input method may have typed them. */
export const narrowed = (text: string): string =>
  text
    .replace(fullWidth, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');

/** The digits of a query that can be a phone or a card of digits; null for names and other cards. */
export function phoneDigits(query: string): string | null {
  return /^\+?[\d\s()-]+$/.test(query) ? query.replace(/\D/g, '') : null;
}
