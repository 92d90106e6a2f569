/** Letters that Unicode does not decompose, as people without that key type them. */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
};
const foreignLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

/** A text to compare by: without case, accents and full width. */
export const foldLetters = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(foreignLetter, (letter) => plainLetters[letter] ?? letter);
