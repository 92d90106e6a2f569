/** What a cashier sees of a member's card number. */
export const shownNumber = (number: string): string => number.slice(0, 100);

const breaks = /[\p{Cc}\u2028\u2029]+/gu;
/** They are not seen themselves, and turn or hide what stands beside them; what joins letters is none of them. */
const unseen = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A name stands in one line with sums, which it must not turn about: `S$120.00` was read as `00.021$S`. */
export const shownName = (name: string): string =>
  name.replace(breaks, ' ').replace(unseen, '').trim().slice(0, 200);
