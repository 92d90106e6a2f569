// Hebrew, Arabic and the other scripts that are written from right to left.
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const turning = /[\u061c\u200e\u200f\u202a-\u202e]/g;

/**
 * A text as it stands in a sentence of another one: a name from right to left must not turn what is written beside
 * it, an amount above all. Characters that only turn the direction are left out; main takes them out at the door,
 * and older entries may still have them.
 */
export function isolated(text: string): string {
  const plain = text.replace(turning, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
