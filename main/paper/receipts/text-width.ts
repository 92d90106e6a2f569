const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Printable ASCII: every character is one column. */
const plain = /^[\x20-\x7e]*$/;

/** Visible characters: an emoji of several code points is one. */
export const characters = (text: string): string[] =>
  plain.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Two columns wide: Unicode's wide and full-width characters, and emoji. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f$/u;

const widthOf = (character: string): number => (wide.test(character) ? 2 : 1);

/** A text's width in columns. */
export const textWidth = (text: string): number =>
  plain.test(text) ? text.length : characters(text).reduce((sum, character) => sum + widthOf(character), 0);

/** Direction, invisible and control characters: names come from outside. */
const unseen = /[\p{Cc}\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/gu;

/** Unpaired surrogates. */
const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Makes one line of text printable. */
export const clean = (text: string): string =>
  text.normalize('NFC').replace(/\s+/gu, ' ').replace(halves, '').replace(unseen, '').trim();

/** Wraps at words where possible, otherwise within one. Loses nothing. */
export function wrapWords(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = wrapCharacters(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

function wrapCharacters(word: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const character of characters(word)) {
    if (piece !== '' && width + widthOf(character) > columns) {
      pieces.push(piece);
      piece = '';
      width = 0;
    }
    piece += character;
    width += widthOf(character);
  }
  return [...pieces, piece];
}
