/** A card number as a cashier sees it. */
export const shownNumber = (number: string): string => number.slice(0, 100);

const breaks = /[\p{Cc}\u2028\u2029]+/gu;
/** Invisible characters that reorder or hide their neighbours; joiners are not among them. */
const unseen = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A name shares a line with sums and must not reorder them: `S$120.00` was read as `00.021$S`. */
export const shownName = (name: string): string =>
  name.replace(breaks, ' ').replace(unseen, '').trim().slice(0, 200);
