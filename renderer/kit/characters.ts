const segmenter = new Intl.Segmenter();

/** A text by what a person counts as its characters: an emoji or a letter with its accent is one. */
export const characters = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);
